import anyAscii from 'any-ascii'
import type { Language } from '#domain/languages.ts'
import { ruleOf, type MessageKind } from '#domain/messages/kinds.ts'
import { fitsSms, isGsm } from '#domain/messages/sms-size.ts'
import { fill, fillSms, type Slots, type MessageText } from '#domain/messages/message-text.ts'
import type { Channel } from '#domain/verification/verification.ts'
import { texts } from './languages.ts'
import { standardText } from './standard-texts.ts'
import { mailOf } from './mail/mail.ts'
import { isolated, languageOf, oneLine, type MessageSlots, type Rendered } from './texts.ts'

export type { MessageKind } from '#domain/messages/kinds.ts'

/** The name in Latin letters, which cost one unit each. */
const inLatin = (name: string): string =>
  [...anyAscii(name)]
    .filter((letter) => isGsm(letter))
    .join('')
    .trim()

/** A name as it is, then ever shorter: a long one must not push the warning out of an SMS (B22). */
const shorterNames = (name: string): readonly string[] => {
  const cut = (text: string, length: number) => [...text].slice(0, length).join('').trim()
  const latin = inLatin(name)
  return [
    name,
    ...[40, 30, 20].map((length) => cut(name, length)),
    ...[40, 30, 20, 10].map((length) => cut(latin, length)),
  ].map(isolated)
}

/** The slots of a message in a language. */
export const slotsOf = (kind: MessageKind, language: Language, slots: MessageSlots): Slots => ({
  organisation: isolated(oneLine(slots.organisation)),
  link: slots.link ?? '',
  code: slots.code ?? '',
  minutes: String(slots.minutes),
  warning: texts[language].messages.warnings[ruleOf(kind).warning],
})

/** An own text that was written before codes had a line of their own goes out without it, where both do not fit. */
const fitting = (text: string, slots: Slots, organisation: string): string => {
  const named = shorterNames(oneLine(organisation)).map((name) => ({ ...slots, organisation: name }))
  const texts = [fillSms, fill].flatMap((filled) => named.map((one) => filled(text, one)))
  return texts.find(fitsSms) ?? texts.at(-1) ?? ''
}

/**
 * Writes a message in the recipient's language, English when there is no better one; `own`: the organisation's own text
 * for it, which was checked when it was written.
 */
export const compose = (
  kind: MessageKind,
  channel: Channel,
  tag: string | null,
  given: MessageSlots,
  own: MessageText | null = null,
): Rendered => {
  const language = languageOf(tag)
  const words = own ?? standardText(kind, channel, language)
  const slots = slotsOf(kind, language, given)
  if (channel === 'email') return mailOf(kind, language, words, slots, given)
  return { subject: null, text: fitting(words.text, slots, given.organisation), html: null }
}

/** The address of a page with its token in the fragment, which no server and no log ever sees (C9, C15). */
export const linkTo = (portalUrl: string, page: 'v' | 'not-me' | 'approve', token: string): string =>
  `${portalUrl}/${page}#${token}`
