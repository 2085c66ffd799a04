import type { MessageLanguage, NoticeKind } from '#domain/messages/kinds.ts'
import type { MessageText } from '#domain/messages/message-text.ts'
import type { Channel } from '#domain/verification/verification.ts'
import { deNotices } from '#domain/words/de/notices.ts'
import { enNotices, type NoticeWords } from '#domain/words/en/notices.ts'
import type { Template } from './texts.ts'

type Sentences = Readonly<Record<MessageLanguage, string>>

const words: Readonly<Record<MessageLanguage, NoticeWords>> = { en: enNotices, de: deNotices }

const wasNotMe: Sentences = { en: 'If this was not you:', de: 'Waren Sie es nicht:' }
const subjects: Sentences = { en: 'notice of the help desk', de: 'Mitteilung des Helpdesks' }

const sms = (kind: NoticeKind, language: MessageLanguage): MessageText => ({
  subject: null,
  text: `{organisation}: ${words[language][kind].message} ${wasNotMe[language]} {link} {warning}`,
})

const email = (kind: NoticeKind, language: MessageLanguage): MessageText => ({
  subject: `{organisation}: ${subjects[language]}`,
  text: [
    `{organisation}: ${words[language][kind].message}`,
    '',
    wasNotMe[language],
    '{link}',
    '',
    '{warning}',
  ].join('\n'),
})

/** The notice of a kind on a channel. */
export const noticeTemplate = (kind: NoticeKind, channel: Channel): Template => {
  const build = channel === 'sms' ? sms : email
  return { en: build(kind, 'en'), de: build(kind, 'de') }
}
