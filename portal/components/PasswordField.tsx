import { createSignal } from 'solid-js'
import { useLaterCopy } from '../copy/later.ts'

/** Nothing is cut off or changed: the field says that a password is too long, and does not shorten it (N5). */
export const PasswordField = (props: { value: string; onInput: (value: string) => void }) => {
  const later = useLaterCopy()
  const [isShown, setShown] = createSignal(false)
  return (
    <div class="field">
      <label for="password">{later().password.label}</label>
      <div class="row">
        <input
          id="password"
          type={isShown() ? 'text' : 'password'}
          autocomplete="new-password"
          autocapitalize="none"
          spellcheck={false}
          aria-describedby="rules"
          value={props.value}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
        <button type="button" aria-controls="password" onClick={() => setShown(!isShown())}>
          {isShown() ? later().password.hide : later().password.show}
        </button>
      </div>
    </div>
  )
}
