import { Show } from 'solid-js'
import { useCopy } from '../copy/index.ts'

/** Something did not work: what happened, what is safe, what to do. */
export const Trouble = (props: { code: string; onRetry?: () => void }) => {
  const copy = useCopy()
  return (
    <div class="notice high trouble" role="alert">
      <p>{copy().problem(props.code)}</p>
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
