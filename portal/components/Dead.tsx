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
      <Show when={!canRetry()} fallback={<Retry onRetry={props.onRetry} />}>
        <ToHelp />
      </Show>
    </StepPage>
  )
}

/** Once more, by hand. */
export const Retry = (props: { onRetry: () => void }) => {
  const copy = useCopy()
  return (
    <button type="button" class="main" onClick={() => props.onRetry()}>
      {copy().retry}
    </button>
  )
}

/** From a page that ends here to the page on which people begin by themselves. */
export const ToHelp = () => {
  const copy = useCopy()
  return (
    <a class="button" href="/help">
      {copy().toHelp}
    </a>
  )
}
