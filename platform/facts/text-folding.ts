import anyAscii from 'any-ascii'
import { doubleMetaphone } from 'double-metaphone'
import { distance } from 'fastest-levenshtein'
import type { TextTools } from '#domain/questions/plan.ts'

/** The text functions that grading and cells need, from npm: transliteration, phonetics, edit distance. */
export const textTools: TextTools = {
  toAscii: anyAscii,
  metaphone: doubleMetaphone,
  distance,
}
