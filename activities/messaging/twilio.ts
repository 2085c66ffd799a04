import { setTimeout as pause } from 'node:timers'
import { ofHttpStatus, ofNetworkError } from '../failures.ts'
import type { Message, SendResult } from '../ports.ts'

/** The account that sends, and where to. */
export type TwilioSettings = {
  readonly accountSid: string
  readonly authToken: string
  /** A number, or a messaging service (`MG…`). */
  readonly from: string
  /** Replaces the provider's origin; for test doubles only. */
  readonly apiUrl?: string
  /** Where the provider reports delivery. */
  readonly statusCallback: string
}

/** Below the activity's own limit, so that a silent provider is our decision and not a timeout's. */
const deadlineMs = 10_000

const addressOf = ({ apiUrl, accountSid }: TwilioSettings): string => {
  const origin = apiUrl === undefined ? 'https://api.twilio.com' : `${apiUrl}/api.twilio.com`
  return `${origin}/2010-04-01/Accounts/${accountSid}/Messages.json`
}

const formOf = (settings: TwilioSettings, message: Message): URLSearchParams => {
  const sender = settings.from.startsWith('MG') ? 'MessagingServiceSid' : 'From'
  return new URLSearchParams({
    To: message.to,
    [sender]: settings.from,
    Body: message.text,
    StatusCallback: settings.statusCallback,
  })
}

/** Sends one SMS: one request, never repeated here (security.md R2). */
export const sendSms = async (settings: TwilioSettings, message: Message): Promise<SendResult> => {
  const { accountSid, authToken } = settings
  const abort = new AbortController()
  const timer = pause(() => {
    abort.abort()
  }, deadlineMs)
  try {
    const response = await fetch(addressOf(settings), {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
      body: formOf(settings, message),
      redirect: 'error',
      signal: abort.signal,
    })
    const answer = (await response.json().catch(() => ({}))) as { sid?: unknown; code?: unknown }
    if (response.ok)
      return { kind: 'accepted', providerId: typeof answer.sid === 'string' ? answer.sid : null }
    const code = typeof answer.code === 'number' ? answer.code : response.status
    return ofHttpStatus(response.status, `twilio_${String(code)}`)
  } catch (error) {
    return ofNetworkError(error)
  } finally {
    clearTimeout(timer)
  }
}
