import { Show } from 'solid-js'
import type { InputReport } from '#domain/risk/probe.ts'
import { CodeAgain } from '../components/CodeAgain.tsx'
import { CodeForm } from '../components/CodeForm.tsx'
import { StepPage } from '../components/StepPage.tsx'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'

/** A code to a different contact on file, for people of whom too little is known to ask. */
export const SecondCode = (props: StepProps<'second_code'>) => {
  const later = useLaterCopy()
  const words = () => later().second
  const submit = async (code: string, summary: InputReport): Promise<boolean> => {
    const result = await props.visit.go('portal.secondCode', { body: { code, summary } })
    return result?.step.kind === 'second_code' && result.step.wrong
  }
  return (
    <StepPage
      heading={props.step.isExpired ? words().expired : words().heading}
      progress={props.step.progress}
    >
      <Show
        when={!props.step.isExpired}
        fallback={<CodeAgain again={props.step.again} advice={words().expiredMore} visit={props.visit} />}
      >
        <p>{words().story(props.step.contactMasked)}</p>
        <CodeForm
          id="second-code"
          label={words().label}
          wrong={words().wrong(props.step.triesLeft)}
          visit={props.visit}
          onCode={submit}
          isSent
        />
        <details open={props.step.again?.isHeld === true}>
          <summary>{words().again.heading}</summary>
          <CodeAgain again={props.step.again} advice={words().again.advice} visit={props.visit} />
        </details>
      </Show>
      <button
        type="button"
        class="link"
        aria-disabled={props.visit.isWorking()}
        onClick={() => void props.visit.go('portal.withoutSecondCode', { body: {} })}
      >
        {words().without}
      </button>
      <p class="muted small">{words().withoutMore}</p>
    </StepPage>
  )
}
