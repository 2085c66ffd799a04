import { z } from 'zod'
import { messageKinds, messageLanguages, placeholders, type MessageKind } from '#domain/messages/kinds.ts'
import { longestWords } from '#domain/messages/words.ts'
import { Channel, Id, Instant, StaffText } from './common.ts'

const Kind = z.enum(messageKinds as [MessageKind, ...MessageKind[]])
const Language = z.enum(messageLanguages)
const Words = z.strictObject({ subject: z.string().nullable(), text: z.string() })
const StaffName = z.strictObject({ id: Id, name: z.string() })

/** Which message: one text each. */
const Of = { kind: Kind, channel: Channel, language: Language }

/** Own words of a message, as they were proposed and decided; no words: back to the standard ones. */
export const MessageWordsVersion = z.strictObject({
  id: Id,
  ...Of,
  state: z.enum(['proposed', 'in_force', 'replaced', 'declined', 'withdrawn']),
  words: Words.nullable(),
  reason: z.string(),
  proposedBy: StaffName,
  proposedAt: Instant,
  decidedBy: StaffName.nullable(),
  decidedAt: Instant.nullable(),
})
export type MessageWordsVersion = z.infer<typeof MessageWordsVersion>

/** One message with its standard words, and what the organisation made of them. */
export const MessageTemplate = z.strictObject({
  ...Of,
  standard: Words,
  own: MessageWordsVersion.nullable(),
  proposal: MessageWordsVersion.nullable(),
  /** What a preview is filled with. */
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
    /** What the policy lets the organisation send, and what of it is used. */
    budgets: z.array(z.strictObject({ max: z.int(), seconds: z.int(), used: z.int() })),
  })
  .meta({ id: 'MessagesPage' })
export type MessagesPage = z.infer<typeof MessagesPage>

export const MessageHistoryQuery = z.strictObject(Of)
export const MessageHistory = z
  .strictObject({ versions: z.array(MessageWordsVersion).max(50) })
  .meta({ id: 'MessageHistory' })
export type MessageHistory = z.infer<typeof MessageHistory>

export const ProposeWordsInput = z.strictObject({
  ...Of,
  /** Null: back to the standard words. What is wrong with words is answered field by field. */
  words: z
    .strictObject({
      subject: z
        .string()
        .max(longestWords.subject * 2)
        .nullable(),
      text: z.string().max(longestWords.email * 2),
    })
    .nullable(),
  reason: StaffText(500),
})
export type ProposeWordsInput = z.infer<typeof ProposeWordsInput>

export const WordsParams = z.strictObject({ wordsId: Id })
export const DecideWordsInput = z.strictObject({
  decision: z.enum(['accept', 'decline', 'withdraw']),
  reason: StaffText(500),
})

export const TestMessageInput = z.strictObject({
  ...Of,
  /** The words that wait for a second admin, instead of those in force. */
  proposed: z.boolean(),
})
