import { onCleanup, onMount, type JSX } from 'solid-js'

/** A modal dialog: the platform's own element, so focus, Escape and the top layer are the browser's. */
export const Dialog = (props: { title: string; onClose: () => void; children: JSX.Element }) => {
  let element: HTMLDialogElement | undefined
  onMount(() => element?.showModal())
  onCleanup(() => element?.close())
  return (
    <dialog
      ref={element}
      aria-label={props.title}
      onClose={() => props.onClose()}
      onClick={(event) => {
        // A click on the backdrop lands on the dialog itself.
        if (event.target === event.currentTarget) props.onClose()
      }}
    >
      <div class="dialog-body">
        <h2>{props.title}</h2>
        {props.children}
      </div>
    </dialog>
  )
}
