import { createSignal, For, Show } from 'solid-js'
import type { PersonCard } from '#api/contract/console.ts'
import { Dialog } from '#platform/ui/Dialog.tsx'
import { call, codeOf } from '../../api.ts'
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
  const [reason, setReason] = createSignal('')
  const [trouble, setTrouble] = createSignal<string | null>(null)
  const submit = async (event: Event) => {
    event.preventDefault()
    try {
      const params = { personId: props.personId, passkeyId: props.passkey.id }
      await call('console.revokePasskey', { params, body: { reason: reason().trim() } })
      props.onDone()
    } catch (error) {
      setTrouble(codeOf(error))
    }
  }
  return (
    <Dialog title={copy().security.revokeTitle} onClose={() => props.onClose()}>
      <form onSubmit={(event) => void submit(event)}>
        <p>{copy().security.revokeStory(props.passkey.name)}</p>
        <label>
          {copy().confirm.reason}
          <textarea
            rows="2"
            required
            maxlength="500"
            value={reason()}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
        <Show when={trouble()}>
          {(code) => (
            <p class="error" role="alert">
              {copy().problem(code())}
            </p>
          )}
        </Show>
        <div class="tools">
          <button type="button" onClick={() => props.onClose()}>
            {copy().confirm.back}
          </button>
          <button class="main">{copy().security.revoke}</button>
        </div>
      </form>
    </Dialog>
  )
}
