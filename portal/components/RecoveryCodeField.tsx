import { useLaterCopy } from '../copy/later.ts'

/** The field for a code of a printed sheet. */
export const RecoveryCodeField = (props: {
  value: string
  isWrong: boolean
  onInput: (typed: string) => void
}) => {
  const later = useLaterCopy()
  const words = () => later().recoverySheet
  return (
    <div class="field">
      <label for="recovery-code">{words().label}</label>
      <input
        id="recovery-code"
        class="recovery-code"
        type="text"
        autocomplete="off"
        autocapitalize="characters"
        autocorrect="off"
        spellcheck={false}
        maxlength="40"
        aria-describedby="recovery-code-note"
        aria-invalid={props.isWrong}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <p id="recovery-code-note" class="muted small">
        {words().note}
      </p>
    </div>
  )
}
