import type { Transporter } from 'nodemailer'
import { describe, expect, it } from 'vitest'
import { sendMail, type SmtpSettings } from './smtp.ts'

/** The envelope that the mailer gets for a sender. */
const handed = async (from: string, returnPath?: SmtpSettings['returnPath']): Promise<unknown> => {
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
    { channel: 'email', to: 'a@b.example', subject: null, text: 'x', reference: 'ref-1' },
  )
  return mail
}

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
