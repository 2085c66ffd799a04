import { Show } from 'solid-js'
import type { InputReport } from '#domain/risk/probe.ts'
import { CodeForm } from '../components/CodeForm.tsx'
import { StepPage } from '../components/StepPage.tsx'
import { useLaterCopy } from '../copy/later.ts'
import { provePage } from '../probes/device.ts'
import type { StepProps } from './step-props.ts'

/** The six digits that cross from voice to page. */
export const MatchCode = (props: StepProps<'match_code'>) => {
  const later = useLaterCopy()
  const submit = async (code: string, summary: InputReport): Promise<boolean> => {
    const { token, go } = props.visit
    if (token === null) return false
    const body = { token, code, language: props.language, page: await provePage(token), summary }
    const result = await go('public.submitCode', { body })
    return result?.accepted === false
  }
  return (
    <StepPage
      heading={props.step.sentTo === null ? later().code.heading : later().second.heading}
      progress={props.step.progress}
    >
      <CodeForm
        id="match-code"
        label={later().code.label}
        wrong={later().code.wrong(props.step.triesLeft)}
        isWorking={props.visit.isWorking()}
        onCode={submit}
      >
        <Show
          when={props.step.sentTo}
          fallback={
            <>
              <p>
                {later().code.both} <strong class="phrase">{props.step.phrase.join(' · ')}</strong>
              </p>
              <p class="muted small">{later().code.check}</p>
            </>
          }
        >
          {(masked) => <p>{later().second.story(masked())}</p>}
        </Show>
      </CodeForm>
    </StepPage>
  )
}
