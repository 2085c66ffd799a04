import { Show } from 'solid-js'

/** Shows what a person wrote, in the quotation marks of the reader's language; nothing where nothing was written. */
export const Quoted = (props: { readonly before: string; readonly text: string | null | undefined }) => (
  <Show when={props.text}>
    {(text) => (
      <>
        {props.before}
        <q>{text()}</q>
      </>
    )}
  </Show>
)
