import { createEffect, onMount, Show, type JSX } from 'solid-js'
import { useCopy } from '../copy/index.ts'

/** The frame of a step: progress, a heading that takes the focus, content. */
export const StepPage = (props: {
  heading: string
  progress?: { at: number; of: number } | undefined
  /** A line between progress and heading. */
  above?: JSX.Element
  children: JSX.Element
}) => {
  const copy = useCopy()
  let heading: HTMLHeadingElement | undefined
  onMount(() => heading?.focus())
  // Tabs, the history and screen readers tell steps apart by it.
  createEffect(() => (document.title = `${props.heading} · ${copy().title}`))
  return (
    <section>
      <Show when={props.progress}>
        {(progress) => (
          <div class="progress">
            <span>{copy().step(progress().at, progress().of)}</span>
            <progress aria-hidden="true" max={progress().of} value={progress().at} />
          </div>
        )}
      </Show>
      {props.above}
      <h1 id="heading" ref={heading} tabindex="-1">
        {props.heading}
      </h1>
      {props.children}
    </section>
  )
}
