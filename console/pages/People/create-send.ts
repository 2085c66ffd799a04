import { createEffect, createSignal, on, type Accessor } from 'solid-js'
import type { SendOptions, Started } from '#api/contract/console.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import { call, faultOf, newKey } from '../../api.ts'
import type { Fault } from '../../copy/sentences.ts'

/** One contact that a link may go to, or why not. */
export type Option = SendOptions['options'][number]

/** As the API takes it; nothing is a ticket as well. */
const ticketForm = /^[\p{L}\p{N}][\p{L}\p{N}#/._-]{0,39}$/u

const isNotEnough = ({ warnings }: Option): boolean =>
  warnings.some(({ key }) => key === 'send.own_mailbox_not_alone')

/**
 * The choice until the agent chooses: an allowed contact, one of the organisation before a private one, and the mailbox of
 * the account itself last where it is not enough.
 */
const firstChoice = (options: readonly Option[]): Option | undefined => {
  const allowed = options.filter((option) => option.allowed)
  const enough = allowed.filter((option) => !isNotEnough(option))
  return enough.find(({ label }) => label !== 'private' && label !== 'home') ?? enough[0] ?? allowed[0]
}

const allowedIn = ({ options }: SendOptions, contactId: string | null): Option | undefined =>
  options.find((option) => option.allowed && option.contactId === contactId)

/** The choices of one link to send: what may be chosen, what is, and sending it. */
export const createSend = (personId: Accessor<string>, onStarted: (answer: Started) => void) => {
  const [purpose, setPurpose] = createSignal<Purpose>('password_reset')
  const [options, setOptions] = createSignal<SendOptions | null>(null)
  /** The purpose and person that the options are for: until those of another one come, nothing is sent. */
  const [askedFor, setAskedFor] = createSignal('')
  const wanted = () => `${personId()} ${purpose()}`
  const [contactId, setContactId] = createSignal<string | null>(null)
  const [ticket, setTicket] = createSignal('')
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const [isSending, setSending] = createSignal(false)
  const typed = () => ticket().trim()
  let key = newKey()

  const load = async () => {
    const asked = wanted()
    try {
      const params = { personId: personId() }
      const loaded = await call('console.sendOptions', { params, query: { purpose: purpose() } })
      if (asked !== wanted()) return
      setOptions(loaded)
      setAskedFor(asked)
      // The agent's choice stays while it is allowed.
      setContactId((before) => (allowedIn(loaded, before) ?? firstChoice(loaded.options))?.contactId ?? null)
      setTrouble(null)
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  createEffect(on([purpose, personId], () => void load()))
  // A changed intention is a new one: the same key with another body is refused.
  createEffect(on([purpose, contactId, ticket], () => (key = newKey())))

  const chosen = (): Option | undefined =>
    options()?.options.find((option) => option.contactId === contactId())
  const isTicketBad = () => typed() !== '' && !ticketForm.test(typed())
  const isAllowed = () => askedFor() === wanted() && chosen()?.allowed === true && options()?.blocked === null
  const canSend = () => isAllowed() && !isTicketBad() && !isSending()

  const send = async () => {
    const contact = contactId()
    if (contact === null || !canSend()) return
    setSending(true)
    const body = { personId: personId(), purpose: purpose(), contactId: contact, ticket: typed() || null }
    try {
      onStarted(await call('console.startVerification', { body }, { key }))
    } catch (error) {
      setTrouble(faultOf(error))
    } finally {
      setSending(false)
    }
  }
  return {
    ...{ purpose, setPurpose, options, contactId, setContactId, ticket, setTicket },
    ...{ trouble, isSending, chosen, isTicketBad, canSend, send },
  }
}

/** The state and the acts of `createSend`. */
export type Send = ReturnType<typeof createSend>
