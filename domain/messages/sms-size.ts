/** The length of an SMS on the air: seven-bit letters of GSM 03.38 where all of it fits them, else UCS-2 (B22). */

const plain =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
/** Two units each, by an escape. */
const extended = '\f^{}\\[~]|€'

/** Size of an SMS. A segment is what one message carries; longer texts are cut into linked ones, which hold less each. */
export type SmsSize = {
  readonly encoding: 'gsm7' | 'ucs2'
  /** Septets, or UTF-16 units. */
  readonly units: number
  readonly segments: number
}

const perSegment = { gsm7: { alone: 160, linked: 153 }, ucs2: { alone: 70, linked: 67 } } as const

/** Most segments of one message: twice as many where letters cost twice as much (B22). */
export const mostSegments = { gsm7: 2, ucs2: 4 } as const

const unitsOf = (letter: string): number => (extended.includes(letter) ? 2 : 1)

/** True if every letter is one of GSM 03.38. */
export const isGsm = (text: string): boolean =>
  [...text].every((letter) => plain.includes(letter) || extended.includes(letter))

/** Units that a linked segment cannot cut in two: an escaped letter, or a pair of UTF-16. */
const segmentsOf = (sizes: readonly number[], most: number): number => {
  let [segments, used] = [1, 0]
  for (const size of sizes) {
    if (used + size > most) {
      segments += 1
      used = 0
    }
    used += size
  }
  return segments
}

/** Measures a text as a provider will cut it. */
export const smsSize = (text: string): SmsSize => {
  const encoding = isGsm(text) ? 'gsm7' : 'ucs2'
  const sizes = [...text].map((letter) => (encoding === 'gsm7' ? unitsOf(letter) : letter.length))
  const units = sizes.reduce((sum, size) => sum + size, 0)
  const { alone, linked } = perSegment[encoding]
  return { encoding, units, segments: units <= alone ? 1 : segmentsOf(sizes, linked) }
}

/** True if a text is within two segments, or four of UCS-2 (B22). */
export const fitsSms = (text: string): boolean => {
  const { encoding, segments } = smsSize(text)
  return segments <= mostSegments[encoding]
}
