/** The words that every message has until an organisation writes its own. */
import type { MessageKind, MessageLanguage } from '#domain/messages/kinds.ts'
import type { MessageText } from '#domain/messages/message-text.ts'
import type { Channel } from '#domain/verification/verification.ts'
import { approverEmail } from './templates/approver.email.ts'
import { approverNamedEmail } from './templates/approver-named.email.ts'
import { approverSms } from './templates/approver.sms.ts'
import { linkEmail } from './templates/link.email.ts'
import { linkSms } from './templates/link.sms.ts'
import { noticeTemplate } from './templates/notices.ts'
import { secondCodeEmail } from './templates/second-code.email.ts'
import { secondCodeSms } from './templates/second-code.sms.ts'
import type { Template } from './templates/texts.ts'

const templateOf = (kind: MessageKind, channel: Channel): Template => {
  const byChannel = (sms: Template, email: Template): Template => (channel === 'sms' ? sms : email)
  if (kind === 'link') return byChannel(linkSms, linkEmail)
  if (kind === 'second_code') return byChannel(secondCodeSms, secondCodeEmail)
  if (kind === 'approver_request') return byChannel(approverSms, approverEmail)
  return kind === 'approver_named' ? approverNamedEmail : noticeTemplate(kind, channel)
}

/** The standard words of a message. */
export const standardText = (kind: MessageKind, channel: Channel, language: MessageLanguage): MessageText =>
  templateOf(kind, channel)[language]
