import { createSignal, Show } from 'solid-js'
import { Dialog } from '#platform/ui/Dialog.tsx'
import { knowsPasskeys, usePasskey } from '#platform/ui/passkey.ts'
import { callOnce, faultOf, setCsrfToken } from '../api.ts'
import { useCopy } from '../copy/index.ts'
import { endStepUp, isStepUpAsked } from '../step-up.ts'

/** Confirms with a passkey. The session has a new id afterwards, and so a new token. */
const confirm = async (): Promise<'done' | 'stopped'> => {
  const request = await callOnce('console.beginStepUp', { body: {} })
  const answer = await usePasskey(request)
  if (answer === null) return 'stopped'
  const { csrfToken } = await callOnce('console.stepUp', { body: answer })
  setCsrfToken(csrfToken)
  return 'done'
}

/** Asks for the passkey where a call needs it; afterwards the call continues by itself. */
export const StepUp = () => (
  <Show when={isStepUpAsked()}>
    <Ask />
  </Show>
)

const Ask = () => {
  const copy = useCopy()
  const [trouble, setTrouble] = createSignal<string | null>(null)
  const [isWorking, setWorking] = createSignal(false)
  const submit = async () => {
    setTrouble(null)
    setWorking(true)
    try {
      if ((await confirm()) === 'done') endStepUp(true)
      else setTrouble(copy().security.stopped)
    } catch (error) {
      setTrouble(copy().problem(faultOf(error)))
    } finally {
      setWorking(false)
    }
  }
  return (
    <Dialog title={copy().security.confirm} onClose={() => endStepUp(false)}>
      <p>{copy().security.confirmStory}</p>
      <Show when={trouble()}>
        {(text) => (
          <p class="error" role="alert">
            {text()}
          </p>
        )}
      </Show>
      <Show when={!knowsPasskeys()}>
        <p class="error">{copy().security.unknown}</p>
      </Show>
      <p class="small">
        <a href="/security" rel="external">
          {copy().security.lost}
        </a>
      </p>
      <div class="tools">
        <button type="button" onClick={() => endStepUp(false)}>
          {copy().confirm.back}
        </button>
        <button
          type="button"
          class="main"
          disabled={isWorking() || !knowsPasskeys()}
          onClick={() => void submit()}
        >
          {copy().security.use}
        </button>
      </div>
    </Dialog>
  )
}
