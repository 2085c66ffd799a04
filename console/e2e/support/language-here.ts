import { test } from './test.ts'
import type { Language } from './words.ts'

/**
 * The language of a journey that desktop and phone each play once: its words are seen in both languages at the price of
 * one. Call it inside a test.
 */
export const languageHere = (onDesktop: Language): Language => {
  const other: Language = onDesktop === 'en' ? 'de' : 'en'
  return test.info().project.name === 'phone' ? other : onDesktop
}
