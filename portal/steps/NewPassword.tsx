import { createSignal, For, onCleanup, Show } from 'solid-js'
import { StepPage } from '../components/StepPage.tsx'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-of.ts'

type Rule = { key: string; kept: boolean }
const pauseMs = 350

/** The participant alone sets the password; rules are shown while typing, paste is allowed (security.md N5). */
export const NewPassword = (props: StepProps<'new_password'>) => {
  const later = useLaterCopy()
  const [password, setPassword] = createSignal('')
  const [isShown, setShown] = createSignal(false)
  const [rules, setRules] = createSignal<readonly Rule[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))

  const word = (key: string) => {
    const found = later().password.rules[key]
    return typeof found === 'function' ? found(props.step.minLength) : (found ?? key)
  }
  const look = async (typed: string) => {
    const result = await props.visit
      .call('portal.checkPassword', { body: { password: typed } })
      .catch(() => null)
    if (result && typed === password()) setRules(result.rules)
  }
  const typed = (value: string) => {
    setPassword(value)
    clearTimeout(timer)
    if (value === '') setRules([])
    else timer = setTimeout(() => void look(value), pauseMs)
  }
  const submit = (event: Event) => {
    event.preventDefault()
    if (password() !== '') void props.visit.go('portal.setPassword', { body: { password: password() } })
  }
  const shownRules = (): readonly Rule[] =>
    rules().length > 0
      ? rules()
      : ['length', 'not_context', 'not_common'].map((key) => ({ key, kept: false }))

  return (
    <StepPage heading={later().password.heading} progress={props.step.progress}>
      <p>{later().password.story}</p>
      <form onSubmit={submit}>
        <Show when={props.step.refusedBy.length > 0}>
          <div class="error" role="alert">
            <p>{later().password.refused}</p>
            <ul>
              <For each={props.step.refusedBy}>{(key) => <li>{word(key)}</li>}</For>
            </ul>
            <p>{later().password.tries(props.step.triesLeft)}</p>
          </div>
        </Show>
        <div class="field">
          <label for="password">{later().password.label}</label>
          <input
            id="password"
            type={isShown() ? 'text' : 'password'}
            autocomplete="new-password"
            spellcheck={false}
            autocapitalize="none"
            maxlength={props.step.maxLength}
            aria-describedby="rules"
            value={password()}
            onInput={(event) => typed(event.currentTarget.value)}
          />
        </div>
        <button type="button" class="link" aria-pressed={isShown()} onClick={() => setShown(!isShown())}>
          {isShown() ? later().password.hide : later().password.show}
        </button>
        <ul id="rules" class="rules">
          <For each={shownRules()}>
            {(rule) => (
              <li classList={{ kept: rule.kept }}>
                <span aria-hidden="true">{rule.kept ? '✓ ' : '○ '}</span>
                {word(rule.key)}
                <span class="hidden">: {rule.kept ? later().password.kept : later().password.open}</span>
              </li>
            )}
          </For>
        </ul>
        <button class="main" disabled={props.visit.isWorking()}>
          {later().password.set}
        </button>
        <p class="muted small">
          {later().password.minutes(Math.max(1, Math.round(props.step.secondsLeft / 60)))}
        </p>
      </form>
    </StepPage>
  )
}
