import { Show } from 'solid-js'
import { Feedback } from '../components/Feedback.tsx'
import { StepPage } from '../components/StepPage.tsx'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-of.ts'

/** The end, whichever it is: what happened, what to do, and one tap of feedback where there is a session to rate. */
export const Ended = (props: StepProps<'ended'>) => {
  const later = useLaterCopy()
  const words = () => later().ended[props.step.ending]
  // A case whose code is used up is still open; it takes no feedback yet.
  const canRate = () =>
    props.visit.hasSession() && !props.step.feedbackGiven && props.step.ending !== 'code_dead'
  return (
    <StepPage heading={words()[0]}>
      <p>{words()[1]}</p>
      <Show when={canRate()}>
        <Feedback visit={props.visit} />
      </Show>
    </StepPage>
  )
}
