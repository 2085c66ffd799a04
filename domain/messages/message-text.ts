/** The text of a message, with fixed placeholders, which an organisation may write anew (K10, B22). */
import type { Channel } from '../verification/verification.ts'
import { placeholders, ruleOf, type MessageKind, type Placeholder } from './kinds.ts'
import { fitsSms } from './sms-size.ts'

/** A message before its placeholders are filled. `subject` for e-mail only. */
export type MessageText = { readonly subject: string | null; readonly text: string }

/** The value for each placeholder. One that a message does not have is empty. */
export type Slots = Readonly<Record<Placeholder, string>>

const inBraces = /\{([^{}]*)\}/g

const isPlaceholder = (name: string): name is Placeholder => placeholders.some((known) => known === name)

/** Puts the slots in, once: what a slot holds is never looked at again. */
export const fill = (text: string, slots: Slots): string =>
  text.replace(inBraces, (whole, name: string) => (isPlaceholder(name) ? slots[name] : whole))

/**
 * The last line of an SMS with a code: by it a phone offers the code on the page of this host alone (WebOTP). A message
 * without a code has none, and so has the code that an agent reads out: no message ever holds that one.
 */
const codeLine = (text: string, { code, link }: Slots): string =>
  text.includes('{code}') && URL.canParse(link) ? `\n@${new URL(link).hostname} #${code}` : ''

/** The text of an SMS as it arrives. */
export const fillSms = (text: string, slots: Slots): string => fill(text, slots) + codeLine(text, slots)

/** A fault of a text: where it is, its code, for which the console has a sentence, and the placeholder it is about. */
export type TextProblem = {
  readonly field: 'subject' | 'text'
  readonly code:
    | 'empty'
    | 'too_long'
    | 'braces'
    | 'missing'
    | 'twice'
    | 'not_here'
    | 'address'
    | 'number'
    | 'letters'
    | 'link_not_apart'
    | 'segments'
  readonly placeholder: Placeholder | null
}

/** Longest subject and text of an e-mail, and text of an SMS, as written. UTF-16 units. */
export const longestTexts = { subject: 100, sms: 600, email: 3_000 } as const

/** Anything that a phone or a mail program makes a link of: only the one placeholder is one (B22). */
const address = /:\/\/|\bwww\.|[\p{L}\p{N}]@|[\p{L}\p{N}-]\.\p{L}{2,}/iu
/** A number long enough to be called: an admin who changes the words must not be able to send people to a number (T9). */
const number = /\d(?:[\s()/.-]{0,2}\d){4,}/u
/** Controls but the line break, signs that turn the direction of text, and letters that nobody sees (K4). */
const letters = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u

const namesIn = (text: string): readonly string[] => [...text.matchAll(inBraces)].map(([, name = '']) => name)

/** Text without its placeholders; the braces that are left are stray ones. */
const bare = (text: string): string => text.replace(inBraces, ' ')

type Find = (code: TextProblem['code'], applies: boolean, placeholder?: Placeholder) => TextProblem[]

const finder =
  (field: TextProblem['field']): Find =>
  (code, applies, placeholder) =>
    applies ? [{ field, code, placeholder: placeholder ?? null }] : []

const ofAnyText = (field: TextProblem['field'], text: string, longest: number): TextProblem[] => {
  const find = finder(field)
  const rest = bare(text)
  const oneLine = field === 'subject' ? text : text.replaceAll('\n', '')
  return [
    ...find('empty', text.trim() === ''),
    ...find('too_long', text.length > longest),
    ...find('braces', /[{}]/.test(rest) || namesIn(text).some((name) => !isPlaceholder(name))),
    ...find('letters', letters.test(oneLine)),
    ...find('address', address.test(rest)),
    ...find('number', number.test(rest)),
  ]
}

const ofPlaceholders = (
  field: TextProblem['field'],
  text: string,
  needs: readonly Placeholder[],
): TextProblem[] => {
  const find = finder(field)
  const names = namesIn(text)
  return placeholders.flatMap((placeholder) => {
    const times = names.filter((name) => name === placeholder).length
    return [
      ...find('missing', needs.includes(placeholder) && times === 0, placeholder),
      ...find('not_here', !needs.includes(placeholder) && times > 0, placeholder),
      // The organisation may be named again; a second link would be a second thing to press.
      ...find('twice', placeholder !== 'organisation' && times > 1, placeholder),
    ]
  })
}

/**
 * True if a text still holds all that its message needs. Those needs may have grown since an admin saved the text; then the
 * standard text goes out (B12, B22).
 */
export const isComplete = (kind: MessageKind, { text }: MessageText): boolean =>
  ofPlaceholders('text', text, ruleOf(kind).needs).every(({ code }) => code !== 'missing')

/** Letters that touch a link become part of it. */
const touchesLink = (text: string): boolean => /\S\{link\}|\{link\}\S/.test(text)

/**
 * All that is wrong with an organisation's own text. The sample tells how long an SMS becomes.
 * A message without problems has who sends it, the one link or code, and the fixed warning.
 */
export const problemsOfText = (
  kind: MessageKind,
  channel: Channel,
  messageText: MessageText,
  sample: Slots,
): readonly TextProblem[] => {
  const { needs } = ruleOf(kind)
  const find = finder('text')
  const ofText = [
    ...ofAnyText('text', messageText.text, longestTexts[channel]),
    ...ofPlaceholders('text', messageText.text, needs),
    ...find('link_not_apart', touchesLink(messageText.text), 'link'),
  ]
  if (channel === 'sms') return [...ofText, ...find('segments', !fitsSms(fillSms(messageText.text, sample)))]
  const subject = messageText.subject ?? ''
  return [
    ...ofAnyText('subject', subject, longestTexts.subject),
    ...ofPlaceholders('subject', subject, ['organisation']),
    ...ofText,
  ]
}
