import { err, ok, type Result } from './result.ts'

/** Zeros of the decimal digits that people of our languages type: ASCII, Arabic-Indic, extended Arabic-Indic. */
const zeros = [0x30, 0x660, 0x6f0]

const toAsciiDigit = (character: string): string => {
  const code = character.charCodeAt(0)
  const zero = zeros.find((first) => code >= first && code <= first + 9)
  return zero === undefined ? character : String(code - zero)
}

/**
 * Reads a code as typed: spaces and dashes between the digits are dropped, full-width and Arabic digits are digits.
 * A malformed code is refused here and so never counts as a try (C6).
 */
export const parseMatchCode = (typed: string): Result<string, 'six_digits_needed'> => {
  const digits = [...typed.normalize('NFKC').replace(/[\s\u200e\u200f-]/g, '')].map(toAsciiDigit).join('')
  return /^\d{6}$/.test(digits) ? ok(digits) : err('six_digits_needed')
}

/** As it is shown and read out: two groups of three. */
export const showMatchCode = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`

/**
 * So many wrong codes in a row, over all verifications, and no code of this participant is taken any more (H4:
 * the absolute ceiling). A right one begins anew, and so do 30 days without a try, so that nobody is locked out for ever.
 */
export const mostWrongInARow = 100
