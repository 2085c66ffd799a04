import { onMount } from 'solid-js'
import { StepPage } from '../components/StepPage.tsx'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-of.ts'

/** Ten seconds at most; a collector that fails or hangs is reported as nothing, never as a dead end. */
const limitMs = 10_000

/** Runs the collector once and goes on. */
export const Checking = (props: StepProps<'checking'>) => {
  const later = useLaterCopy()
  onMount(async () => {
    const nonce = props.step.nonce
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), limitMs))
    const collected = import('../probes/collect.ts').then((module) => module.collect(nonce))
    const report = await Promise.race([collected.catch(() => null), late])
    await props.visit.go('portal.checks', { body: { report } })
  })
  return (
    <StepPage heading={later().checking.heading} progress={props.step.progress}>
      <p>{later().checking.story}</p>
      <progress class="running" aria-label={later().checking.heading} />
    </StepPage>
  )
}
