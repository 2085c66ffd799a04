/**
 * Asks a service for breached passwords without telling it the password: it gets the first five of the forty hexadecimal digits
 * of the SHA-1, and answers with the rest of every password that begins so (k-anonymity). The interface is that of "Pwned
 * Passwords" (haveibeenpwned.com, API v3, "Searching by range"), which can also be run in one's own network.
 */
import { digestOf } from './breached-passwords.ts'

/** True: it was found in a breach; null: the service gave no answer that can be used. */
export type IsBreached = (password: string) => Promise<boolean | null>

const line = /^([\dA-F]{35}):(\d{1,12})$/
/** Ten times what a service sends with its padding. */
const mostBytes = 1_000_000

const textOf = async (response: Response): Promise<string> => {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new Error('the answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('latin1')
}

/** Entries by the rest of their SHA-1. The service adds some with the count 0, so that no length tells what was asked. */
const countsOf = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text.split(/\r?\n/).flatMap((one) => {
      if (one === '') return []
      const [, rest, count] = line.exec(one) ?? []
      if (rest === undefined) throw new Error('the answer is no list of SHA-1')
      return [[rest, Number(count)] as const]
    }),
  )

/**
 * @param base the address before the five digits, as `https://api.pwnedpasswords.com/range/`
 * @param onProblem hears why there was no answer; it never hears of a password
 * @param longestMs the participant waits for it
 */
export const createIsBreached =
  (base: string, onProblem: (sentence: string) => void, longestMs = 2_000): IsBreached =>
  async (password) => {
    const hash = digestOf(password).toString('hex').toUpperCase()
    try {
      const response = await fetch(new URL(hash.slice(0, 5), base), {
        headers: { 'add-padding': 'true', accept: 'text/plain' },
        redirect: 'error',
        signal: AbortSignal.timeout(longestMs),
      })
      if (response.status !== 200) throw new Error(`the service answered ${String(response.status)}`)
      return (countsOf(await textOf(response)).get(hash.slice(5)) ?? 0) > 0
    } catch (error) {
      onProblem(error instanceof Error ? error.message : 'the service cannot be reached')
      return null
    }
  }
