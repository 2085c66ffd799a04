/** The second step of the demo sign-in, after the password: the code of an app, or the enrolment of a new one. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { DemoFactors } from '../demo/demo-factors.ts'
import { escapeHtml } from '../html.ts'
import type { IdentityWords } from './identity-words.ts'
import { base32 } from './totp.ts'

const minutes = 10
const mostTickets = 1_000
/** Wrong codes before the password has to be typed again. */
const mostTries = 5

/** The fields of the second step's forms. */
export const SecondForm = z.strictObject({
  ticket: z.string().min(20).max(64),
  code: z.string().trim().min(1).max(64),
})

type Stage =
  | { readonly kind: 'app' }
  /** The one-time code of a reset is asked for. */
  | { readonly kind: 'code' }
  /** An app is on trial: its first code is asked for. */
  | { readonly kind: 'trial'; readonly secret: Buffer; readonly code: string | null }

interface Ticket {
  readonly login: string
  readonly until: number
  tries: number
  stage: Stage
}

/** The answer to a second form: another form, in HTML, or that the login is in. */
export type SecondAnswer =
  | { readonly kind: 'form'; readonly body: string; readonly isRefused: boolean }
  | { readonly kind: 'in'; readonly login: string; readonly isNew: boolean }
  | { readonly kind: 'over' }

/** The person who asks, the words to answer in, and the address of the form. */
interface Asked {
  readonly words: IdentityWords
  readonly action: string
}

const formOf = (id: string, ticket: Ticket, asked: Asked, alert?: string): SecondAnswer => ({
  kind: 'form',
  body: renderForm({ id, ...ticket, ...asked, ...(alert === undefined ? {} : { alert }) }),
  isRefused: alert !== undefined,
})

/** Judges what was typed at a stage; the next stage is set in the ticket. */
const judge = async (
  factors: DemoFactors,
  ticket: Ticket,
  typed: string,
): Promise<'in' | 'next' | 'wrong'> => {
  const { login, stage } = ticket
  if (stage.kind === 'app') return (await factors.check(login, typed)) ? 'in' : 'wrong'
  if (stage.kind === 'trial')
    return (await factors.enrol(login, { ...stage, firstCode: typed })) ? 'in' : 'wrong'
  if (!(await factors.isEnrolmentCode(login, typed))) return 'wrong'
  ticket.stage = { kind: 'trial', secret: randomBytes(20), code: typed }
  ticket.tries = 0
  return 'next'
}

/** Keeps who typed the right password and has a step to go, in memory, for a few minutes. */
export const createSecondStep = (factors: DemoFactors) => {
  const tickets = new Map<string, Ticket>()

  const begin = (login: string, stage: Stage, asked: Asked): SecondAnswer => {
    if (tickets.size >= mostTickets) tickets.clear()
    const id = randomBytes(24).toString('base64url')
    const ticket = { login, stage, tries: 0, until: Date.now() + minutes * 60_000 }
    tickets.set(id, ticket)
    return formOf(id, ticket, asked)
  }
  /** A ticket that is still good for a try. */
  const goodTicket = (id: string): Ticket | null => {
    const ticket = tickets.get(id)
    if (ticket !== undefined && ticket.until >= Date.now() && ticket.tries < mostTries) return ticket
    tickets.delete(id)
    return null
  }
  return {
    /** After the right password: the form of the second step; null where there is none to take. */
    after: async (login: string, words: IdentityWords, action: string): Promise<SecondAnswer | null> => {
      const state = await factors.stateOf(login)
      return state === 'none' ? null : begin(login, { kind: state }, { words, action })
    },
    /** Offers to enrol a first app, where nothing is enrolled and nothing was reset. */
    offer: (login: string, words: IdentityWords, action: string): SecondAnswer =>
      begin(login, { kind: 'trial', secret: randomBytes(20), code: null }, { words, action }),
    /** Takes the typed fields of such a form. */
    submit: async (
      { ticket: id, code }: z.infer<typeof SecondForm>,
      words: IdentityWords,
      action: string,
    ): Promise<SecondAnswer> => {
      const ticket = goodTicket(id)
      if (ticket === null) return { kind: 'over' }
      const isNew = ticket.stage.kind === 'trial'
      ticket.tries += 1
      const judged = await judge(factors, ticket, code)
      if (judged === 'wrong') return formOf(id, ticket, { words, action }, words.second.wrong)
      if (judged === 'next') return formOf(id, ticket, { words, action })
      tickets.delete(id)
      return { kind: 'in', login: ticket.login, isNew }
    },
  }
}

/** The second step, as `createSecondStep` makes it. */
export type SecondStep = ReturnType<typeof createSecondStep>

interface FormParts {
  readonly id: string
  readonly stage: Stage
  readonly login: string
  readonly words: IdentityWords
  readonly action: string
  readonly alert?: string
}

const secretOf = ({ stage, login, words }: FormParts): string => {
  if (stage.kind !== 'trial') return ''
  const secret = base32(stage.secret)
  const address = `otpauth://totp/Demo:${encodeURIComponent(login)}?secret=${secret}&issuer=Demo`
  return `<p>${escapeHtml(words.second.secret)}</p><p><code>${secret}</code></p><p class="hint"><a href="${escapeHtml(address)}">${escapeHtml(words.second.app)}</a></p>`
}

const renderForm = (parts: FormParts): string => {
  const { id, stage, words, action, alert } = parts
  const shownAlert = alert === undefined ? '' : `<p role="alert">${escapeHtml(alert)}</p>`
  const label = stage.kind === 'code' ? words.second.enrolmentCode : words.second.appCode
  return `${shownAlert}${secretOf(parts)}<form method="post" action="${escapeHtml(action)}">
<input type="hidden" name="ticket" value="${id}">
<label>${escapeHtml(label)}<input name="code" required autocomplete="one-time-code" autofocus></label>
<button>${escapeHtml(words.second.goOn)}</button></form>`
}
