import { createSignal, Match, Switch } from 'solid-js'
import { knowsPasskeys, makePasskey } from '#platform/ui/passkey.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { Visit } from '../visit.ts'

/**
 * Offers a passkey once all is done. The new password is set by then, whatever happens here; who ignores the card, or
 * closes it, has missed nothing.
 */
export const PasskeyOffer = (props: { state: 'offered' | 'enrolled'; visit: Visit }) => {
  const later = useLaterCopy()
  const words = () => later().offer
  const [isAsking, setAsking] = createSignal(false)
  const [isFailed, setFailed] = createSignal(false)
  const [isDeclined, setDeclined] = createSignal(false)
  const isBusy = () => isAsking() || props.visit.isWorking()
  /** True if the passkey is kept. */
  const make = async (): Promise<boolean> => {
    const creation = await props.visit.call('portal.beginEnrolment', { body: {} }).catch(() => null)
    const made = creation === null ? null : await makePasskey(creation)
    return made !== null && (await props.visit.go('portal.enrolPasskey', { body: made })) !== null
  }
  const setUp = async () => {
    if (isBusy()) return
    setFailed(false)
    setAsking(true)
    setFailed(!(await make()))
    setAsking(false)
  }
  return (
    <Switch>
      <Match when={props.state === 'enrolled'}>
        <section class="card" aria-label={words().done}>
          <h2>{words().done}</h2>
          <p role="status">{words().doneMore}</p>
        </section>
      </Match>
      <Match when={!isDeclined() && knowsPasskeys()}>
        <section class="card" aria-label={words().heading}>
          <h2>{words().heading}</h2>
          <p>{words().story}</p>
          <p class="muted small">{words().wait}</p>
          <Switch>
            <Match when={isFailed() && !isBusy()}>
              <p class="error" role="alert">
                {words().failed}
              </p>
            </Match>
          </Switch>
          <div class="pair">
            <button type="button" class="choice" aria-disabled={isBusy()} onClick={() => setDeclined(true)}>
              {words().skip}
            </button>
            <button type="button" class="choice" aria-disabled={isBusy()} onClick={() => void setUp()}>
              {words().make}
            </button>
          </div>
        </section>
      </Match>
    </Switch>
  )
}
