import { Show } from 'solid-js'
import { useCopy } from '../copy/index.ts'
import type { Fault } from '../copy/sentences.ts'

/** Something did not work: what happened, what is safe, what to do. */
export const Trouble = (props: { fault: Fault; onRetry?: () => void }) => {
  const copy = useCopy()
  return (
    <div class="notice high trouble" role="alert">
      <p>{copy().problem(props.fault)}</p>
      <Show when={props.onRetry}>
        {(retry) => (
          <button type="button" onClick={() => retry()()}>
            {copy().retry}
          </button>
        )}
      </Show>
    </div>
  )
}
