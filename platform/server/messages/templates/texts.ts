/** What every message is made of. Fixed placeholders, no expression language (K10); one link, and nothing else to click. */
export type MessageSlots = {
  /** Name of the organisation, as the tenant is called. */
  readonly organisation: string
  /** The one link, or null where the message has none. */
  readonly link: string | null
  /** A code to type, or null. */
  readonly code: string | null
  /** Minutes that link or code live. */
  readonly minutes: number
}

/** A message in one language. `subject` for e-mail only. */
export type Rendered = { readonly subject: string | null; readonly text: string }

/** One kind of message on one channel, in every language. */
export type Template = Readonly<Record<MessageLanguage, (slots: MessageSlots) => Rendered>>

/** Languages that messages are written in; others get English. */
export const messageLanguages = ['en', 'de'] as const

/** One of them. */
export type MessageLanguage = (typeof messageLanguages)[number]

/** The language of a person's directory entry, or English. */
export const languageOf = (tag: string | null): MessageLanguage =>
  messageLanguages.find((language) => tag?.toLowerCase().startsWith(language)) ?? 'en'

// eslint-disable-next-line no-control-regex -- exactly the characters that must not pass
const lineBreakers = /[\u0000-\u001f\u007f\u2028\u2029]+/g

/** One line without control characters: nothing from a name can begin a header or a second line (K4). */
export const oneLine = (text: string): string => text.replace(lineBreakers, ' ').trim().slice(0, 80)
