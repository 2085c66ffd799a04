import { onMount } from 'solid-js'
import { StepPage } from '../components/StepPage.tsx'
import { whileShown } from '../components/while-shown.ts'
import { useLaterCopy } from '../copy/later.ts'
import { collectWithin } from '../probes/collect-within.ts'
import type { StepProps } from './step-of.ts'

const retryMs = 2000

/** Runs the collector once and goes on, whatever came of it. */
export const Checking = (props: StepProps<'checking'>) => {
  const later = useLaterCopy()
  const { pause } = whileShown()
  const run = async () => {
    let report = await collectWithin(props.step.nonce)
    for (let ms = 0; await pause(ms); ms = retryMs) {
      if ((await props.visit.go('portal.checks', { body: { report } })) !== null) return
      // A report that was refused would be refused again.
      if (props.visit.trouble() === 'busy') report = null
    }
  }
  onMount(() => void run())
  return (
    <StepPage heading={later().checking.heading} progress={props.step.progress}>
      <p>{later().checking.story}</p>
      <progress class="running" aria-label={later().checking.heading} />
    </StepPage>
  )
}
