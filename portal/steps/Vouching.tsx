import { onMount, untrack } from 'solid-js'
import { StepPage } from '../components/StepPage.tsx'
import { whenBack } from '../components/when-back.ts'
import { whileShown } from '../components/while-shown.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'

const everyMs = 3000

/** An approver was asked to vouch: the digits for them, and what happens if they do not answer. */
export const Vouching = (props: StepProps<'vouching'>) => {
  const later = useLaterCopy()
  const { pause } = whileShown()
  const visit = untrack(() => props.visit)
  const run = async () => {
    while (await pause(everyMs)) await visit.refresh()
  }
  whenBack(() => void visit.refresh())
  onMount(() => void run())
  const minutes = () => Math.max(1, Math.ceil(props.step.secondsLeft / 60))
  return (
    <StepPage heading={later().vouching.heading[props.step.as]} progress={props.step.progress}>
      <p>{later().vouching.story}</p>
      <p>{later().vouching.digits}</p>
      <p class="code-shown">{props.step.digits}</p>
      <p>{later().vouching.only}</p>
      <p class="muted">{later().vouching.otherwise(minutes())}</p>
      <progress class="running" aria-label={later().vouching.heading[props.step.as]} />
    </StepPage>
  )
}
