import { Show } from 'solid-js'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from '../steps/step-props.ts'
import { Each } from './Each.tsx'

/** Says why the last password was not taken. Only a refusal of the directory costs a try (N4). */
export const PasswordRefused = (props: { step: StepProps<'new_password'>['step'] }) => {
  const later = useLaterCopy()
  const words = () => later().password
  return (
    <Show when={props.step.refusedBy.length > 0}>
      <div class="error" role="alert">
        <p>{words().refused}</p>
        <ul>
          <Each of={props.step.refusedBy}>
            {(key) => <li>{words().rule(key, props.step.minLength, props.step.maxLength)}</li>}
          </Each>
        </ul>
        <Show when={props.step.refusedBy.includes('directory')}>
          <p>{words().tries(props.step.triesLeft)}</p>
        </Show>
      </div>
    </Show>
  )
}
