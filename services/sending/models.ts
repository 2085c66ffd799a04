import type { Language } from '#domain/languages.ts'
import type { MessageKind } from '#domain/messages/kinds.ts'
import type { Channel } from '#domain/verification/verification.ts'
import { Base } from '#platform/database/model.ts'

/** An organisation's own text of one message; never changed once it was accepted or ended (D15). */
export class OwnText extends Base {
  static override tableName = 'message_texts'

  declare id: string
  declare kind: MessageKind
  declare channel: Channel
  declare language: Language
  declare subject: string | null
  declare text: string | null
  declare reason: string
  declare proposedBy: string
  declare proposedByName: string
  declare acceptedBy: string | null
  declare acceptedByName: string | null
  declare acceptedAt: Date | null
  declare endedBy: string | null
  declare endedByName: string | null
  declare endedAt: Date | null
}

/** A message that an admin sends to their own contact. */
export class TestSend extends Base {
  static override tableName = 'test_messages'

  declare id: string
  declare staffId: string
  declare kind: MessageKind
  declare channel: Channel
  declare language: Language
  declare textId: string | null
  declare status: 'waiting' | 'begun' | 'sent' | 'refused' | 'unknown'
  declare errorCode: string | null
  declare notBefore: Date
  declare createdAt: Date
  declare finishedAt: Date | null
}
