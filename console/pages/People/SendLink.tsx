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
  /** Called with every state of the case that is shown. */
  onCase: (panel: VerificationPanel) => void
}) => {
  const copy = useCopy()
  const [shownId, setShownId] = createSignal<string | null>(null)
  const [closedId, setClosedId] = createSignal<string | null>(null)
  const isClosed = () => closedId() === shownId()
  let card: HTMLElement | undefined
  /** The focused element goes with form or case: the card that stays takes the focus. */
  const turn = (id: string | null) => {
    setShownId(id)
    card?.focus()
  }
  // A case that another agent started takes the form's place, since no other may start beside it. One that closes is kept
  // while it is read: it does not give way to the form by itself.
  createEffect(
    on(
      () => props.person.openVerificationId,
      (openId) => {
        if (openId === null || openId === closedId()) return
        if (card?.contains(document.activeElement)) turn(openId)
        else setShownId(openId)
      },
    ),
  )
  return (
    <section ref={card} class="card send" aria-label={copy().send.title} tabindex="-1">
      <Show
        when={shownId()}
        fallback={<SendForm person={props.person} onStarted={(answer) => turn(answer.verificationId)} />}
      >
        {(id) => (
          <>
            <div class="trouble">
              <p class="muted">
                {isClosed() ? copy().send.over : copy().send.running}{' '}
                <A href={`/verifications/${id()}`}>{copy().send.openPage}</A>
              </p>
              <Show when={isClosed()}>
                <button type="button" onClick={() => turn(null)}>
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
