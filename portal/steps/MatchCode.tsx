import { createEffect, createSignal, on } from 'solid-js'
import { DigitsField } from '../components/DigitsField.tsx'
import { StepPage } from '../components/StepPage.tsx'
import { useCopy } from '../copy/index.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-of.ts'

/** The six digits that cross from voice to page. */
export const MatchCode = (props: StepProps<'match_code'>) => {
  const copy = useCopy()
  const later = useLaterCopy()
  const [code, setCode] = createSignal('')
  const [isShort, setShort] = createSignal(false)
  createEffect(on(props.visit.wrongTry, () => setCode(''), { defer: true }))
  const error = () => {
    if (isShort()) return later().code.short
    return props.visit.wrongTry() > 0 && code() === '' ? later().code.wrong(props.step.triesLeft) : null
  }
  const submit = (event: Event) => {
    event.preventDefault()
    setShort(code().length < 6)
    if (!isShort()) void props.visit.submitCode(code(), props.language)
  }
  return (
    <StepPage heading={later().code.heading} progress={props.step.progress}>
      <form onSubmit={submit}>
        <DigitsField
          id="match-code"
          label={later().code.label}
          length={6}
          value={code()}
          error={error()}
          onInput={setCode}
        />
        <p>
          {later().code.both} <strong class="phrase">{props.step.phrase.join(' · ')}</strong>
        </p>
        <p class="muted small">{later().code.check}</p>
        <button class="main" disabled={props.visit.isWorking()}>
          {copy().goOn}
        </button>
      </form>
    </StepPage>
  )
}
