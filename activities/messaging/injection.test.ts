import type { AddressInfo } from 'node:net'
import { JSDOM } from 'jsdom'
import { simpleParser } from 'mailparser'
import type { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { payloads } from '#platform/ui/testing/payloads.ts'
import { createMailboxStore } from '#dev/stack/mailbox/mailbox-store.ts'
import { createSmtpSink } from '#dev/stack/mailbox/mailbox-smtp.ts'
import { compose, linkTo, type MessageKind } from './compose.ts'
import { createMailer, sendMail } from './smtp.ts'

const store = createMailboxStore()
let sink: SMTPServer
let mailer: ReturnType<typeof createMailer>
const settings = { url: '', from: 'help@northwind.example' }

beforeAll(async () => {
  sink = createSmtpSink(store)
  const port = await new Promise<number>((resolve) => {
    const server = sink.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port)
    })
  })
  mailer = createMailer({ ...settings, url: `smtp://127.0.0.1:${String(port)}` })
})
afterAll(async () => {
  mailer.close()
  await new Promise<void>((resolve) => {
    sink.close(() => {
      resolve()
    })
  })
})

const kinds: readonly MessageKind[] = [
  ...(['link', 'second_code', 'started', 'finished', 'refused', 'password_changed', 'frozen'] as const),
]
const to = 'anna@corp.example'
const link = linkTo('https://verify.northwind.example', 'v', 'A'.repeat(43))
/** A mail in which each name that comes from outside is `name`. */
const slotsOf = (name: string) => ({
  organisation: name,
  ...{ link, code: '123456', minutes: 10 },
  about: {
    ...{ agent: name, ticket: name, at: new Date('2026-11-28T05:21:00Z') },
    ...{ zone: 'Europe/London', country: 'GB', phone: '+44 20 7946 0000' },
  },
})

/** Every element with its attributes, but for the name in a label. */
const elementsOf = (html: string): readonly string[] =>
  [...new JSDOM(html).window.document.querySelectorAll('*')].map((element) => {
    const attributes = [...element.attributes].filter(({ name }) => name !== 'aria-label')
    return [element.tagName, ...attributes.map(({ name, value }) => `${name}=${value}`)].join(' ')
  })

/** Sends and gives what arrived, as the wire had it. */
const arrived = async (kind: MessageKind, organisation: string) => {
  store.clear()
  const written = compose(kind, 'email', 'en', slotsOf(organisation))
  const sent = await sendMail(mailer, settings, {
    ...{ channel: 'email', to, ...written, reference: 'r' },
    sender: { name: organisation, replyTo: null },
  })
  expect(sent.kind).toBe('accepted')
  const [message, ...others] = store.list()
  if (message === undefined || others.length > 0) throw new Error('exactly one mail was expected')
  return { message, parsed: await simpleParser(message.raw, { skipHtmlToText: true }) }
}

describe('K3, K4: what a name does to a mail', () => {
  it.each(payloads.map((payload, index) => [index + 1, payload] as const))(
    'payload %i of fifty stays text in both parts, as agent, ticket, organisation and sender',
    async (index, payload) => {
      const kind = kinds[index % kinds.length] ?? 'link'
      const { message, parsed } = await arrived(kind, payload)
      expect(message.to).toEqual([to])
      expect(parsed.attachments).toEqual([])
      expect(message.raw.toLowerCase()).not.toMatch(
        /content-type: (?!text\/(plain|html); charset=utf-8|multipart\/alternative)/,
      )
      expect(`${parsed.subject ?? ''} ${parsed.text ?? ''}`).toContain(payload)
      const html = String(parsed.html)
      const { body } = new JSDOM(html).window.document
      expect(body.textContent.split(payload).length).toBeGreaterThan(3)
      const plain = compose(kind, 'email', 'en', slotsOf('Northwind')).html ?? ''
      expect(elementsOf(html)).toEqual(elementsOf(plain))
    },
  )

  it.each([
    ['a line break', 'Evil\r\nBcc: all@corp.example'],
    ['a line feed alone', 'Evil\nBcc: all@corp.example'],
    ['a carriage return alone', 'Evil\rBcc: all@corp.example'],
    ['an encoded line break', 'Evil%0D%0ABcc: all@corp.example'],
    ['an encoded word', '=?utf-8?Q?Evil=0D=0ABcc:_all@corp.example?='],
    ['a line separator', 'Evil\u2028Bcc: all@corp.example'],
    ['a vertical tab', 'Evil\u000bBcc: all@corp.example'],
    ['the next line of C1', 'Evil\u0085Bcc: all@corp.example'],
    ['an end of the message', 'Evil\r\n.\r\nMAIL FROM:<x@evil.example>'],
  ])('%s begins no header, no recipient and no second mail', async (_name, organisation) => {
    const { message, parsed } = await arrived('link', organisation)
    expect(message.to).toEqual([to])
    expect(parsed.bcc).toBeUndefined()
    expect([...parsed.headers.keys()].sort()).toEqual([
      ...['auto-submitted', 'content-type', 'date', 'from', 'message-id'],
      ...['mime-version', 'subject', 'to'],
    ])
  })
})
