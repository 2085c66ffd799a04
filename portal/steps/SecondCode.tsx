import { createEffect, createSignal, on } from 'solid-js'
import { DigitsField } from '../components/DigitsField.tsx'
import { StepPage } from '../components/StepPage.tsx'
import { useCopy } from '../copy/index.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-of.ts'

/** A code to a different contact on file, for people of whom too little is known to ask. */
export const SecondCode = (props: StepProps<'second_code'>) => {
  const copy = useCopy()
  const later = useLaterCopy()
  const [code, setCode] = createSignal('')
  const [isShort, setShort] = createSignal(false)
  createEffect(
    on(
      () => props.step.triesLeft,
      () => setCode(''),
      { defer: true },
    ),
  )
  const error = () => {
    if (isShort()) return later().code.short
    return props.step.wrong && code() === '' ? later().second.wrong(props.step.triesLeft) : null
  }
  const submit = (event: Event) => {
    event.preventDefault()
    setShort(code().length < 6)
    if (!isShort()) void props.visit.go('portal.secondCode', { body: { code: code() } })
  }
  return (
    <StepPage heading={later().second.heading} progress={props.step.progress}>
      <form onSubmit={submit}>
        <p>{later().second.story(props.step.contactMasked)}</p>
        <DigitsField
          id="second-code"
          label={later().second.label}
          length={6}
          value={code()}
          error={error()}
          onInput={setCode}
        />
        <button class="main" disabled={props.visit.isWorking()}>
          {copy().goOn}
        </button>
      </form>
    </StepPage>
  )
}
