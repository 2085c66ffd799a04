/** The mail and SMS sink holds messages in memory only, newest first, capped; knobs make it misbehave. */
import { z } from 'zod'

const MAX_MESSAGES = 500
const MAX_BYTES = 16 * 1024 * 1024

export interface InboxMessage {
  id: number
  kind: 'mail' | 'sms'
  from: string
  to: readonly string[]
  subject: string
  text: string
  /** The HTML part of a mail that has one. */
  html?: string
  /** http(s) addresses found in the text, in order. */
  links: readonly string[]
  receivedAt: string
  /** The mail as it came over the wire, or the fields of the SMS request. */
  raw: string
}

/** The knobs of the sink, for tests of what happens when a provider fails. */
export const Knobs = z.strictObject({
  /** `drop`: says yes and keeps nothing. `hang`: never answers. `bounce`: says yes, and later that it could not be delivered. */
  mail: z.enum(['accept', 'refuse', 'drop', 'hang', 'bounce']),
  /**
   * `fail_after_accepting` and `drop_answer` keep the message, so a second try would send it twice.
   * `late_callback` reports delivery after ten seconds; `undelivered` reports that it failed.
   */
  sms: z.enum([
    ...(['accept', 'invalid_number', 'too_many', 'fail_after_accepting'] as const),
    ...(['hang', 'drop_answer', 'late_callback', 'undelivered'] as const),
  ]),
})
export type Knobs = z.infer<typeof Knobs>

export interface InboxFilter {
  /** A recipient: whole address or number, letter case ignored. */
  to?: string | undefined
  kind?: InboxMessage['kind'] | undefined
  /** Only messages with a higher id. */
  after?: number | undefined
}

export interface MailboxStore {
  knobs: Knobs
  add(message: Omit<InboxMessage, 'id' | 'links' | 'receivedAt'>): InboxMessage
  /** Newest first. */
  list(filter?: InboxFilter): InboxMessage[]
  get(id: number): InboxMessage | undefined
  clear(): void
}

/** An empty sink that accepts everything. */
export function createMailboxStore(): MailboxStore {
  const messages: InboxMessage[] = []
  let lastId = 0
  let bytes = 0
  return {
    knobs: { mail: 'accept', sms: 'accept' },
    add: (received) => {
      lastId += 1
      const message = {
        ...received,
        id: lastId,
        links: linksIn(received.text),
        receivedAt: new Date().toISOString(),
      }
      messages.unshift(message)
      bytes += message.raw.length
      while (messages.length > MAX_MESSAGES || (bytes > MAX_BYTES && messages.length > 1)) {
        bytes -= messages.pop()?.raw.length ?? 0
      }
      return message
    },
    list: (filter = {}) => messages.filter((message) => matches(message, filter)),
    get: (id) => messages.find((message) => message.id === id),
    clear: () => {
      messages.length = 0
      bytes = 0
    },
  }
}

/** The http(s) addresses in a text; punctuation that ends a sentence is not part of them. */
export function linksIn(text: string): string[] {
  return [...text.matchAll(/https?:\/\/[^\s<>"']+/g)].map(([link]) => link.replace(/[.,;:!?)\]]+$/, ''))
}

function matches(message: InboxMessage, { to, kind, after }: InboxFilter): boolean {
  const isTo = to === undefined || message.to.some((address) => address.toLowerCase() === to.toLowerCase())
  return isTo && (kind === undefined || message.kind === kind) && message.id > (after ?? 0)
}
