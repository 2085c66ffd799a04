import { createSignal, onCleanup, Show } from 'solid-js'
import { PasswordField } from '../components/PasswordField.tsx'
import { PasswordRefused } from '../components/PasswordRefused.tsx'
import { PasswordRules } from '../components/PasswordRules.tsx'
import { ruleStates, type ServerRules } from '../components/rule-states.ts'
import { StepPage } from '../components/StepPage.tsx'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'
import { Trouble } from '../components/Trouble.tsx'

const pauseMs = 350

/** The participant alone sets the password; rules are shown while typing, paste is allowed (N5). */
export const NewPassword = (props: StepProps<'new_password'>) => {
  const later = useLaterCopy()
  const words = () => later().password
  const [password, setPassword] = createSignal('')
  const [server, setServer] = createSignal<ServerRules>(null)
  const [isUnmet, setUnmet] = createSignal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))

  const states = () => ruleStates(password(), props.step, server())
  const look = async (value: string) => {
    const result = await props.visit
      .call('portal.checkPassword', { body: { password: value } })
      .catch(() => null)
    if (value === password()) setServer(result?.rules ?? null)
  }
  const typed = (value: string) => {
    setPassword(value)
    setServer(null)
    setUnmet(false)
    clearTimeout(timer)
    // Rules that the browser sees to be unmet need no question to the server.
    if (!states().some(({ state }) => state === 'unmet')) timer = setTimeout(() => void look(value), pauseMs)
  }
  const submit = (event: Event) => {
    event.preventDefault()
    // Setting it asks the same; after it the step is over.
    clearTimeout(timer)
    setUnmet(states().some(({ state }) => state === 'unmet'))
    if (!isUnmet()) void props.visit.go('portal.setPassword', { body: { password: password() } })
  }
  return (
    <StepPage heading={words().heading} progress={props.step.progress}>
      <p>{words().story}</p>
      <form onSubmit={submit}>
        <PasswordRefused step={props.step} />
        <PasswordField value={password()} onInput={typed} />
        <PasswordRules states={states()} step={props.step} />
        <Show when={isUnmet()}>
          <p class="error" role="alert">
            {words().fix}
          </p>
        </Show>
        <Trouble visit={props.visit} />
        <button class="main" aria-disabled={props.visit.isWorking()}>
          {words().set}
        </button>
        <p class="muted small">{words().minutes(Math.max(1, Math.round(props.step.secondsLeft / 60)))}</p>
      </form>
    </StepPage>
  )
}
