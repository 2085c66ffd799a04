import { createSignal, Show } from 'solid-js'
import { knowsPasskeys, usePasskey } from '#platform/ui/passkey.ts'
import { StepPage } from '../components/StepPage.tsx'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-props.ts'
import { Trouble } from '../components/Trouble.tsx'

/**
 * One more proof: a passkey that the participant set up earlier. A participant who does not have it at hand continues
 * without.
 */
export const Passkey = (props: StepProps<'passkey'>) => {
  const later = useLaterCopy()
  const words = () => later().passkey
  const [isAsking, setAsking] = createSignal(false)
  /** The device's own dialog was closed, or found nothing. */
  const [isStopped, setStopped] = createSignal(false)
  const isBusy = () => isAsking() || props.visit.isWorking()
  const ask = async (): Promise<void> => {
    const request = await props.visit.call('portal.beginPasskey', { body: {} }).catch(() => null)
    // The case may be elsewhere by now: the server says where.
    if (request === null) return props.visit.refresh()
    const answer = await usePasskey(request)
    setStopped(answer === null)
    if (answer !== null) await props.visit.go('portal.provePasskey', { body: answer })
  }
  const confirm = async () => {
    if (isBusy()) return
    setStopped(false)
    setAsking(true)
    await ask()
    setAsking(false)
  }
  return (
    <StepPage heading={words().heading} progress={props.step.progress}>
      <p>{words().story}</p>
      <Show
        when={knowsPasskeys()}
        fallback={
          <p class="error" role="alert">
            {words().unknown}
          </p>
        }
      >
        <Show when={!isBusy() && (isStopped() || props.step.refused)}>
          <p class="error" role="alert">
            {isStopped() ? words().stopped : words().refused(props.step.triesLeft)}
          </p>
        </Show>
        <Trouble visit={props.visit} />
        <button type="button" class="main" aria-disabled={isBusy()} onClick={() => void confirm()}>
          {words().confirm}
        </button>
      </Show>
      <button
        type="button"
        aria-disabled={isBusy()}
        onClick={() => void props.visit.go('portal.withoutPasskey', { body: {} })}
      >
        {words().without}
      </button>
    </StepPage>
  )
}
