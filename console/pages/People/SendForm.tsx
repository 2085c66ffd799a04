import { For, Show } from 'solid-js'
import type { PersonCard, Started } from '#api/contract/console.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import { Time } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { contactName, contactSource } from '../../lib/contact-name.ts'
import { createSend, type Option, type Send } from './create-send.ts'

type Part = { send: Send }

/** Purpose, contact and ticket on one card, the message as the phone will show it, the policy's answer above the button. */
export const SendForm = (props: { person: PersonCard; onStarted: (answer: Started) => void }) => {
  const copy = useCopy()
  const send = createSend(
    () => props.person.id,
    (answer) => props.onStarted(answer),
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send.send()
      }}
    >
      <h2>{copy().send.title}</h2>
      <div class="fields">
        <PurposeChoice send={send} />
        <ContactChoices send={send} />
        <TicketField send={send} />
      </div>
      <Show when={send.chosen()}>{(option) => <Preview option={option()} />}</Show>
      <PolicyAnswer send={send} />
      <Show when={send.trouble()}>
        {(fault) => (
          <p class="error" role="alert">
            {copy().problem(fault())}
          </p>
        )}
      </Show>
      <button class="main" disabled={!send.canSend()}>
        {send.isSending() ? copy().send.sending : copy().list.send}
      </button>
    </form>
  )
}

const PurposeChoice = (props: Part) => {
  const copy = useCopy()
  return (
    <label>
      {copy().columns.purpose}
      <select
        value={props.send.purpose()}
        onChange={(event) => props.send.setPurpose(event.currentTarget.value as Purpose)}
      >
        <For each={props.send.options()?.purposes ?? [props.send.purpose()]}>
          {(value) => (
            <option value={value} selected={value === props.send.purpose()}>
              {copy().purposes[value]}
            </option>
          )}
        </For>
      </select>
    </label>
  )
}

const ContactChoices = (props: Part) => {
  const copy = useCopy()
  const options = () => props.send.options()?.options
  const hint = () => {
    if (options()?.length === 0) return copy().person.noContacts
    return options()?.some(({ allowed }) => allowed) === false ? copy().send.noneAllowed : null
  }
  return (
    <fieldset>
      <legend>{copy().send.contact}</legend>
      <Show when={hint()}>{(words) => <p class="muted">{words()}</p>}</Show>
      <For each={options()}>
        {(option) => (
          <ContactChoice
            option={option}
            isChosen={option.contactId === props.send.contactId()}
            onChoose={() => props.send.setContactId(option.contactId)}
          />
        )}
      </For>
    </fieldset>
  )
}

const ContactChoice = (props: { option: Option; isChosen: boolean; onChoose: () => void }) => {
  const copy = useCopy()
  return (
    <label class="choice" classList={{ off: !props.option.allowed }}>
      <input
        type="radio"
        name="contact"
        checked={props.isChosen}
        disabled={!props.option.allowed}
        onChange={() => props.onChoose()}
      />
      <span>
        {copy().channels[props.option.channel]} · <span class="mono">{props.option.masked}</span> ·{' '}
        {contactName(copy(), props.option)}
        <span class="muted small">
          {contactSource(copy(), props.option)}, {copy().person.changed}{' '}
          <Time at={props.option.lastChangedAt} />
        </span>
        <Show when={props.option.reasons.length > 0}>
          <span class="muted small">
            {props.option.reasons.map((reason) => copy().sentence(reason)).join(' ')}
          </span>
        </Show>
      </span>
    </label>
  )
}

const TicketField = (props: Part) => {
  const copy = useCopy()
  return (
    <>
      <label>
        {copy().send.ticket}
        <input
          value={props.send.ticket()}
          maxlength="40"
          autocomplete="off"
          aria-invalid={props.send.isTicketBad()}
          aria-describedby={props.send.isTicketBad() ? 'ticket-bad' : undefined}
          onInput={(event) => props.send.setTicket(event.currentTarget.value)}
        />
      </label>
      <Show when={props.send.isTicketBad()}>
        <p class="error" role="alert" id="ticket-bad">
          {copy().send.ticketBad}
        </p>
      </Show>
    </>
  )
}

const Preview = (props: { option: Option }) => {
  const copy = useCopy()
  return (
    <figure class="preview">
      <figcaption class="muted small">{copy().send.preview}</figcaption>
      <div class="phone">
        <Show when={props.option.preview.subject}>{(subject) => <strong>{subject()}</strong>}</Show>
        <p>{props.option.preview.text}</p>
      </div>
    </figure>
  )
}

const PolicyAnswer = (props: Part) => {
  const copy = useCopy()
  const answer = (option: Option) =>
    [
      copy().send.allowed(
        copy().channels[option.channel],
        `${option.masked} (${contactName(copy(), option)})`,
      ),
      ...option.warnings.map((warning) => copy().sentence(warning)),
    ].join(' ')
  return (
    <Show
      when={props.send.options()?.blocked}
      fallback={
        <Show when={props.send.chosen()}>
          {(option) => (
            <p class="policy" role="status">
              {answer(option())}
            </p>
          )}
        </Show>
      }
    >
      {(blocked) => (
        <p class="notice high" role="alert">
          {copy().sentence(blocked())}
        </p>
      )}
    </Show>
  )
}
