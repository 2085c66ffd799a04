/** A participant's phone with privacyIDEA's authenticator, by the server's own protocol: it polls, and signs what it answers. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import type { Answered, Ask } from '../../directory/rest/client.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const base32 = (bytes: Buffer): string => {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const text = (bits.match(/.{1,5}/g) ?? [])
    .map((five) => alphabet[parseInt(five.padEnd(5, '0'), 2)])
    .join('')
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=')
}
const form = (fields: Readonly<Record<string, string>>) => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
})

/** A question that waits on the phone. */
export type PhoneChallenge = {
  readonly nonce: string
  readonly question: string
  readonly title: string
  /** To choose from, separated by commas, where the server wants that. */
  readonly require_presence?: string
}

/** A phone. */
export type Phone = {
  readonly serial: string
  /** The questions that wait. */
  poll(): Promise<readonly PhoneChallenge[]>
  /** `chosen`: what was tapped, where there was something to choose. */
  approve(challenge: PhoneChallenge, chosen?: string): Promise<Answered>
  /** `reason`: newer apps say why. */
  decline(challenge: PhoneChallenge, reason?: 'unknown_trigger' | 'cancelled'): Promise<Answered>
}

type Enrolment = {
  readonly url: string
  readonly ask: Ask
  readonly serial: string
  readonly credential: string
}

/** Finishes an enrolment: the server learns the phone's public key. */
export const enrolPhone = async ({ url, ask, serial, credential }: Enrolment): Promise<Phone> => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const place = `${url}/ttype/push`
  const pubkey = publicKey.export({ type: 'spki', format: 'der' }).toString('base64url')
  const enrolled = await ask({
    method: 'POST',
    url: place,
    ...form({ serial, enrollment_credential: credential, fbtoken: 'no firebase', pubkey }),
  })
  if (enrolled.status !== 200) throw new Error(`the phone was not enrolled: ${JSON.stringify(enrolled.json)}`)
  return phoneOf(place, ask, serial, privateKey)
}

const phoneOf = (place: string, ask: Ask, serial: string, key: KeyObject): Phone => {
  const signed = (text: string): string => base32(sign('sha256', Buffer.from(text), key))
  const answer = (fields: Readonly<Record<string, string>>, text: string) =>
    ask({ method: 'POST', url: place, ...form({ serial, ...fields, signature: signed(text) }) })
  return {
    serial,
    poll: async () => {
      const timestamp = new Date().toISOString()
      const query = new URLSearchParams({ serial, timestamp, signature: signed(`${serial}|${timestamp}`) })
      const { json } = await ask({ method: 'GET', url: `${place}?${query.toString()}` })
      return (json as { result: { value: readonly PhoneChallenge[] } }).result.value
    },
    approve: ({ nonce }, chosen) =>
      chosen === undefined
        ? answer({ nonce }, `${nonce}|${serial}`)
        : answer({ nonce, presence_answer: chosen }, `${nonce}|${serial}|${chosen}`),
    decline: ({ nonce }, reason) =>
      reason === undefined
        ? answer({ nonce, decline: '1' }, `${nonce}|${serial}|decline`)
        : answer({ nonce, decline: '1', decline_reason: reason }, `${nonce}|${serial}|decline|${reason}`),
  }
}
