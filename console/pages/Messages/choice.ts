import type { MessagesPage, MessageTemplate } from '#api/contract/console-messages.ts'
import { fill, fillSms, type Slots, type MessageText } from '#domain/messages/message-text.ts'

/** Which message is looked at, as the address has it. */
export type Choice = { kind?: string; channel?: string; language?: string }

/** The message that the address names; the nearest one that there is. */
export const chosen = (page: MessagesPage, choice: Choice): MessageTemplate | undefined => {
  const ofKind = page.templates.filter(({ kind }) => kind === (choice.kind ?? 'link'))
  const some = ofKind.length > 0 ? ofKind : page.templates
  const ofChannel = some.filter(({ channel }) => channel === choice.channel)
  const left = ofChannel.length > 0 ? ofChannel : some
  return left.find(({ language }) => language === choice.language) ?? left[0]
}

/** The version that is sent now. */
export const inForce = (template: MessageTemplate): MessageText =>
  template.own?.messageText ?? template.standard

/** The sample with nothing left out. */
export const slotsOf = ({ sample }: Pick<MessageTemplate, 'sample'>): Slots => ({
  organisation: sample.organisation ?? '',
  link: sample.link ?? '',
  code: sample.code ?? '',
  minutes: sample.minutes ?? '',
  warning: sample.warning ?? '',
})

/** Words as they would arrive. */
export const filled = (messageText: MessageText, { channel, ...template }: MessageTemplate): MessageText => {
  const slots = slotsOf(template)
  return {
    subject: messageText.subject === null ? null : fill(messageText.subject, slots),
    text: (channel === 'sms' ? fillSms : fill)(messageText.text, slots),
  }
}
