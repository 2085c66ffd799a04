import { A } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { PersonCard, Started } from '#api/contract/console.ts'
import { useCopy } from '../../copy/index.ts'
import { VerificationPanelLoader } from '../Verification/index.tsx'
import { SendForm } from './SendForm.tsx'

/** The way to send a link; once it is sent, the same card shows the running case. */
export const SendLink = (props: { person: PersonCard; onStarted: () => void }) => {
  const copy = useCopy()
  const [started, setStarted] = createSignal<Started | null>(null)
  const openId = () => started()?.verificationId ?? props.person.openVerificationId
  return (
    <section class="card send" aria-label={copy().send.title}>
      <Show
        when={openId()}
        fallback={
          <SendForm
            person={props.person}
            onStarted={(answer) => {
              setStarted(answer)
              props.onStarted()
            }}
          />
        }
      >
        {(id) => (
          <>
            <p class="muted">
              {copy().send.running} <A href={`/verifications/${id()}`}>{copy().send.openPage}</A>
            </p>
            <VerificationPanelLoader verificationId={id()} />
          </>
        )}
      </Show>
    </section>
  )
}
