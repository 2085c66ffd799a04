import type { PasswordRuleState } from '#domain/password.ts'
import { useLaterCopy } from '../copy/later.ts'
import { Each } from './Each.tsx'

const signs = { met: '✓', unmet: '○', pending: '○' } as const

/** The rules with their state, as sign and as word. The upper limit is mentioned only once it is passed. */
export const PasswordRules = (props: {
  states: readonly PasswordRuleState[]
  step: { minLength: number; maxLength: number }
}) => {
  const later = useLaterCopy()
  const shown = () => props.states.filter(({ code, state }) => code !== 'not_too_long' || state === 'unmet')
  return (
    <ul id="rules" class="rules">
      <Each of={shown()}>
        {({ code, state }) => (
          <li class={state}>
            <span aria-hidden="true">{signs[state]}</span>
            <span>
              {later().password.rule(code, props.step.minLength, props.step.maxLength)}
              <span class="hidden">: {later().password[state]}</span>
            </span>
          </li>
        )}
      </Each>
    </ul>
  )
}
