import { onMount, untrack } from 'solid-js'
import { readersLocale } from '#platform/ui/locale.ts'
import { StepPage } from '../components/StepPage.tsx'
import { whenBack } from '../components/when-back.ts'
import { whileShown } from '../components/while-shown.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'

const lookMs = 5000

/** Approved, and done later: the page says when, that anybody who got a notice may still stop it, and that it may be closed. */
export const Scheduled = (props: StepProps<'scheduled'>) => {
  const later = useLaterCopy()
  const { pause } = whileShown()
  const visit = untrack(() => props.visit)
  const run = async () => {
    while (await pause(lookMs)) await visit.refresh()
  }
  whenBack(() => void visit.refresh())
  onMount(() => void run())
  const at = () =>
    new Intl.DateTimeFormat(readersLocale(props.language), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <StepPage heading={later().scheduled.heading} progress={props.step.progress}>
      <p>
        <strong>
          <time dateTime={props.step.until}>
            {later().scheduled.at(at().format(new Date(props.step.until)))}
          </time>
        </strong>
      </p>
      <p>{later().scheduled.told}</p>
      <p>{later().scheduled.close}</p>
    </StepPage>
  )
}
