import { StepPage } from '../components/StepPage.tsx'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'
import { Trouble } from '../components/Trouble.tsx'

/** The participant removes the second step themselves: only here can the code for a new one be shown (B2). */
export const ResetMfa = (props: StepProps<'reset_mfa'>) => {
  const later = useLaterCopy()
  const words = () => later().mfa
  return (
    <StepPage heading={words().heading} progress={props.step.progress}>
      <p>{words().story}</p>
      <p>{words().ready}</p>
      <Trouble visit={props.visit} />
      <button
        type="button"
        class="main"
        aria-disabled={props.visit.isWorking()}
        onClick={() => void props.visit.go('portal.resetMfa', {})}
      >
        {words().remove}
      </button>
      <p class="muted small">
        {later().password.minutes(Math.max(1, Math.round(props.step.secondsLeft / 60)))}
      </p>
    </StepPage>
  )
}
