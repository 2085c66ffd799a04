import { A } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { PersonCard } from '#api/contract/console.ts'
import { useCopy } from '../../copy/index.ts'
import { VerificationPanelLoader } from '../Verification/index.tsx'
import { SendForm } from './SendForm.tsx'

/** The way to send a link; once it is sent, the same card shows the case, to its end. */
export const SendLink = (props: { person: PersonCard; onChanged: () => void }) => {
  const copy = useCopy()
  // Kept while it is read: a case that closes does not give way to the form by itself.
  // eslint-disable-next-line solid/reactivity -- only the case that is open when the card appears counts
  const [shownId, setShownId] = createSignal(props.person.openVerificationId)
  const [isClosed, setClosed] = createSignal(false)
  const again = () => {
    setClosed(false)
    setShownId(null)
  }
  return (
    <section class="card send" aria-label={copy().send.title}>
      <Show
        when={shownId()}
        fallback={
          <SendForm
            person={props.person}
            onStarted={(answer) => {
              setShownId(answer.verificationId)
              props.onChanged()
            }}
          />
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
                <button type="button" onClick={again}>
                  {copy().send.again}
                </button>
              </Show>
            </div>
            <VerificationPanelLoader
              verificationId={id()}
              onLoaded={({ row }) => {
                if (row.state !== 'closed' || isClosed()) return
                setClosed(true)
                props.onChanged()
              }}
            />
          </>
        )}
      </Show>
    </section>
  )
}
