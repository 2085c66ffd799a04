import type { Transporter } from 'nodemailer'
import { describe, expect, it } from 'vitest'
import { sendMail } from './smtp.ts'

/** What the mailer is handed for a sender. */
const handed = async (from: string): Promise<unknown> => {
  let mail: unknown
  const mailer = {
    sendMail: (given: unknown) => {
      mail = given
      return Promise.resolve({ messageId: '<m@d>' })
    },
  } as unknown as Transporter
  await sendMail(
    mailer,
    { url: '', from },
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
