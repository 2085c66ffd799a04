/** The SMS half of the sink: answers Twilio's Messages resource and reports back with signed callbacks. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { z } from 'zod'
import { readText, sendJson } from '../loopback-http.ts'
import type { MailboxStore } from './mailbox-store.ts'

const CALLBACK_STEP_MS = 150
const LATE_CALLBACK_MS = 10_000
/** The longest text Twilio takes. */
const MAX_TEXT = 1600

export interface TwilioAccount {
  accountSid: string
  authToken: string
}

const number = z.string().regex(/^\+[1-9]\d{6,14}$/)
const SendRequest = z.strictObject({
  To: number,
  From: z.string().min(1).optional(),
  MessagingServiceSid: z.string().min(1).optional(),
  Body: z.string().min(1).max(MAX_TEXT),
  StatusCallback: z.url({ protocol: /^https?$/ }).optional(),
  ValidityPeriod: z.coerce.number().int().min(1).max(36_000).optional(),
})
type SendRequest = z.infer<typeof SendRequest>

interface Failure {
  status: number
  code: number
  message: string
}

const FIELD_ERRORS: Readonly<Record<string, Failure>> = {
  To: { status: 400, code: 21211, message: "The 'To' number is not a valid phone number." },
  Body: {
    status: 400,
    code: 21602,
    message: `A message body of 1 to ${String(MAX_TEXT)} characters is required.`,
  },
  From: { status: 400, code: 21603, message: "A 'From' number or messaging service is required." },
  StatusCallback: { status: 400, code: 21609, message: "The 'StatusCallback' is not a valid address." },
}
const TOO_MANY: Failure = { status: 429, code: 20429, message: 'Too many requests.' }
const BROKEN: Failure = { status: 500, code: 20500, message: 'An internal error has occurred.' }
const NOT_FOUND: Failure = { status: 404, code: 20404, message: 'The requested resource was not found.' }
const NOT_ALLOWED: Failure = { status: 401, code: 20003, message: 'Authenticate.' }

/**
 * Creates the API under `/api.twilio.com/2010-04-01/…`, where a client whose base address was replaced sends its calls.
 */
export function createTwilioDouble(store: MailboxStore, account: TwilioAccount): Server {
  return createServer((message, response) => {
    answer(store, account, message, response).catch(() => {
      if (!response.headersSent) refuse(response, BROKEN)
    })
  })
}

async function answer(
  store: MailboxStore,
  account: TwilioAccount,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isAuthenticated(message, account)) {
    refuse(response, NOT_ALLOWED)
    return
  }
  const path = `/api.twilio.com/2010-04-01/Accounts/${account.accountSid}/Messages.json`
  if (message.method !== 'POST' || message.url !== path) {
    refuse(response, NOT_FOUND)
    return
  }
  const fields = Object.fromEntries(new URLSearchParams(await readText(message)))
  const request = SendRequest.safeParse(fields)
  const failure = request.success ? missingSender(request.data) : FIELD_ERRORS[fieldOf(request.error)]
  if (!request.success || failure) {
    refuse(
      response,
      failure ?? { status: 400, code: 20001, message: `${fieldOf(request.error)} is not usable.` },
    )
    return
  }
  accept(store, account, request.data, response)
}

function accept(
  store: MailboxStore,
  account: TwilioAccount,
  request: SendRequest,
  response: ServerResponse,
): void {
  const knob = store.knobs.sms
  if (knob === 'invalid_number') {
    refuse(response, FIELD_ERRORS['To'] ?? NOT_FOUND)
    return
  }
  if (knob === 'too_many') {
    refuse(response, TOO_MANY)
    return
  }
  if (knob === 'hang') return
  const sid = `SM${randomBytes(16).toString('hex')}`
  store.add({
    kind: 'sms',
    from: request.From ?? request.MessagingServiceSid ?? '',
    to: [request.To],
    subject: '',
    text: request.Body,
    raw: JSON.stringify({ sid, ...request }, undefined, 2),
  })
  if (knob === 'fail_after_accepting') refuse(response, BROKEN)
  else if (knob === 'drop_answer') response.destroy()
  else sendJson(response, 201, resourceOf(account, sid, request))
  void report(account, sid, request, knob)
}

/** Twilio posts each step of a message to the address that the request named. */
async function report(
  account: TwilioAccount,
  sid: string,
  request: SendRequest,
  knob: string,
): Promise<void> {
  const address = request.StatusCallback
  if (address === undefined) return
  const last = knob === 'undelivered' ? 'undelivered' : 'delivered'
  for (const status of ['queued', 'sent', last]) {
    const isLate = knob === 'late_callback' && status === last
    await new Promise((resume) => setTimeout(resume, isLate ? LATE_CALLBACK_MS : CALLBACK_STEP_MS).unref())
    const fields: Record<string, string> = {
      ...{ AccountSid: account.accountSid, ApiVersion: '2010-04-01', MessageSid: sid, SmsSid: sid },
      ...{ MessageStatus: status, SmsStatus: status, To: request.To, From: request.From ?? '' },
      ...(status === 'undelivered' ? { ErrorCode: '30003' } : {}),
    }
    await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': getExpectedTwilioSignature(account.authToken, address, fields),
      },
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(5000),
      // A receiver that is down misses the report, as it would with the real provider.
    }).catch(() => undefined)
  }
}

function resourceOf(
  { accountSid }: TwilioAccount,
  sid: string,
  request: SendRequest,
): Record<string, unknown> {
  const now = new Date().toUTCString().replace('GMT', '+0000')
  return {
    ...{ sid, account_sid: accountSid, api_version: '2010-04-01', body: request.Body, status: 'queued' },
    ...{
      to: request.To,
      from: request.From ?? null,
      messaging_service_sid: request.MessagingServiceSid ?? null,
    },
    ...{ date_created: now, date_updated: now, date_sent: null, direction: 'outbound-api' },
    ...{
      error_code: null,
      error_message: null,
      num_media: '0',
      num_segments: '1',
      price: null,
      price_unit: 'USD',
    },
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}.json`,
    subresource_uris: { media: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media.json` },
  }
}

function missingSender(request: SendRequest): Failure | undefined {
  return (request.From ?? request.MessagingServiceSid) === undefined ? FIELD_ERRORS['From'] : undefined
}

function fieldOf(error: z.ZodError | undefined): string {
  const issue = error?.issues[0]
  return issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : String(issue?.path[0] ?? '')
}

function isAuthenticated({ headers }: IncomingMessage, { accountSid, authToken }: TwilioAccount): boolean {
  const given = Buffer.from(headers.authorization ?? '')
  const wanted = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function refuse(response: ServerResponse, { status, code, message }: Failure): void {
  const more_info = `https://www.twilio.com/docs/errors/${String(code)}`
  sendJson(response, status, { code, message, more_info, status })
}
