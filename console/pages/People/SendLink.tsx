import { A } from '@solidjs/router'
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { PersonCard, SendOptions, Started } from '#api/contract/console.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import { call, codeOf, newKey } from '../../api.ts'
import { useCopy } from '../../copy/index.ts'
import { VerificationPanelLoader } from '../Verification/index.tsx'

type Option = SendOptions['options'][number]

/** Purpose, contact and ticket on one card, the message as the phone will show it, the policy's answer above the button. */
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

const SendForm = (props: { person: PersonCard; onStarted: (answer: Started) => void }) => {
  const copy = useCopy()
  const [purpose, setPurpose] = createSignal<Purpose>('password_reset')
  const [options, setOptions] = createSignal<SendOptions | null>(null)
  const [contactId, setContactId] = createSignal<string | null>(null)
  const [ticket, setTicket] = createSignal('')
  const [trouble, setTrouble] = createSignal<string | null>(null)
  const [isSending, setSending] = createSignal(false)
  let key = newKey()

  const load = async () => {
    try {
      const loaded = await call('console.sendOptions', {
        params: { personId: props.person.id },
        query: { purpose: purpose() },
      })
      setOptions(loaded)
      setContactId(loaded.options.find((option) => option.allowed)?.contactId ?? null)
      setTrouble(null)
    } catch (error) {
      setTrouble(codeOf(error))
    }
  }
  createEffect(on([purpose, () => props.person.id], () => void load()))
  // A changed intention is a new one: the same key with another body is refused.
  createEffect(on([purpose, contactId, ticket], () => (key = newKey())))

  const chosen = (): Option | undefined =>
    options()?.options.find((option) => option.contactId === contactId())
  const isTicketBad = () =>
    ticket().trim() !== '' && !/^[\p{L}\p{N}][\p{L}\p{N}#/._-]{0,39}$/u.test(ticket().trim())
  const canSend = () =>
    chosen()?.allowed === true && options()?.blocked === null && !isTicketBad() && !isSending()
  const send = async (event: Event) => {
    event.preventDefault()
    const contact = contactId()
    if (contact === null || !canSend()) return
    setSending(true)
    try {
      const body = {
        personId: props.person.id,
        purpose: purpose(),
        contactId: contact,
        ticket: ticket().trim() || null,
      }
      props.onStarted(await call('console.startVerification', { body }, { key }))
    } catch (error) {
      setTrouble(codeOf(error))
    } finally {
      setSending(false)
    }
  }

  return (
    <form onSubmit={(event) => void send(event)}>
      <h2>{copy().send.title}</h2>
      <label>
        {copy().columns.purpose}
        <select value={purpose()} onChange={(event) => setPurpose(event.currentTarget.value as Purpose)}>
          <For each={options()?.purposes ?? [purpose()]}>
            {(value) => (
              <option value={value} selected={value === purpose()}>
                {copy().purposes[value]}
              </option>
            )}
          </For>
        </select>
      </label>
      <fieldset>
        <legend>{copy().send.contact}</legend>
        <Show when={options()?.options.length === 0}>
          <p class="muted">{copy().person.noContacts}</p>
        </Show>
        <Show
          when={(options()?.options.length ?? 0) > 0 && !options()?.options.some(({ allowed }) => allowed)}
        >
          <p class="muted">{copy().send.noneAllowed}</p>
        </Show>
        <For each={options()?.options}>
          {(option) => (
            <ContactChoice
              option={option}
              isChosen={option.contactId === contactId()}
              onChoose={() => setContactId(option.contactId)}
            />
          )}
        </For>
      </fieldset>
      <label>
        {copy().send.ticket}
        <input
          value={ticket()}
          maxlength="40"
          autocomplete="off"
          aria-invalid={isTicketBad()}
          aria-describedby={isTicketBad() ? 'ticket-bad' : undefined}
          onInput={(event) => setTicket(event.currentTarget.value)}
        />
      </label>
      <Show when={isTicketBad()}>
        <p class="error" role="alert" id="ticket-bad">
          {copy().send.ticketBad}
        </p>
      </Show>
      <Show when={chosen()}>
        {(option) => (
          <figure class="preview">
            <figcaption class="muted small">{copy().send.preview}</figcaption>
            <div class="phone">
              <Show when={option().preview.subject}>{(subject) => <strong>{subject()}</strong>}</Show>
              <p>{option().preview.text}</p>
            </div>
          </figure>
        )}
      </Show>
      <Show when={options()?.blocked}>
        {(blocked) => (
          <p class="notice high" role="alert">
            {copy().sentence(blocked())}
          </p>
        )}
      </Show>
      <Show when={chosen()}>
        {(option) => (
          <p class="policy" role="status">
            {copy().send.allowed(copy().channels[option().channel], option().masked)}{' '}
            {option()
              .warnings.map((warning) => copy().sentence(warning))
              .join(' ')}
          </p>
        )}
      </Show>
      <Show when={trouble()}>
        {(code) => (
          <p class="error" role="alert">
            {copy().problem(code())}
          </p>
        )}
      </Show>
      <button class="main" disabled={!canSend()}>
        {isSending() ? copy().send.sending : copy().list.send}
      </button>
    </form>
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
        {copy().channels[props.option.channel]} · <span class="mono">{props.option.masked}</span>{' '}
        <span class="muted">{copy().contactLabels[props.option.label as 'work'] ?? props.option.label}</span>
        <Show when={props.option.reasons.length > 0}>
          <span class="muted small">
            {props.option.reasons.map((reason) => copy().sentence(reason)).join(' ')}
          </span>
        </Show>
      </span>
    </label>
  )
}
