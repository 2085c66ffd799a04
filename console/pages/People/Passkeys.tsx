import { createSignal, For, Show } from 'solid-js'
import type { PersonCard } from '#api/contract/console.ts'
import { Dialog } from '#platform/ui/Dialog.tsx'
import { call } from '../../api.ts'
import { Reasoned } from '../../components/Reasoned.tsx'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useMay } from '../../session.tsx'

type Passkey = PersonCard['passkeys'][number]

/** The participant's passkeys with their age; a supervisor may take one away. */
export const Passkeys = (props: { person: PersonCard; onRevoked: () => void }) => {
  const copy = useCopy()
  const may = useMay()
  const [asked, setAsked] = createSignal<Passkey | null>(null)
  return (
    <Show when={props.person.passkeys.length > 0}>
      <section>
        <h2>
          {copy().security.participants} <span class="count">{props.person.passkeys.length}</span>
        </h2>
        <ul class="plain">
          <For each={props.person.passkeys}>
            {(passkey) => (
              <li>
                <span class="break">{passkey.name}</span>{' '}
                <span class="muted small">
                  {copy().security.states[passkey.state]} · {copy().security.made}{' '}
                  <Moment at={passkey.createdAt} />
                </span>{' '}
                <Show when={may('passkeys.revoke')}>
                  <button type="button" class="small" onClick={() => setAsked(passkey)}>
                    {copy().security.revoke}
                  </button>
                </Show>
              </li>
            )}
          </For>
        </ul>
        <Show when={asked()}>
          {(passkey) => (
            <Revoke
              personId={props.person.id}
              passkey={passkey()}
              onClose={() => setAsked(null)}
              onDone={() => {
                setAsked(null)
                props.onRevoked()
              }}
            />
          )}
        </Show>
      </section>
    </Show>
  )
}

const Revoke = (props: { personId: string; passkey: Passkey; onClose: () => void; onDone: () => void }) => {
  const copy = useCopy()
  const revoke = (reason: string) => {
    const params = { personId: props.personId, passkeyId: props.passkey.id }
    return call('console.revokePasskey', { params, body: { reason } })
  }
  return (
    <Dialog title={copy().security.revokeTitle} onClose={() => props.onClose()}>
      <Reasoned
        label={copy().confirm.reason}
        actions={[{ word: copy().security.revoke, isMain: true, act: revoke }]}
        onBack={() => props.onClose()}
        onDone={() => props.onDone()}
      >
        <p>{copy().security.revokeStory(props.passkey.name)}</p>
      </Reasoned>
    </Dialog>
  )
}
