import { Show } from 'solid-js'
import { EnrolmentCode } from '../components/EnrolmentCode.tsx'
import { Feedback } from '../components/Feedback.tsx'
import { PasskeyOffer } from '../components/PasskeyOffer.tsx'
import { SheetOffer } from '../components/SheetOffer.tsx'
import { StepPage } from '../components/StepPage.tsx'
import { UntilKnown } from '../components/UntilKnown.tsx'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'

/** Nobody rates these: a case whose code is used up is still open, and another browser's page may be anybody's. */
const unrated: ReadonlySet<string> = new Set(['code_dead', 'not_this_browser'])

/** The end, whichever it is: what happened, what to do, and one tap of feedback where there is a session to rate. */
export const Ended = (props: StepProps<'ended'>) => {
  const later = useLaterCopy()
  const words = () => later().ended[props.step.ending]
  const isUnknown = () => props.step.ending.endsWith('_unknown')
  // A case without a result is not over, and takes no feedback yet.
  const canRate = () =>
    props.visit.hasSession() && !props.step.feedbackGiven && !unrated.has(props.step.ending) && !isUnknown()
  return (
    <StepPage heading={words()[0]}>
      <p>{words()[1]}</p>
      <Show when={isUnknown()}>
        <UntilKnown visit={props.visit} />
      </Show>
      <Show when={props.step.passkey}>{(state) => <PasskeyOffer state={state()} visit={props.visit} />}</Show>
      <Show when={props.step.sheet}>
        {(state) => <SheetOffer state={state()} visit={props.visit} language={props.language} />}
      </Show>
      <Show when={props.step.enrolment}>
        {(state) => <EnrolmentCode state={state()} visit={props.visit} language={props.language} />}
      </Show>
      <Show when={canRate()}>
        <Feedback visit={props.visit} />
      </Show>
    </StepPage>
  )
}
