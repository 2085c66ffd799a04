import { onMount, Show, untrack } from 'solid-js'
import { StepPage } from '../components/StepPage.tsx'
import { whenBack } from '../components/when-back.ts'
import { whileShown } from '../components/while-shown.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'

const everyMs = 2000

/** Looks for the answer while the step is shown: by itself, and as soon as the participant is back from the authenticator. */
const PushUnderWay = (props: StepProps<'push'>) => {
  const later = useLaterCopy()
  const words = () => later().push
  const { pause } = whileShown()
  const visit = untrack(() => props.visit)
  const run = async (): Promise<void> => {
    while (await pause(everyMs)) await visit.refresh()
  }
  whenBack(() => void visit.refresh())
  onMount(() => void run())
  return (
    <>
      <p role="status">{props.step.state === 'sent' ? words().sent : words().sending}</p>
      <Show when={props.step.number}>
        {(number) => (
          <>
            <p>{words().choose}</p>
            <p class="code-shown">{number()}</p>
          </>
        )}
      </Show>
      <p>{words().compare}</p>
      <p classList={{ 'code-shown': props.step.number === null }}>
        <strong>{props.step.phrase.join(' ')}</strong>
      </p>
      <progress class="running" aria-label={words().sending} />
    </>
  )
}

/** Offers the first push, or another after one that led nowhere. */
const PushOffer = (props: StepProps<'push'>) => {
  const later = useLaterCopy()
  const words = () => later().push
  return (
    <>
      <p>{words().story}</p>
      <Show when={props.step.problem}>
        {(problem) => (
          <p class="error" role="alert">
            {words().problems[problem()]}
          </p>
        )}
      </Show>
      <button
        type="button"
        class="main"
        disabled={props.step.pushesLeft === 0}
        onClick={() => void props.visit.go('portal.sendPush', { body: {} })}
      >
        {props.step.problem === null ? words().send : words().again}
      </button>
    </>
  )
}

/**
 * One more proof: a push that the participant approves on their own authenticator. The page says what the push must show, so that
 * nobody approves one that somebody else asked for.
 */
export const Push = (props: StepProps<'push'>) => {
  const later = useLaterCopy()
  const words = () => later().push
  return (
    <StepPage heading={words().heading} progress={props.step.progress}>
      <Show when={props.step.state !== 'ready'} fallback={<PushOffer {...props} />}>
        <PushUnderWay {...props} />
      </Show>
      <button
        type="button"
        aria-disabled={props.visit.isWorking()}
        onClick={() => void props.visit.go('portal.withoutPush', { body: {} })}
      >
        {words().without}
      </button>
      <p class="muted">{words().only}</p>
    </StepPage>
  )
}
