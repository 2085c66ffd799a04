/** A mail to a participant, a contact or an approver. */
import type { Language } from '#domain/languages.ts'
import type { MessageKind } from '#domain/messages/kinds.ts'
import { fill, type MessageText, type Slots } from '#domain/messages/message-text.ts'
import { texts } from '../languages.ts'
import { oneLine, type MailAbout, type MessageSlots, type Rendered } from '../texts.ts'
import { blocksOf } from './blocks.ts'
import { momentIn } from './moment.ts'
import { htmlOf, textOf, type Fact } from './render.ts'

/** The subject without the name of the organisation, which is shown above it. */
export const headingOf = (subject: string, organisation: string, language: Language): string => {
  const prefix = `${organisation}: `
  const rest = subject.startsWith(prefix) ? subject.slice(prefix.length) : subject
  const [first = '', ...others] = [...rest]
  return first.toLocaleUpperCase(language) + others.join('')
}

const factsOf = (about: MailAbout | undefined, language: Language): readonly Fact[] => {
  if (about === undefined) return []
  const { labels } = texts[language].mails
  const known: readonly (readonly [label: string, value: string | null])[] = [
    [labels.ticket, about.ticket],
    [labels.agent, about.agent],
    [labels.time, momentIn(about.at, about.zone, language, about.country)],
  ]
  return known.flatMap(([label, value]) => (value === null ? [] : [{ label, value: oneLine(value) }]))
}

/** Writes the mail of a kind from its words and the values of its placeholders. */
export const mailOf = (
  kind: MessageKind,
  language: Language,
  words: MessageText,
  slots: Slots,
  given: MessageSlots,
): Rendered => {
  const { direction, copyLink, check, kinds } = texts[language].mails
  const { button, ifNothing } = kinds[kind]
  const subject = fill(words.subject ?? '', slots)
  const phone = given.about?.phone ?? null
  const facts = factsOf(given.about, language)
  const closing = [ifNothing(given.minutes), ...(phone === null ? [] : [check(oneLine(phone))])]
  const html = htmlOf({
    language,
    direction,
    subject,
    heading: headingOf(subject, slots.organisation, language),
    organisation: oneLine(given.organisation),
    blocks: blocksOf(words.text, slots),
    link: given.link === null ? null : { address: given.link, button, copyLink },
    facts,
    closing,
  })
  return { subject, text: textOf(fill(words.text, slots), { facts, closing }), html }
}
