/**
 * Languages of console, portal and messages, the first for everybody whose own is not here. A new one is a code here, and a folder of
 * its words in `domain/words/`, `console/copy/`, `portal/copy/` and `services/messages/`.
 */
export const languages = ['en', 'de'] as const

/** One of them. */
export type Language = (typeof languages)[number]

/** The language that a tag such as `de-AT` begins with; null: there are no words in it. */
export const languageIn = (tag: string): Language | null =>
  languages.find((language) => tag.toLowerCase().split(/[-_]/)[0] === language) ?? null

/** The first language that there is of those that somebody prefers. */
export const pickLanguage = (preferred: readonly string[]): Language =>
  preferred.map(languageIn).find((language) => language !== null) ?? languages[0]

/** A language by its own name, as somebody looks for it who reads no other. */
export const ownName = (language: Language): string => {
  const name = String(new Intl.DisplayNames(language, { type: 'language' }).of(language))
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}
