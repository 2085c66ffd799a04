import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import type { Sentence } from '#api/contract/common.ts'
import { call, codeOf, newKey } from '../../api.ts'
import { useCopy } from '../../copy/index.ts'
import { isPlain, isTyping } from '../../lib/typing.ts'
import { Dialog } from '../../../platform/ui/Dialog.tsx'

type Verb = 'approve' | 'refuse' | 'resend' | 'cancel'
const verbs: readonly Verb[] = ['approve', 'refuse', 'resend', 'cancel']
const keys: Readonly<Record<string, Verb>> = { a: 'approve', r: 'refuse' }

/** What can be done now; what cannot says why on focus and hover. Each asks before it acts. */
export const Actions = (props: { panel: Panel; onChanged: () => void }) => {
  const copy = useCopy()
  const [asking, setAsking] = createSignal<Verb | null>(null)
  const onKey = (event: KeyboardEvent) => {
    const verb = keys[event.key]
    if (!verb || asking() !== null || !isPlain(event) || isTyping(event.target)) return
    if (!props.panel.actions[verb].allowed) return
    // The key opens the dialog; it is not the first letter of the reason.
    event.preventDefault()
    setAsking(verb)
  }
  onMount(() => document.addEventListener('keydown', onKey))
  onCleanup(() => document.removeEventListener('keydown', onKey))
  const isClosed = () => props.panel.row.state === 'closed'
  return (
    <Show when={!isClosed()}>
      <div class="actions no-print" role="group" aria-label={copy().panel.actions}>
        <For each={verbs}>
          {(verb) => (
            <ActionButton
              verb={verb}
              reason={props.panel.actions[verb].allowed ? null : props.panel.actions[verb].reason}
              isAllowed={props.panel.actions[verb].allowed}
              onClick={() => setAsking(verb)}
            />
          )}
        </For>
      </div>
      <Show when={asking()} keyed>
        {(verb) => (
          <Confirm
            verb={verb}
            panel={props.panel}
            onClose={() => setAsking(null)}
            onDone={() => {
              setAsking(null)
              props.onChanged()
            }}
          />
        )}
      </Show>
    </Show>
  )
}

const ActionButton = (props: {
  verb: Verb
  isAllowed: boolean
  reason: Sentence | null
  onClick: () => void
}) => {
  const copy = useCopy()
  const reason = () => (props.reason ? copy().sentence(props.reason) : undefined)
  return (
    <span class="action">
      {/* aria-disabled keeps the button reachable, so that its reason can be read */}
      <button
        type="button"
        class={props.verb === 'approve' ? 'main' : ''}
        aria-disabled={!props.isAllowed}
        aria-describedby={reason() ? `why-${props.verb}` : undefined}
        onClick={() => {
          if (props.isAllowed) props.onClick()
        }}
      >
        {copy().verbs[props.verb]}
      </button>
      <Show when={reason()}>
        {(text) => (
          <span id={`why-${props.verb}`} role="tooltip" class="tip">
            {text()}
          </span>
        )}
      </Show>
    </span>
  )
}

const Confirm = (props: { verb: Verb; panel: Panel; onClose: () => void; onDone: () => void }) => {
  const copy = useCopy()
  const [reason, setReason] = createSignal('')
  const [trouble, setTrouble] = createSignal<string | null>(null)
  const [isWorking, setWorking] = createSignal(false)
  const key = newKey()
  const needsReason = () => props.verb !== 'resend'
  const story = () => {
    const { participant, row } = props.panel
    // Only a password reset goes on after the approval.
    if (props.verb === 'approve' && row.purpose !== 'password_reset')
      return copy().confirm.approve.storyOnly(participant.name)
    return copy().confirm[props.verb].story(participant.name, row.contactMasked)
  }
  const send = async () => {
    const params = { verificationId: props.panel.row.id }
    const text = reason().trim()
    switch (props.verb) {
      case 'approve':
      case 'refuse':
        return call(
          'console.decide',
          {
            params,
            body: {
              decision: props.verb === 'approve' ? 'approved' : 'refused',
              reason: text,
              shownHash: props.panel.shownHash,
            },
          },
          { key },
        )
      case 'cancel':
        return call('console.cancel', { params, body: { reason: text } }, { key })
      case 'resend':
        return call('console.resend', { params, body: { contactId: props.panel.resendContactId } }, { key })
    }
  }
  const submit = async (event: Event) => {
    event.preventDefault()
    setWorking(true)
    try {
      await send()
      props.onDone()
    } catch (error) {
      setTrouble(codeOf(error))
    } finally {
      setWorking(false)
    }
  }
  return (
    <Dialog title={copy().confirm[props.verb].title} onClose={() => props.onClose()}>
      <form onSubmit={(event) => void submit(event)}>
        <p>{story()}</p>
        <Show when={needsReason()}>
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
        </Show>
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
          <button class={`main ${props.verb}`} disabled={isWorking()}>
            {copy().confirm[props.verb].action}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
