import { onMount, Show, untrack } from 'solid-js'
import { StepPage } from '../components/StepPage.tsx'
import { whenBack } from '../components/when-back.ts'
import { whileShown } from '../components/while-shown.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'

const firstMs = 700
const longestMs = 3000

/** Nothing to do here: asks for the next step, ever more slowly, up to every three seconds. */
export const Waiting = (props: StepProps<'waiting'>) => {
  const later = useLaterCopy()
  const { pause } = whileShown()
  const visit = untrack(() => props.visit)
  const run = async () => {
    for (let ms = firstMs; await pause(ms); ms = Math.min(longestMs, ms * 1.3)) await visit.refresh()
  }
  whenBack(() => void visit.refresh())
  onMount(() => void run())
  return (
    <StepPage heading={later().waiting[props.step.for]} progress={props.step.progress}>
      <Show when={props.step.for === 'decision'}>
        <p>{later().waiting.decisionMore}</p>
      </Show>
      <progress class="running" aria-label={later().waiting[props.step.for]} />
    </StepPage>
  )
}
