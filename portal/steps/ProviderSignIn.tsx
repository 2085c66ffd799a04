import { createSignal, Show } from 'solid-js'
import { StepPage } from '../components/StepPage.tsx'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'
import { Trouble } from '../components/Trouble.tsx'

/**
 * One more proof: the participant signs in at the organisation's own provider, which sends them back to this page. A participant
 * who cannot, or whose provider does not answer, continues by another way.
 */
export const ProviderSignIn = (props: StepProps<'provider_sign_in'>) => {
  const later = useLaterCopy()
  const words = () => later().providerSignIn
  const [isLeaving, setLeaving] = createSignal(false)
  const [isDown, setDown] = createSignal(false)
  const isBusy = () => isLeaving() || props.visit.isWorking()
  const problem = (): string | null => {
    if (isDown()) return words().problems.unanswered
    return props.step.problem === null ? null : words().problems[props.step.problem]
  }
  const leave = async (): Promise<void> => {
    if (isBusy()) return
    setDown(false)
    setLeaving(true)
    const begun = await props.visit.call('portal.beginProviderSignIn', { body: {} }).catch(() => null)
    if (typeof begun?.url === 'string') {
      location.assign(begun.url)
      return
    }
    setLeaving(false)
    if (begun === null) await props.visit.refresh()
    else setDown(true)
  }
  return (
    <StepPage heading={words().heading} progress={props.step.progress}>
      <p>{words().story}</p>
      <p>
        {words().where} <strong>{props.step.host}</strong>
      </p>
      <Show when={!isBusy() && problem()}>
        {(text) => (
          <p class="error" role="alert">
            {text()}
            <Show
              when={!isDown() && props.step.triesLeft < 5}
            >{` ${words().left(props.step.triesLeft)}`}</Show>
          </p>
        )}
      </Show>
      <Trouble visit={props.visit} />
      <button type="button" class="main" aria-disabled={isBusy()} onClick={() => void leave()}>
        {words().signIn}
      </button>
      <button
        type="button"
        aria-disabled={isBusy()}
        onClick={() => void props.visit.go('portal.withoutProviderSignIn', { body: {} })}
      >
        {words().without}
      </button>
      <p class="muted">{words().password}</p>
    </StepPage>
  )
}
