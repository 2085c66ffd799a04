import { phraseOf } from '#domain/phrase.ts'

/** The two words of a case, apart (B11). */
export const phraseWordsOf = (verificationId: string): [string, string] => {
  const [first = '', second = ''] = phraseOf(verificationId).split(' ')
  return [first, second]
}
