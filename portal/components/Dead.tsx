import { Show } from 'solid-js'
import { useCopy } from '../copy/index.ts'
import { StepPage } from './StepPage.tsx'
import type { Trouble } from '../view.ts'

/** No way in, or trouble that may pass: what happened, what is safe, what to do. */
export const Dead = (props: { trouble: Trouble; onRetry: () => void }) => {
  const copy = useCopy()
  const canRetry = () => props.trouble === 'offline' || props.trouble === 'busy'
  return (
    <StepPage heading={copy().dead[props.trouble][0]}>
      <p>{copy().dead[props.trouble][1]}</p>
      <Show when={canRetry()}>
        <button type="button" class="main" onClick={() => props.onRetry()}>
          {copy().retry}
        </button>
      </Show>
    </StepPage>
  )
}
