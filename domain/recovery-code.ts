/** The codes of a printed recovery sheet: how they are written, and how a typing error is told from a wrong code. */

/** 23 characters, none of which is read for another of them: no 0 O, 1 I, 2 Z, 5 S, 8 B, U V, and no vowel but Y. */
export const codeAlphabet = '34679CDFGHJKLMNPQRTVWXY'

/** Characters that are chosen at random: 63 bits. */
export const codeRandomLength = 14

/** Codes of one sheet. */
export const codesOnSheet = 10

/** Every group of five but the last. */
const groups = /.{5}(?=.)/g
const size = codeAlphabet.length

/**
 * The check character. The size of the alphabet is a prime and neighbours have different weights, so that one wrong character
 * and two that changed places always show.
 */
const checkOf = (values: readonly number[]): string =>
  codeAlphabet.charAt(values.reduce((sum, value, index) => sum + (index + 1) * value, 0) % size)

/** A code as it is printed, made of numbers below the size of the alphabet. */
export const recoveryCodeOf = (values: readonly number[]): string => {
  const text = values.map((value) => codeAlphabet.charAt(value)).join('') + checkOf(values)
  return text.replace(groups, '$&-')
}

/** The form in which a code is compared; null: it was mistyped, since no code on any sheet reads like this. */
export const asRecoveryCode = (typed: string): string | null => {
  const text = typed.toUpperCase().replace(/[\s\p{Dash}]/gu, '')
  const values = Array.from(text, (character) => codeAlphabet.indexOf(character))
  if (values.length !== codeRandomLength + 1 || values.includes(-1)) return null
  const random = values.slice(0, codeRandomLength)
  return checkOf(random) === text.at(-1) ? recoveryCodeOf(random) : null
}
