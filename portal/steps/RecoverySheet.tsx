import { createSignal, Show } from 'solid-js'
import { asRecoveryCode } from '#domain/recovery-code.ts'
import { RecoveryCodeField } from '../components/RecoveryCodeField.tsx'
import { StepPage } from '../components/StepPage.tsx'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'
import { Trouble } from '../components/Trouble.tsx'

/**
 * One more proof: a code of a printed sheet. Everybody is asked in the same words, so that nobody learns here who has one. A
 * typing error is said at once and costs no try.
 */
export const RecoverySheet = (props: StepProps<'recovery_sheet'>) => {
  const later = useLaterCopy()
  const words = () => later().recoverySheet
  const [typed, setTyped] = createSignal('')
  /** The error of what is in the field; null once it changes. */
  const [problem, setProblem] = createSignal<'mistyped' | 'wrong' | null>(null)
  const error = () => (problem() === 'wrong' ? words().wrong(props.step.triesLeft) : words().mistyped)
  const submit = async (event: Event) => {
    event.preventDefault()
    const code = asRecoveryCode(typed())
    setProblem(code === null ? 'mistyped' : null)
    if (code === null) return
    const answer = await props.visit.go('portal.recoveryCode', { body: { code } })
    if (answer?.step.kind !== 'recovery_sheet') return
    setProblem(answer.step.problem)
    if (answer.step.problem === 'wrong') setTyped('')
  }
  return (
    <StepPage heading={words().heading} progress={props.step.progress}>
      <p>{words().story}</p>
      <form onSubmit={(event) => void submit(event)}>
        <RecoveryCodeField
          value={typed()}
          isWrong={problem() !== null}
          onInput={(text) => {
            setTyped(text)
            setProblem(null)
          }}
        />
        <Show when={!props.visit.isWorking() && problem() !== null}>
          <p class="error" role="alert">
            {error()}
          </p>
        </Show>
        <Trouble visit={props.visit} />
        <button class="main" aria-disabled={props.visit.isWorking()}>
          {words().use}
        </button>
      </form>
      <button
        type="button"
        aria-disabled={props.visit.isWorking()}
        onClick={() => void props.visit.go('portal.withoutRecoveryCode', { body: {} })}
      >
        {words().without}
      </button>
      <p class="muted">{words().never}</p>
    </StepPage>
  )
}
