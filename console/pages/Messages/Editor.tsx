import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show } from 'solid-js'
import type { MessageTemplate } from '#api/contract/console-messages.ts'
import { placeholders, ruleOf, type Placeholder } from '#domain/messages/kinds.ts'
import { mostSegments, smsSize } from '#domain/messages/sms-size.ts'
import { problemsOfText, type MessageText } from '#domain/messages/message-text.ts'
import { call } from '../../api.ts'
import { Reasoned } from '../../components/Reasoned.tsx'
import { useCopy } from '../../copy/index.ts'
import { filled, inForce, slotsOf } from './choice.ts'
import { Preview } from './Preview.tsx'

type Props = { template: MessageTemplate; onDone: (said: string) => void }

const isSame = (a: MessageText, b: MessageText) => a.subject === b.subject && a.text === b.text

/** The words being written; another message begins with its own. */
const createDraft = (props: Props) => {
  const [written, setMessageText] = createSignal<MessageText | null>(null)
  const messageText = () => written() ?? inForce(props.template)
  const key = () => [props.template.kind, props.template.channel, props.template.language].join()
  createEffect(on([key, () => props.template.own?.id], () => setMessageText(null), { defer: true }))
  const problems = createMemo(() => {
    const { kind, channel } = props.template
    return problemsOfText(kind, channel, messageText(), slotsOf(props.template))
  })
  const isChanged = () => !isSame(messageText(), inForce(props.template))
  return { messageText, setMessageText, problems, isChanged }
}

/** Writes a message anew, with what it becomes beside it; what is wrong is said while typing. */
export const Editor = (props: Props) => {
  const copy = useCopy()
  const draft = createDraft(props)
  const of = () => {
    const { kind, channel, language } = props.template
    return { kind, channel, language }
  }
  const propose = (reason: string, key: string) =>
    call('console.proposeText', { body: { ...of(), messageText: draft.messageText(), reason } }, { key })
  return (
    <div class="message-columns">
      <div class="message-edit">
        <Fields {...props} draft={draft} />
        <Problems draft={draft} />
        <Show when={draft.isChanged() && draft.problems().length === 0}>
          <Reasoned
            label={copy().messages.reason}
            actions={[{ word: copy().messages.propose, act: propose, isMain: true }]}
            onBack={() => draft.setMessageText(inForce(props.template))}
            onDone={() => props.onDone(copy().messages.proposed)}
          >
            <p class="muted">{copy().messages.proposeStory}</p>
          </Reasoned>
        </Show>
        <Show when={!draft.isChanged() && props.template.own !== null}>
          <Reset {...props} of={of()} />
        </Show>
      </div>
      <Preview template={props.template} messageText={draft.messageText()} />
    </div>
  )
}

type Draft = ReturnType<typeof createDraft>

const Fields = (props: Props & { draft: Draft }) => {
  const copy = useCopy()
  const id = createUniqueId()
  let area: HTMLTextAreaElement | undefined
  const change = (part: Partial<MessageText>) =>
    props.draft.setMessageText({ ...props.draft.messageText(), ...part })
  const insert = (name: Placeholder) => {
    if (area === undefined) return
    area.setRangeText(`{${name}}`, area.selectionStart, area.selectionEnd, 'end')
    change({ text: area.value })
    area.focus()
  }
  return (
    <>
      <Show when={props.template.channel === 'email'}>
        <label for={`${id}-subject`}>{copy().messages.subject}</label>
        <input
          id={`${id}-subject`}
          type="text"
          maxlength="200"
          aria-describedby={`${id}-problems`}
          value={props.draft.messageText().subject ?? ''}
          onInput={(event) => change({ subject: event.currentTarget.value })}
        />
      </Show>
      <label for={`${id}-text`}>{copy().messages.text}</label>
      <textarea
        id={`${id}-text`}
        ref={area}
        rows={props.template.channel === 'sms' ? 6 : 12}
        maxlength="6000"
        lang={props.template.language}
        value={props.draft.messageText().text}
        onInput={(event) => change({ text: event.currentTarget.value })}
      />
      <p class="tools" role="group" aria-label={copy().messages.insert}>
        <For each={placeholders.filter((name) => ruleOf(props.template.kind).needs.includes(name))}>
          {(name) => (
            <button type="button" title={copy().messages.placeholders[name]} onClick={() => insert(name)}>
              {`{${name}}`}
            </button>
          )}
        </For>
      </p>
      <Show when={props.template.channel === 'sms'}>
        <Measure template={props.template} messageText={props.draft.messageText()} />
      </Show>
    </>
  )
}

/** Shows the length of the SMS with the sample: letters, alphabet, segments. */
const Measure = (props: { template: MessageTemplate; messageText: MessageText }) => {
  const copy = useCopy()
  const size = () => smsSize(filled(props.messageText, props.template).text)
  return (
    <p class="muted" classList={{ error: size().segments > mostSegments[size().encoding] }}>
      {copy().messages.measure(size(), mostSegments[size().encoding])}
    </p>
  )
}

const Problems = (props: { draft: Draft }) => {
  const copy = useCopy()
  const said = () =>
    props.draft.problems().map(({ field, code, placeholder }) => {
      const say = copy().messages.problems[code]
      const where = field === 'subject' ? `${copy().messages.subject}: ` : ''
      return `${where}${say.replace('{placeholder}', placeholder === null ? '' : `{${placeholder}}`)}`
    })
  return (
    <div role="status">
      <ul class="plain error" hidden={said().length === 0}>
        <For each={said()}>{(text) => <li>{text}</li>}</For>
      </ul>
    </div>
  )
}

const Reset = (props: Props & { of: Pick<MessageTemplate, 'kind' | 'channel' | 'language'> }) => {
  const copy = useCopy()
  const reset = (reason: string, key: string) =>
    call('console.proposeText', { body: { ...props.of, messageText: null, reason } }, { key })
  return (
    <details>
      <summary>{copy().messages.reset}</summary>
      <Reasoned
        label={copy().messages.reason}
        actions={[{ word: copy().messages.reset, act: reset }]}
        onDone={() => props.onDone(copy().messages.wasReset)}
      >
        <p class="muted">{copy().messages.resetStory}</p>
      </Reasoned>
    </details>
  )
}
