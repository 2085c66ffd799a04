import type { NumberOutcome } from '#domain/policy/number-check.ts'
import type { Message, Messenger, NumberCheck, SendResult } from '../ports.ts'
import { until } from './until.ts'

/** A messenger that keeps what it was given; `answer` decides the result of each message. */
export type FakeMessenger = Messenger & {
  readonly sent: Message[]
  answer: (message: Message) => Promise<SendResult> | SendResult
  /** The token of the newest link to a page that went to a recipient; notices lead to another page than invitations. */
  tokenFor(recipient: string, page?: 'v' | 'not-me' | 'approve'): string
  /** The newest six-digit code that went to a recipient. A page asks for it before it is sent: waits until one was. */
  codeFor(recipient: string): Promise<string>
}

const newest = (sent: readonly Message[], recipient: string, pattern: RegExp): string | undefined => {
  const message = sent.findLast(({ to, text }) => to === recipient && pattern.test(text))
  return pattern.exec(message?.text ?? '')?.[1]
}

const last = (sent: readonly Message[], recipient: string, pattern: RegExp): string => {
  const found = newest(sent, recipient, pattern)
  if (found === undefined) throw new Error(`nothing of that kind went to ${recipient}`)
  return found
}

/** Accepts everything unless `answer` is changed. */
export const createFakeMessenger = (): FakeMessenger => {
  const sent: Message[] = []
  const fake: FakeMessenger = {
    sent,
    answer: ({ reference }) => ({ kind: 'accepted', providerId: `fake-${reference}` }),
    send: async (message) => {
      sent.push(message)
      return fake.answer(message)
    },
    tokenFor: (recipient, page = 'v') => last(sent, recipient, new RegExp(`/${page}#([A-Za-z0-9_-]{43})`)),
    codeFor: async (recipient) => {
      const code = /\b(\d{6})\b/
      await until(() => Promise.resolve(newest(sent, recipient, code) !== undefined))
      return last(sent, recipient, code)
    },
  }
  return fake
}

/** A carrier that answers with `says`, and keeps the numbers that it was asked about. */
export type FakeCarrier = NumberCheck & { readonly asked: string[]; says: NumberOutcome }

/** Answers that nothing was swapped unless `says` is changed. */
export const createFakeCarrier = (): FakeCarrier => {
  const carrier: FakeCarrier = {
    asked: [],
    says: 'unchanged',
    check: (e164) => {
      carrier.asked.push(e164)
      return Promise.resolve(carrier.says)
    },
  }
  return carrier
}
