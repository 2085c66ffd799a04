import { Show } from 'solid-js'
import type { InputReport } from '#domain/risk/probe.ts'
import { useLaterCopy } from '../copy/later.ts'
import { provePage } from '../probes/device.ts'
import type { StepProps } from '../steps/step-props.ts'
import { CodeForm } from './CodeForm.tsx'

/** The six digits that cross from voice, or from another contact, to the page: typing them says "Yes". */
export const LinkCode = (props: StepProps<'who_asks'>) => {
  const later = useLaterCopy()
  const words = () => later().code
  const label = () => {
    const { sentTo, purpose, approved } = props.step
    if (sentTo !== null) return words().sent(sentTo)
    if (approved) return words().again
    return purpose === 'identity_check' ? words().checked : words().read
  }
  const submit = async (code: string, summary: InputReport): Promise<boolean> => {
    const { token, go } = props.visit
    if (token === null) return false
    const body = { token, code, language: props.language, page: await provePage(token), summary }
    const result = await go('public.submitCode', { body })
    return result?.accepted === false
  }
  const phrase = () => (
    <p>
      {words().both} <strong class="phrase">{props.step.phrase.join(' · ')}</strong>
      <span class="muted small block">{words().check}</span>
    </p>
  )
  return (
    <>
      <Show when={props.step.sentTo === null}>{phrase()}</Show>
      <CodeForm
        id="match-code"
        label={label()}
        wrong={words().wrong(props.step.triesLeft)}
        visit={props.visit}
        onCode={submit}
        isSent={props.step.sentTo !== null}
      />
    </>
  )
}
