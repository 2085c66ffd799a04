import { onMount } from 'solid-js'
import { StepPage } from '../components/StepPage.tsx'
import { whileShown } from '../components/while-shown.ts'
import { useLaterCopy } from '../copy/later.ts'
import { lookWithin } from '../probes/look-within.ts'
import type { StepProps } from './step-props.ts'

const retryMs = 2000

/** The server cannot read the report: it would refuse the same one again. Any other refusal passes. */
const isUnreadable = (status: number | null): boolean => status !== null && [400, 413, 422].includes(status)

/** Runs the collector once and moves on, whatever its result. A report that comes after that is sent after all. */
export const Checking = (props: StepProps<'checking'>) => {
  const later = useLaterCopy()
  const { pause } = whileShown()
  const run = async () => {
    const { call, go, refusedAs } = props.visit
    const { inTime, whole } = lookWithin(props.step.nonce)
    const seen = await inTime
    let report = seen
    for (let ms = 0; await pause(ms); ms = retryMs) {
      if ((await go('portal.checks', { body: { report } })) !== null) break
      if (isUnreadable(refusedAs())) report = null
    }
    const late = seen === null ? await whole : null
    if (late !== null) await call('portal.checks', { body: { report: late } }).catch(() => undefined)
  }
  onMount(() => void run())
  return (
    <StepPage heading={later().checking.heading} progress={props.step.progress}>
      <p>{later().checking.story}</p>
      <progress class="running" aria-label={later().checking.heading} />
    </StepPage>
  )
}
