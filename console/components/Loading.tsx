import { Show } from 'solid-js'
import { useCopy } from '../copy/index.ts'

/** Says after a moment that something is on its way; nothing flickers where it comes at once. */
export const Loading = (props: { when: boolean }) => {
  const copy = useCopy()
  return (
    <Show when={props.when}>
      <p class="muted late">{copy().loading}</p>
    </Show>
  )
}
