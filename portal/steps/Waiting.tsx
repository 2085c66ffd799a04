import { onMount, Show, untrack } from 'solid-js'
import { StepPage } from '../components/StepPage.tsx'
import { whenBack } from '../components/when-back.ts'
import { whileShown } from '../components/while-shown.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'

const firstMs = 700
/** So long the page asks every three seconds; then somebody is not on the phone any more, and their data may be metered. */
const attentiveMs = 120_000
const longestMs = { attentive: 3000, patient: 30_000 }

/** Nothing to do here: asks for the next step, ever more slowly, up to every three seconds, and later every thirty. */
export const Waiting = (props: StepProps<'waiting'>) => {
  const later = useLaterCopy()
  const { pause } = whileShown()
  const visit = untrack(() => props.visit)
  const run = async () => {
    let waited = 0
    for (let ms = firstMs; await pause(ms);) {
      await visit.refresh()
      waited += ms
      ms = Math.min(waited < attentiveMs ? longestMs.attentive : longestMs.patient, ms * 1.3)
    }
  }
  whenBack(() => void visit.refresh())
  onMount(() => void run())
  const isAlone = () => props.step.for === 'decision' && props.step.isAlone
  const heading = () => (isAlone() ? later().waiting.alone : later().waiting[props.step.for])
  return (
    <StepPage heading={heading()} progress={props.step.progress}>
      <Show when={props.step.for === 'decision'}>
        <p>{isAlone() ? later().waiting.aloneMore : later().waiting.decisionMore}</p>
      </Show>
      <progress class="running" aria-label={heading()} />
    </StepPage>
  )
}
