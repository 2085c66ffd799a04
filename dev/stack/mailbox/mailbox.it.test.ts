import { SMTPServer } from 'smtp-server'
import nodemailer from 'nodemailer'
import { createServer, get } from 'node:http'
import twilio from 'twilio'
import type { RequestOptions } from 'twilio/lib/base/RequestClient.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeServer, listenOnLoopback } from '../loopback-http.ts'
import { type RunningMailbox, startMailbox } from './mailbox.ts'
import { pickFreePort } from '../ports.ts'

const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'not a secret' }
const sms = { to: '+441632960001', from: '+441632960000', body: 'Hello, open http://127.0.0.1:3710/v#abc.' }

/** The official client with its host replaced, as the adapter does it. */
class Redirected extends twilio.RequestClient {
  override request<TData>(options: RequestOptions<TData>) {
    return super.request<TData>({ ...options, uri: options.uri.replace('https:/', mailbox.twilioUrl) })
  }
}

let mailbox: RunningMailbox

/** Only what must hang is given up soon: a busy machine answers late, and that is no failure. */
const soonMs = 500
const patientMs = 30_000

function client(authToken = account.authToken, timeout = patientMs): twilio.Twilio {
  return twilio(account.accountSid, authToken, {
    httpClient: new Redirected({ timeout }),
    autoRetry: false,
  })
}

async function sendMail(more: Record<string, unknown> = {}, socketTimeout = patientMs): Promise<unknown> {
  const transport = nodemailer.createTransport({ url: mailbox.smtpUrl, socketTimeout })
  const from = 'Help desk <help@example.com>'
  try {
    return await transport.sendMail({
      from,
      to: 'a@example.com',
      subject: 'Grüße',
      text: 'see http://x.test/1',
      ...more,
    })
  } finally {
    transport.close()
  }
}

beforeAll(async () => {
  const [webPort, smtpPort, twilioPort] = [await pickFreePort(), await pickFreePort(), await pickFreePort()]
  mailbox = await startMailbox({ webPort, smtpPort, twilioPort, account })
})
beforeEach(() => {
  mailbox.store.clear()
  mailbox.store.knobs = { mail: 'accept', sms: 'accept' }
})
afterAll(() => mailbox.stop())

describe('mail', () => {
  it('is kept with subject, text, addresses in it and the raw source', async () => {
    await sendMail()
    const [mail] = mailbox.store.list()
    expect(mail).toMatchObject({
      kind: 'mail',
      to: ['a@example.com'],
      subject: 'Grüße',
      links: ['http://x.test/1'],
    })
    expect(mail?.raw).toContain('MIME-Version')
  })

  it('is shown to its envelope recipients, hidden ones included', async () => {
    await sendMail({ bcc: 'b@example.com' })
    expect(mailbox.store.list({ to: 'B@example.com' })).toHaveLength(1)
  })

  it('can be refused, dropped after a yes, or left hanging', async () => {
    mailbox.store.knobs.mail = 'refuse'
    await expect(sendMail()).rejects.toMatchObject({ code: 'EENVELOPE', responseCode: 550 })
    mailbox.store.knobs.mail = 'drop'
    await sendMail()
    mailbox.store.knobs.mail = 'hang'
    await expect(sendMail({}, soonMs)).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    expect(mailbox.store.list()).toHaveLength(0)
  })
})

describe('a mail that comes back', () => {
  const returned: { to: string; from: string; text: string }[] = []
  let listener: SMTPServer
  let bouncing: RunningMailbox
  beforeAll(async () => {
    const [webPort, smtpPort, twilioPort, bouncePort] = [
      await pickFreePort(),
      await pickFreePort(),
      await pickFreePort(),
      await pickFreePort(),
    ]
    listener = new SMTPServer({
      authOptional: true,
      disableReverseLookup: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope
          returned.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo[0]?.address ?? '',
            text: Buffer.concat(chunks).toString(),
          })
          callback(null)
        })
      },
    })
    // A client that hangs up first is its own affair.
    listener.on('error', () => undefined)
    await new Promise<void>((resolve) => listener.listen(bouncePort, '127.0.0.1', resolve))
    bouncing = await startMailbox({ webPort, smtpPort, twilioPort, bouncePort, account })
  })
  afterAll(async () => {
    await bouncing.stop()
    await new Promise<void>((resolve) => listener.close(resolve))
  })
  const sendTo = async (to: string) => {
    const transport = nodemailer.createTransport({ url: bouncing.smtpUrl })
    await transport.sendMail({ envelope: { from: 'b.abc@back.example', to }, to, subject: 's', text: 't' })
    transport.close()
  }

  it('is one to a reserved address, or every one while the knob says so; nobody else’s', async () => {
    await sendTo('anna@example.com')
    await sendTo('bounced@example.com')
    await sendTo('bounce+anna@example.com')
    await expect.poll(() => returned.length, { timeout: 10_000 }).toBe(1)
    expect(returned[0]).toMatchObject({ from: '', to: 'b.abc@back.example' })
    expect(returned[0]?.text).toContain('Status: 5.1.1')
    expect(returned[0]?.text).toContain('rfc822; bounce+anna@example.com')
    bouncing.store.knobs.mail = 'bounce'
    await sendTo('anna@example.com')
    await expect.poll(() => returned.length, { timeout: 10_000 }).toBe(2)
    // It was taken, as any mail is.
    expect(bouncing.store.list()).toHaveLength(4)
  })
})

describe('SMS by the official client', () => {
  it('gets a message resource and shows up', async () => {
    const sent = await client().messages.create(sms)
    expect(sent.sid).toMatch(/^SM[0-9a-f]{32}$/)
    expect(sent.status).toBe('queued')
    expect(sent.dateCreated).toBeInstanceOf(Date)
    expect(mailbox.store.list({ kind: 'sms' })).toMatchObject([
      { to: [sms.to], text: sms.body, links: ['http://127.0.0.1:3710/v#abc'] },
    ])
  })

  it('gets the error codes of the provider', async () => {
    await expect(client().messages.create({ ...sms, to: '12' })).rejects.toMatchObject({
      code: 21211,
      status: 400,
    })
    await expect(client().messages.create({ ...sms, body: '' })).rejects.toMatchObject({ code: 21602 })
    await expect(client('wrong').messages.create(sms)).rejects.toMatchObject({ status: 401 })
    mailbox.store.knobs.sms = 'invalid_number'
    await expect(client().messages.create(sms)).rejects.toMatchObject({ code: 21211 })
    mailbox.store.knobs.sms = 'too_many'
    await expect(client().messages.create(sms)).rejects.toMatchObject({ status: 429 })
    expect(mailbox.store.list()).toHaveLength(0)
  })

  it('can fail with the message sent all the same', async () => {
    mailbox.store.knobs.sms = 'fail_after_accepting'
    await expect(client().messages.create(sms)).rejects.toMatchObject({ status: 500 })
    mailbox.store.knobs.sms = 'drop_answer'
    await expect(client().messages.create(sms)).rejects.toThrow()
    expect(mailbox.store.list()).toHaveLength(2)
  })

  it('can hang without sending', async () => {
    mailbox.store.knobs.sms = 'hang'
    await expect(client(undefined, soonMs).messages.create(sms)).rejects.toThrow('timeout')
    expect(mailbox.store.list()).toHaveLength(0)
  })

  it.each(['accept', 'undelivered'] as const)('gets each step by a signed callback (%s)', async (knob) => {
    mailbox.store.knobs.sms = knob
    const port = await pickFreePort()
    const address = `http://127.0.0.1:${String(port)}/hooks/sms?id=7`
    const seen: { status: string | undefined; isSigned: boolean }[] = []
    const hook = createServer((message, response) => {
      const chunks: Buffer[] = []
      message.on('data', (chunk: Buffer) => chunks.push(chunk))
      message.on('end', () => {
        const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()))
        const signature = String(message.headers['x-twilio-signature'])
        const isSigned = twilio.validateRequest(account.authToken, signature, address, fields)
        seen.push({ status: fields['MessageStatus'], isSigned })
        response.end()
      })
    })
    await listenOnLoopback(hook, port)
    await client().messages.create({ ...sms, statusCallback: address })
    await expect.poll(() => seen.length, { timeout: 5000 }).toBe(3)
    const last = knob === 'accept' ? 'delivered' : 'undelivered'
    expect(seen).toEqual(['queued', 'sent', last].map((status) => ({ status, isSigned: true })))
    await closeServer(hook)
  })
})

describe('the inbox', () => {
  it('lists newest first, by recipient, over JSON', async () => {
    await sendMail({ to: 'first@example.com' })
    await sendMail({ to: 'second@example.com' })
    const all = await (await fetch(`${mailbox.webUrl}/api/messages`)).json()
    expect(all).toMatchObject({ messages: [{ to: ['second@example.com'] }, { to: ['first@example.com'] }] })
    const one = await (await fetch(`${mailbox.webUrl}/api/messages?to=first@example.com`)).json()
    expect(one).toMatchObject({ messages: [{ to: ['first@example.com'] }] })
  })

  it('escapes what came in and links only web addresses', async () => {
    await sendMail({
      subject: '<script>alert(1)</script>',
      text: 'javascript:alert(1) http://x.test/"onclick=1',
    })
    const page = await (await fetch(mailbox.webUrl)).text()
    expect(page).not.toContain('<script>alert')
    expect(page).not.toContain('href="javascript')
    expect(page).toContain('href="http://x.test/"')
    const [mail] = mailbox.store.list()
    const raw = await fetch(`${mailbox.webUrl}/messages/${String(mail?.id)}/raw`)
    expect(raw.headers.get('content-type')).toContain('text/plain')
  })

  it('shows the HTML part of a mail in a frame that runs and loads nothing, and the text beside it', async () => {
    await sendMail({ html: '<p>Hello</p><script>alert(1)</script>' })
    const [message] = mailbox.store.list()
    const page = await (await fetch(mailbox.webUrl)).text()
    expect(page).toContain(`<iframe src="/messages/${String(message?.id)}/html" sandbox="allow-popups`)
    expect(page).not.toMatch(/sandbox="[^"]*(allow-scripts|allow-same-origin)|<script>alert/)
    expect(page).toContain('<details><summary>As text</summary><pre>see ')
    const part = await fetch(`${mailbox.webUrl}/messages/${String(message?.id)}/html`)
    expect(part.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*; sandbox allow-popups/)
    expect(await part.text()).toContain('<p>Hello</p>')
    mailbox.store.clear()
    await sendMail()
    expect(await (await fetch(mailbox.webUrl)).text()).not.toContain('<iframe')
    const [plain] = mailbox.store.list()
    expect((await fetch(`${mailbox.webUrl}/messages/${String(plain?.id)}/html`)).status).toBe(404)
  })

  it('turns only known knobs and names what it does not know', async () => {
    const patch = (body: unknown): Promise<Response> =>
      fetch(`${mailbox.webUrl}/api/knobs`, { method: 'PATCH', body: JSON.stringify(body) })
    expect(await (await patch({ sms: 'hang' })).json()).toEqual({ mail: 'accept', sms: 'hang' })
    expect(await (await patch({ fax: 'hang' })).json()).toMatchObject({
      issues: [expect.stringContaining('fax')],
    })
    expect((await patch({ mail: 'explode' })).status).toBe(400)
    expect((await fetch(`${mailbox.webUrl}/api/messages?too=x`)).status).toBe(400)
  })

  it('refuses other pages', async () => {
    const headers = { origin: 'https://example.com' }
    expect((await fetch(`${mailbox.webUrl}/api/messages`, { headers })).status).toBe(403)
    const rebound = await new Promise<number | undefined>((resolve) => {
      get(`${mailbox.webUrl}/api/messages`, { headers: { host: 'rebound.example.com' } }, (response) => {
        resolve(response.resume().statusCode)
      })
    })
    expect(rebound).toBe(403)
  })
})
