import { A } from '@solidjs/router'
import { createEffect, createSignal, on, Show } from 'solid-js'
import type { VerificationPanel } from '#api/contract/console-verifications.ts'
import type { PersonCard } from '#api/contract/console.ts'
import { useCopy } from '../../copy/index.ts'
import { VerificationPanelLoader } from '../Verification/index.tsx'
import { SendForm } from './SendForm.tsx'

/** The way to send a link; once it is sent, the same card shows the case, to its end. */
export const SendLink = (props: {
  person: PersonCard
  /** Told with every state of the case that is shown. */
  onCase: (panel: VerificationPanel) => void
}) => {
  const copy = useCopy()
  const [shownId, setShownId] = createSignal<string | null>(null)
  const [closedId, setClosedId] = createSignal<string | null>(null)
  const isClosed = () => closedId() === shownId()
  // A case that somebody started takes the form's place, since no other may start beside it. One that closes is kept
  // while it is read: it does not give way to the form by itself.
  createEffect(
    on(
      () => props.person.openVerificationId,
      (openId) => {
        if (openId !== null && openId !== closedId()) setShownId(openId)
      },
    ),
  )
  return (
    <section class="card send" aria-label={copy().send.title}>
      <Show
        when={shownId()}
        fallback={
          <SendForm person={props.person} onStarted={(answer) => setShownId(answer.verificationId)} />
        }
      >
        {(id) => (
          <>
            <div class="trouble">
              <p class="muted">
                {isClosed() ? copy().send.over : copy().send.running}{' '}
                <A href={`/verifications/${id()}`}>{copy().send.openPage}</A>
              </p>
              <Show when={isClosed()}>
                <button type="button" onClick={() => setShownId(null)}>
                  {copy().send.again}
                </button>
              </Show>
            </div>
            <VerificationPanelLoader
              verificationId={id()}
              onLoaded={(panel) => {
                if (panel.row.state === 'closed') setClosedId(panel.row.id)
                props.onCase(panel)
              }}
            />
          </>
        )}
      </Show>
    </section>
  )
}
