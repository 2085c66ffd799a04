import { useSearchParams } from '@solidjs/router'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import type { MessagesPage as Page, MessageTemplate } from '#api/contract/console-messages.ts'
import { languages } from '#domain/languages.ts'
import { messageKinds, ruleOf } from '#domain/messages/kinds.ts'
import { call } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { languageName, useCopy } from '../../copy/index.ts'
import { createLoaded } from '../../lib/loaded.ts'
import { useMay } from '../../session.tsx'
import '../Policy/policy.css'
import { PolicyTabs } from '../Policy/Tabs.tsx'
import { chosen, inForce, type Choice } from './choice.ts'
import { Editor } from './Editor.tsx'
import { History } from './History.tsx'
import './messages.css'
import { Preview } from './Preview.tsx'
import { Proposal } from './Proposal.tsx'
import { TestSend } from './TestSend.tsx'

/** Every message that goes out, in each language: its words, how it arrives, a test to oneself, and what the budget is. */
export const MessagesPage = () => {
  const copy = useCopy()
  const [choice, setChoice] = useSearchParams<Choice>()
  const [done, setDone] = createSignal<string | null>(null)
  const { page, trouble, load } = createLoaded(() => call('console.messages', {}))
  const finish = (said: string) => {
    setDone(said)
    void load()
  }
  return (
    <div class="page wide policy-stack">
      <header class="page-head policy-head">
        <h1>{copy().messages.title}</h1>
        <PolicyTabs here="messages" />
      </header>
      <p class="approvers-story">{copy().messages.story}</p>
      <Show when={done()}>
        {(text) => (
          <p class="notice" role="status">
            {text()}
          </p>
        )}
      </Show>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={page()} fallback={<Loading when={trouble() === null} />}>
        {(shown) => (
          <Show when={chosen(shown(), choice)}>
            {(template) => (
              <>
                <Chooser
                  page={shown()}
                  template={template()}
                  onChange={(change) => {
                    setDone(null)
                    setChoice(change, { replace: true })
                  }}
                />
                <One page={shown()} template={template()} onDone={finish} onSent={() => void load()} />
                <Budgets page={shown()} />
              </>
            )}
          </Show>
        )}
      </Show>
    </div>
  )
}

type OneProps = { page: Page; template: MessageTemplate; onDone: (said: string) => void; onSent: () => void }

const One = (props: OneProps) => {
  const copy = useCopy()
  const may = useMay()
  const id = createUniqueId()
  return (
    <>
      <Show when={props.template.proposal}>
        {(proposal) => <Proposal template={props.template} proposal={proposal()} onDone={props.onDone} />}
      </Show>
      <section class="card policy-section" aria-labelledby={id}>
        <h2 id={id}>{props.template.own === null ? copy().messages.standard : copy().messages.own}</h2>
        <Show
          when={may('policy.write')}
          fallback={<Preview template={props.template} messageText={inForce(props.template)} />}
        >
          <Editor template={props.template} onDone={props.onDone} />
        </Show>
      </section>
      <Show when={may('policy.write')}>
        <TestSend page={props.page} template={props.template} onSent={props.onSent} />
      </Show>
      <History template={props.template} />
    </>
  )
}

const Chooser = (props: { page: Page; template: MessageTemplate; onChange: (change: Choice) => void }) => {
  const copy = useCopy()
  const mark = (kind: MessageTemplate['kind']): string => {
    const ofKind = props.page.templates.filter((one) => one.kind === kind)
    if (ofKind.some(({ proposal }) => proposal !== null)) return ` · ${copy().messages.waits}`
    return ofKind.some(({ own }) => own !== null) ? ` · ${copy().messages.own}` : ''
  }
  return (
    <div class="message-choice">
      <label>
        {copy().messages.which}
        <select onChange={(event) => props.onChange({ kind: event.currentTarget.value })}>
          <For each={messageKinds}>
            {(kind) => (
              <option value={kind} selected={kind === props.template.kind}>
                {copy().messages.kinds[kind]}
                {mark(kind)}
              </option>
            )}
          </For>
        </select>
      </label>
      <Group
        label={copy().messages.channel}
        options={ruleOf(props.template.kind).channels.map((value) => [value, copy().channels[value]])}
        value={props.template.channel}
        onChange={(channel) => props.onChange({ channel })}
      />
      <Group
        label={copy().messages.language}
        options={languages.map((value) => [value, languageName(value)])}
        value={props.template.language}
        onChange={(language) => props.onChange({ language })}
      />
    </div>
  )
}

const Group = (props: {
  label: string
  options: readonly (readonly [value: string, name: string])[]
  value: string
  onChange: (value: string) => void
}) => (
  <div class="tools" role="group" aria-label={props.label}>
    <For each={props.options}>
      {([value, name]) => (
        <button
          type="button"
          class="button"
          classList={{ chosen: value === props.value }}
          aria-pressed={value === props.value}
          onClick={() => props.onChange(value)}
        >
          {name}
        </button>
      )}
    </For>
  </div>
)

/** Shows how many messages the policy lets go out, and how many of them did. */
const Budgets = (props: { page: Page }) => {
  const copy = useCopy()
  const id = createUniqueId()
  return (
    <section class="card policy-section" aria-labelledby={id}>
      <h2 id={id}>{copy().messages.budget}</h2>
      <For each={props.page.budgets}>
        {(budget) => (
          <label class="message-budget">
            {copy().messages.used(budget.used, budget.max, Math.round(budget.seconds / 3600))}
            <meter min="0" max={budget.max} high={budget.max * 0.8} value={budget.used} />
          </label>
        )}
      </For>
      <p class="muted">{copy().messages.budgetStory}</p>
    </section>
  )
}
