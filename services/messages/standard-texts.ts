/** The words that every message has until an organisation writes its own. */
import type { Language } from '#domain/languages.ts'
import { isNotice, type MessageKind, type NoticeKind } from '#domain/messages/kinds.ts'
import type { MessageText } from '#domain/messages/message-text.ts'
import type { Channel } from '#domain/verification/verification.ts'
import { texts } from './languages.ts'

const notice = (kind: NoticeKind, channel: Channel, language: Language): MessageText => {
  const { message } = texts[language].notices[kind]
  const { mails, messages } = texts[language]
  const { wasNotMe } = messages.notice
  if (channel === 'sms')
    return { subject: null, text: `{organisation}: ${message} ${wasNotMe} {link} {warning}` }
  return {
    subject: `{organisation}: ${mails.subjects[kind]}`,
    text: [`{organisation}: ${message}`, '', wasNotMe, '{link}', '', '{warning}'].join('\n'),
  }
}

/** The standard words of a message. */
export const standardText = (kind: MessageKind, channel: Channel, language: Language): MessageText => {
  if (isNotice(kind)) return notice(kind, channel, language)
  const byChannel: Partial<Record<Channel, MessageText>> = texts[language].messages[kind]
  return byChannel[channel] ?? texts[language].messages[kind].email
}
