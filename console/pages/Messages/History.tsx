import { createEffect, createResource, createSignal, For, on, Show } from 'solid-js'
import type { MessageTemplate } from '#api/contract/console-messages.ts'
import { call } from '../../api.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'

/** All words that one message ever had, newest first: who proposed them, who decided, and what they said. */
export const History = (props: { template: MessageTemplate }) => {
  const copy = useCopy()
  const [isOpen, setOpen] = createSignal(false)
  const of = () => {
    const { kind, channel, language } = props.template
    return { kind, channel, language }
  }
  const [history, { refetch }] = createResource(
    () => (isOpen() ? of() : false),
    (query) => call('console.messageHistory', { query }),
  )
  createEffect(
    on(
      () => [props.template.own?.id, props.template.proposal?.id],
      () => void refetch(),
      { defer: true },
    ),
  )
  return (
    <details class="card" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{copy().messages.history}</summary>
      <Show when={history.error === undefined && history.latest}>
        {(found) => (
          <ol class="plain message-history">
            <For each={found().versions} fallback={<li class="muted">{copy().messages.noHistory}</li>}>
              {(version) => (
                <li>
                  <p class="break">
                    <strong>{copy().messages.states[version.state]}</strong> ·{' '}
                    {copy().messages.proposedBy(version.proposedBy.name)}, <Moment at={version.proposedAt} />
                    <Show when={version.decidedAt}>
                      {(at) => (
                        <>
                          {' '}
                          · {copy().messages.decidedBy(version.decidedBy?.name ?? '')}, <Moment at={at()} />
                        </>
                      )}
                    </Show>{' '}
                    · <q>{version.reason}</q>
                  </p>
                  <Show when={version.messageText} fallback={<p class="muted">{copy().messages.standard}</p>}>
                    {(messageText) => (
                      <pre lang={version.language}>
                        {[messageText().subject, messageText().text]
                          .filter((line) => line !== null)
                          .join('\n\n')}
                      </pre>
                    )}
                  </Show>
                </li>
              )}
            </For>
          </ol>
        )}
      </Show>
    </details>
  )
}
