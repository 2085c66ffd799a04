import type { InputReport } from '#domain/risk/probe.ts'
import { CodeForm } from '../components/CodeForm.tsx'
import { StepPage } from '../components/StepPage.tsx'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'

/** A code to a different contact on file, for people of whom too little is known to ask. */
export const SecondCode = (props: StepProps<'second_code'>) => {
  const later = useLaterCopy()
  const submit = async (code: string, summary: InputReport): Promise<boolean> => {
    const result = await props.visit.go('portal.secondCode', { body: { code, summary } })
    return result?.step.kind === 'second_code' && result.step.wrong
  }
  return (
    <StepPage heading={later().second.heading} progress={props.step.progress}>
      <p>{later().second.story(props.step.contactMasked)}</p>
      <CodeForm
        id="second-code"
        label={later().second.label}
        wrong={later().second.wrong(props.step.triesLeft)}
        visit={props.visit}
        onCode={submit}
        isSent
      />
      <button
        type="button"
        class="link"
        aria-disabled={props.visit.isWorking()}
        onClick={() => void props.visit.go('portal.withoutSecondCode', { body: {} })}
      >
        {later().second.without}
      </button>
      <p class="muted small">{later().second.withoutMore}</p>
    </StepPage>
  )
}
