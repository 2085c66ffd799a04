import twilio from 'twilio'
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
const providerDeadlineMs = 10_000

/**
 * Twilio's client for one account. It never repeats a request and follows no redirect. Its own timeout starts anew with
 * every byte, so each request gets a signal that ends it, whatever still trickles in.
 */
export const createSmsClient = (settings: TwilioSettings, deadlineMs = providerDeadlineMs): twilio.Twilio => {
  const { accountSid, authToken, apiUrl } = settings
  const httpClient = new twilio.RequestClient({ timeout: deadlineMs, autoRetry: false })
  httpClient.axios.interceptors.request.use((request) => {
    const { url = '' } = request
    return Object.assign(request, {
      signal: AbortSignal.timeout(deadlineMs),
      url: apiUrl === undefined ? url : url.replace('https:/', apiUrl),
    })
  })
  return twilio(accountSid, authToken, { httpClient })
}

/**
 * The result of a message that ended in an error. Twilio's own errors carry the status of an answer, others come from
 * the connection.
 */
const ofError = (error: unknown): SendResult => {
  const { status, code, isAxiosError } = error as { status?: unknown; code?: unknown; isAxiosError?: unknown }
  if (typeof status !== 'number' || isAxiosError === true) return ofNetworkError(error)
  return ofHttpStatus(status, `twilio_${String(typeof code === 'number' && code > 0 ? code : status)}`)
}

/** Sends one SMS: one request, never repeated here (R2). The provider's text of an error stays here. */
export const sendSms = async (
  client: twilio.Twilio,
  { from, statusCallback }: TwilioSettings,
  { to, text: body }: Message,
): Promise<SendResult> => {
  const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from }
  try {
    const { sid } = await client.messages.create({ to, ...sender, body, statusCallback })
    return { kind: 'accepted', providerId: typeof sid === 'string' ? sid : null }
  } catch (error) {
    return ofError(error)
  }
}
