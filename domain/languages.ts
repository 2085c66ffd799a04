/**
 * The languages of console, portal and messages. The first one is for everybody whose own language is missing. A new language
 * is a code here, and a folder of its words in `domain/words/`, `console/copy/`, `portal/copy/` and `services/messages/`.
 */
export const languages = ['en', 'de'] as const

/** One of them. */
export type Language = (typeof languages)[number]

/** The language that a tag such as `de-AT` begins with; null where we have no words in it. */
export const languageIn = (tag: string): Language | null =>
  languages.find((language) => tag.toLowerCase().split(/[-_]/)[0] === language) ?? null

/** The first of the preferred languages that we have words in. */
export const pickLanguage = (preferred: readonly string[]): Language =>
  preferred.map(languageIn).find((language) => language !== null) ?? languages[0]

/** The name of a language in that language, so that people who read no other can find it. */
export const ownName = (language: Language): string => {
  const name = String(new Intl.DisplayNames(language, { type: 'language' }).of(language))
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}
