import type { Transporter } from 'nodemailer'
import { describe, expect, it } from 'vitest'
import type { Message } from '../ports.ts'
import { sendMail, type SmtpSettings } from './smtp.ts'

/** Everything that the mailer gets for a sender. */
const handed = async (
  from: string,
  returnPath?: SmtpSettings['returnPath'],
  message: Partial<Message> = {},
): Promise<unknown> => {
  let mail: unknown
  const mailer = {
    sendMail: (given: unknown) => {
      mail = given
      return Promise.resolve({ messageId: '<m@d>' })
    },
  } as unknown as Transporter
  await sendMail(
    mailer,
    { url: '', from, ...(returnPath === undefined ? {} : { returnPath }) },
    { channel: 'email', to: 'a@b.example', subject: null, text: 'x', reference: 'ref-1', ...message },
  )
  return mail
}

const signed = (name: string | null, replyTo: string | null) =>
  handed('Help desk <it@northwind.example>', undefined, { sender: { name, replyTo } })

describe('the sender of a mail', () => {
  it('has the organisation’s name and the operator’s address; answers go to the organisation', async () => {
    expect(await signed('Acme IT', 'desk@acme.example')).toMatchObject({
      from: { name: 'Acme IT', address: 'it@northwind.example' },
      replyTo: { name: '', address: 'desk@acme.example' },
    })
  })

  it('is the operator’s where the organisation named none', async () => {
    const mail = await signed(null, null)
    expect(mail).toMatchObject({ from: 'Help desk <it@northwind.example>' })
    expect(mail).not.toHaveProperty('replyTo')
  })

  it.each(['a@b.example\r\nBcc: c@d.example', 'a@b.example, c@d.example', 'A <a@b.example>', 'none'])(
    'C13: %j in the database is no address for answers',
    async (replyTo) => {
      expect(await signed(null, replyTo)).not.toHaveProperty('replyTo')
    },
  )

  it('C13: a name in the database begins no header', async () => {
    expect(await signed('Acme\r\nBcc: c@d.example', null)).toMatchObject({
      from: { name: 'Acme Bcc: c@d.example', address: 'it@northwind.example' },
    })
  })
})

describe('the parts of a mail', () => {
  it('are text and, where there is one, HTML', async () => {
    expect(await handed('it@northwind.example', undefined, { html: '<p>x</p>' })).toMatchObject({
      text: 'x',
      html: '<p>x</p>',
    })
    expect(await handed('it@northwind.example')).not.toHaveProperty('html')
  })
})

describe('the id of a mail', () => {
  it('is its reference at the sender’s domain: relays hold an id of no domain against a mail', async () => {
    expect(await handed('Northwind IT <it@Northwind.example>')).toMatchObject({
      messageId: '<ref-1@northwind.example>',
    })
    expect(await handed('it@desk.northwind.example')).toMatchObject({
      messageId: '<ref-1@desk.northwind.example>',
    })
    expect(await handed('root@localhost')).toMatchObject({ messageId: '<ref-1@localhost>' })
  })
})

describe('what becomes of a mail that cannot be delivered', () => {
  it('asks for reports of failures and delays, without the text, which holds the link (RFC 3461)', async () => {
    expect(await handed('it@northwind.example')).toMatchObject({
      dsn: { id: 'ref-1', return: 'headers', notify: ['failure', 'delay'] },
    })
  })

  it('comes back to the return path of its delivery, and the sender stays as people see it', async () => {
    const mail = await handed('it@northwind.example', (reference) => `b.${reference}@bounces.example`)
    expect(mail).toMatchObject({
      from: 'it@northwind.example',
      envelope: { from: 'b.ref-1@bounces.example', to: ['a@b.example'] },
    })
    expect(await handed('it@northwind.example', () => null)).not.toHaveProperty('envelope')
    expect(await handed('it@northwind.example')).not.toHaveProperty('envelope')
  })
})
