import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import type { Sentence } from '#api/contract/common.ts'
import { useCopy } from '../../copy/index.ts'
import { createTip } from '../../lib/tip.ts'
import { isPlain, isTyping } from '../../lib/typing.ts'
import { Confirm } from './Confirm.tsx'
import { verbs, type Verb } from './perform.ts'

const keys: Readonly<Record<string, Verb>> = { a: 'approve', r: 'refuse' }

/** The acts that are possible now; a button that is off says why on focus and hover. Each asks before it acts. */
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
  const wordOf = (verb: Verb): string => {
    const { gives } = props.panel.actions.approve
    return verb === 'approve' && gives !== null && gives !== 'decision'
      ? copy().approvals.verbs[gives]
      : copy().verbs[verb]
  }
  const isClosed = () => props.panel.row.state === 'closed'
  return (
    <Show when={!isClosed()}>
      <div class="actions no-print" role="group" aria-label={copy().panel.actions}>
        <For each={verbs}>
          {(verb) => (
            <ActionButton
              verb={verb}
              word={wordOf(verb)}
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
  word: string
  isAllowed: boolean
  reason: Sentence | null
  onClick: () => void
}) => {
  const copy = useCopy()
  const reason = () => (props.reason ? copy().sentence(props.reason) : undefined)
  const tip = createTip()
  return (
    <span class="action">
      {/* aria-disabled keeps the button reachable, so that its reason can be read */}
      <button
        type="button"
        class={props.verb === 'approve' ? 'main' : ''}
        aria-disabled={!props.isAllowed}
        aria-describedby={reason() ? `why-${props.verb}` : undefined}
        onPointerEnter={tip.place}
        onFocus={tip.place}
        onClick={() => {
          if (props.isAllowed) props.onClick()
        }}
      >
        {props.word}
      </button>
      <Show when={reason()}>
        {(text) => (
          <span id={`why-${props.verb}`} role="tooltip" class="tip" classList={{ back: tip.isAtEnd() }}>
            {text()}
          </span>
        )}
      </Show>
    </span>
  )
}
