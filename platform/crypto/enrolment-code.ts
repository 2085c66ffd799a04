/** Codes by which one new second factor can be enrolled at the demo directory. */
import { randomInt } from 'node:crypto'

/** No letter that is read for another, and no vowel, so that no code is a word. */
const letters = '23456789BCDFGHJKMNPQRSTVWXZ'
const groups = 3
const groupLength = 4

/** Twelve characters in three groups: 57 bits, which argon2id makes dear to guess from a stolen hash. */
export const newEnrolmentCode = (): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: groupLength }, () => letters[randomInt(letters.length)] ?? '').join(''),
  ).join('-')

/** A typed code as it is compared: capitals, and the dashes where they belong. */
export const asEnrolmentCode = (typed: string): string =>
  (
    typed
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '')
      .match(/.{1,4}/g) ?? []
  ).join('-')
