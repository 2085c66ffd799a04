import type { Channel } from '#domain/verification/verification.ts'
import { approverEmail } from './templates/approver.email.ts'
import { approverSms } from './templates/approver.sms.ts'
import { linkEmail } from './templates/link.email.ts'
import { linkSms } from './templates/link.sms.ts'
import { noticeTemplate, type NoticeKind } from './templates/notices.ts'
import { secondCodeEmail } from './templates/second-code.email.ts'
import { secondCodeSms } from './templates/second-code.sms.ts'
import { languageOf, oneLine, type MessageSlots, type Rendered, type Template } from './templates/texts.ts'

/** Which message. */
export type MessageKind = 'link' | 'second_code' | 'approver_request' | NoticeKind

const templateOf = (kind: MessageKind, channel: Channel): Template => {
  if (kind === 'link') return channel === 'sms' ? linkSms : linkEmail
  if (kind === 'second_code') return channel === 'sms' ? secondCodeSms : secondCodeEmail
  if (kind === 'approver_request') return channel === 'sms' ? approverSms : approverEmail
  return noticeTemplate(kind, channel)
}

/** Writes a message in the recipient's language, English when there is no better one. */
export const compose = (
  kind: MessageKind,
  channel: Channel,
  language: string | null,
  slots: MessageSlots,
): Rendered => {
  const clean = { ...slots, organisation: oneLine(slots.organisation) }
  return templateOf(kind, channel)[languageOf(language)](clean)
}

/** The address of a page with its token in the fragment, which no server and no log ever sees (C9, C15). */
export const linkTo = (portalUrl: string, page: 'v' | 'not-me' | 'approve', token: string): string =>
  `${portalUrl}/${page}#${token}`
