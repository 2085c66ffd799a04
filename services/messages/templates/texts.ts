/**
 * The parts of every message. Fixed placeholders, no expression language (K10); one link, and nothing else to click.
 */
import { messageLanguages, type MessageLanguage, type Warning } from '#domain/messages/kinds.ts'
import type { MessageText } from '#domain/messages/message-text.ts'

/** The values that fill a message. */
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

/** The standard words of one kind of message on one channel, in every language. */
export type Template = Readonly<Record<MessageLanguage, MessageText>>

/** The fixed sentences behind `{warning}`; nobody may word them anew (B22). */
export const warnings: Readonly<Record<Warning, Readonly<Record<MessageLanguage, string>>>> = {
  link: {
    en: 'We will never ask you to read this link to anyone.',
    de: 'Wir bitten Sie nie, diesen Link jemandem vorzulesen.',
  },
  link_with_no: {
    en: 'Not you? Open it and press No. We will never ask you to read this link to anyone.',
    de: 'Nicht Sie? Öffnen und Nein drücken. Wir bitten Sie nie, diesen Link jemandem vorzulesen.',
  },
  code: {
    en: 'We will never ask you to read this code to anyone.',
    de: 'Wir bitten Sie nie, diesen Code jemandem vorzulesen.',
  },
  call: {
    en: 'We will never call you about this.',
    de: 'Wir rufen Sie deswegen nie an.',
  },
  call_or_link: {
    en: 'Not right? Sign in and press No. We will never call you about this or ask you to read this link to anyone.',
    de: 'Nicht richtig? Anmelden und Nein drücken. Wir rufen Sie deswegen nie an und bitten Sie nie, diesen Link jemandem vorzulesen.',
  },
}

/** The language of a person's directory entry, or English. */
export const languageOf = (tag: string | null): MessageLanguage =>
  messageLanguages.find((language) => tag?.toLowerCase().startsWith(language)) ?? 'en'

/** Everything that breaks a line, turns its direction or is not seen (K4). */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+/gu

/** One line of letters that are seen: nothing from a name can begin a header, a second line, or turn what follows (K4). */
export const oneLine = (text: string): string => [...text.replace(unseen, ' ').trim()].slice(0, 80).join('')
