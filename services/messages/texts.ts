/** The parts of every message. Fixed placeholders, no expression language (K10); one link, and nothing else to click. */
import { pickLanguage, type Language } from '#domain/languages.ts'
import type { MessageKind, messageRules, NoticeKind, Warning } from '#domain/messages/kinds.ts'
import type { MessageText } from '#domain/messages/message-text.ts'
import type { StaffNoticeKind } from '../staff/staff-notices.ts'

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
  /** The facts by which a reader tells a real mail from a false one. An SMS has no room for them. */
  readonly about?: MailAbout
}

/** The facts that an e-mail shows beside its text. */
export type MailAbout = {
  /** Name of the agent of the case, or null where none started it. */
  readonly agent: string | null
  readonly ticket: string | null
  /** The moment that the message tells of. */
  readonly at: Date
  /** IANA time zone of the reader. */
  readonly zone: string
  /** ISO 3166 country of the reader, whose form of a date is used; null: not known. */
  readonly country: string | null
  /** Number of the help desk, or null where the organisation named none. */
  readonly phone: string | null
}

/** A message in one language. `subject` and `html` for e-mail only. */
export type Rendered = {
  readonly subject: string | null
  readonly text: string
  readonly html: string | null
}

/** Messages that are not notices: each has words of its own on each of its channels. */
export type OwnKind = Exclude<MessageKind, NoticeKind>

/**
 * The standard words of one language. `warnings`: the fixed sentences behind `{warning}`, which nobody may change (B22) ·
 * `notice`: the words around the sentence of a notice, which is in `domain/words/`
 */
export type MessageTexts = {
  readonly warnings: Readonly<Record<Warning, string>>
  readonly notice: { readonly wasNotMe: string }
} & {
  readonly [Kind in OwnKind]: Readonly<Record<(typeof messageRules)[Kind]['channels'][number], MessageText>>
}

/** The words around the text of an e-mail in one language. No organisation changes them. */
export type MailTexts = {
  readonly direction: 'ltr' | 'rtl'
  readonly labels: { readonly agent: string; readonly ticket: string; readonly time: string }
  /** The line above the address that the button leads to. */
  readonly copyLink: string
  /** The sentence with the number at which a reader can ask whether the mail is real. */
  readonly check: (phone: string) => string
  /** The subject of each notice, behind the name of the organisation: the fact itself. */
  readonly subjects: Readonly<Record<NoticeKind, string>>
  /** `button`: the verb on the link · `ifNothing`: what happens when the reader does nothing */
  readonly kinds: Readonly<
    Record<MessageKind, { readonly button: string; readonly ifNothing: (minutes: number) => string }>
  >
}

/** The matters of e-mails to staff: each has a subject and a last sentence. */
export type Matter =
  | 'policy'
  | 'account'
  | 'case'
  | 'key'
  | 'push'
  | 'quiet'
  | 'messages'
  | 'places'
  | 'budget'
  | 'limit'
  | 'intruder'
  | 'moved'
  | 'alarm'
  | 'protection'
  | 'contacts'
  | 'audit'
  | 'directory'

/** E-mails to staff in one language (D13). */
export type StaffNoticeTexts = {
  readonly sentences: Readonly<Record<StaffNoticeKind, (by: string, at: string, about: string) => string>>
  readonly matters: Readonly<Record<Matter, { readonly subject: string; readonly closing: string }>>
}

/** The language of a person's directory entry, or English. */
export const languageOf = (tag: string | null): Language => pickLanguage([tag ?? ''])

/** Letters that are read from right to left. */
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/**
 * A name of a script that goes the other way is set apart (U+2068, U+2069), and the message begins as one that goes ours
 * (U+200E): else the sentence after it, and the link, would be shown in the wrong order.
 */
export const isolated = (name: string): string =>
  rightToLeft.test(name) ? `\u200e\u2068${name}\u2069` : name

/** Everything that breaks a line, turns its direction or is not seen (K4). */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+/gu

/** One line of letters that are seen: nothing from a name can begin a header, a second line, or turn what follows (K4). */
export const oneLine = (text: string): string => [...text.replace(unseen, ' ').trim()].slice(0, 80).join('')
