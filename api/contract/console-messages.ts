import { z } from 'zod'
import { languages } from '#domain/languages.ts'
import { messageKinds, placeholders, type MessageKind } from '#domain/messages/kinds.ts'
import { longestTexts } from '#domain/messages/message-text.ts'
import { Channel, Id, Instant, StaffText } from './common.ts'

const Kind = z.enum(messageKinds as [MessageKind, ...MessageKind[]])
const Language = z.enum(languages)
const MessageText = z.strictObject({ subject: z.string().nullable(), text: z.string() })
const StaffName = z.strictObject({ id: Id, name: z.string() })

/** Which message: one text each. */
const Of = { kind: Kind, channel: Channel, language: Language }

/** An own text of a message, as it was proposed and decided; no words: back to the standard ones. */
export const MessageTextVersion = z.strictObject({
  id: Id,
  ...Of,
  state: z.enum(['proposed', 'in_force', 'replaced', 'declined', 'withdrawn']),
  messageText: MessageText.nullable(),
  reason: z.string(),
  proposedBy: StaffName,
  proposedAt: Instant,
  decidedBy: StaffName.nullable(),
  decidedAt: Instant.nullable(),
})
export type MessageTextVersion = z.infer<typeof MessageTextVersion>

/** One message with its standard words, and what the organisation made of them. */
export const MessageTemplate = z.strictObject({
  ...Of,
  standard: MessageText,
  own: MessageTextVersion.nullable(),
  proposal: MessageTextVersion.nullable(),
  /** The values that fill a preview. */
  sample: z.record(z.enum(placeholders), z.string()),
})
export type MessageTemplate = z.infer<typeof MessageTemplate>

/** A message that the caller sent to themself. */
export const TestMessage = z.strictObject({
  id: Id,
  ...Of,
  status: z.enum(['waiting', 'begun', 'sent', 'refused', 'unknown']),
  errorCode: z.string().nullable(),
  at: Instant,
})
export type TestMessage = z.infer<typeof TestMessage>

export const MessagesPage = z
  .strictObject({
    templates: z.array(MessageTemplate),
    /** Where a test of the caller's goes; null where they have no such contact, or the install sends none. */
    own: z.strictObject({ email: z.string().nullable(), sms: z.string().nullable() }),
    /** The install sends SMS. */
    sendsSms: z.boolean(),
    tests: z.array(TestMessage),
    /** The messages that the policy lets the organisation send, and how many of them are used. */
    budgets: z.array(z.strictObject({ max: z.int(), seconds: z.int(), used: z.int() })),
  })
  .meta({ id: 'MessagesPage' })
export type MessagesPage = z.infer<typeof MessagesPage>

export const MessageHistoryQuery = z.strictObject(Of)
export const MessageHistory = z
  .strictObject({ versions: z.array(MessageTextVersion).max(50) })
  .meta({ id: 'MessageHistory' })
export type MessageHistory = z.infer<typeof MessageHistory>

export const ProposeTextInput = z.strictObject({
  ...Of,
  /** Null: back to the standard words. What is wrong with words is answered field by field. */
  messageText: z
    .strictObject({
      subject: z
        .string()
        .max(longestTexts.subject * 2)
        .nullable(),
      text: z.string().max(longestTexts.email * 2),
    })
    .nullable(),
  reason: StaffText(500),
})
export type ProposeTextInput = z.infer<typeof ProposeTextInput>

export const TextParams = z.strictObject({ textId: Id })
export const DecideTextInput = z.strictObject({
  decision: z.enum(['accept', 'decline', 'withdraw']),
  reason: StaffText(500),
})

export const TestMessageInput = z.strictObject({
  ...Of,
  /** The words that wait for a second admin, instead of those in force. */
  proposed: z.boolean(),
})
