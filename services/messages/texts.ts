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
}

/** A message in one language. `subject` for e-mail only. */
export type Rendered = { readonly subject: string | null; readonly text: string }

/** Messages that are not notices: each has words of its own on each of its channels. */
export type OwnKind = Exclude<MessageKind, NoticeKind>

/**
 * The standard words of one language. `warnings`: the fixed sentences behind `{warning}`, which nobody may change (B22) ·
 * `notice`: the words around the sentence of a notice, which is in `domain/words/`
 */
export type MessageTexts = {
  readonly warnings: Readonly<Record<Warning, string>>
  readonly notice: { readonly subject: string; readonly wasNotMe: string }
} & {
  readonly [Kind in OwnKind]: Readonly<Record<(typeof messageRules)[Kind]['channels'][number], MessageText>>
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

/** Everything that breaks a line, turns its direction or is not seen (K4). */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+/gu

/** One line of letters that are seen: nothing from a name can begin a header, a second line, or turn what follows (K4). */
export const oneLine = (text: string): string => [...text.replace(unseen, ' ').trim()].slice(0, 80).join('')
