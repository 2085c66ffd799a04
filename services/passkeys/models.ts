import { Base } from '#platform/database/model.ts'

/** A passkey of a participant. Whether it counts as evidence follows from more than its row (`passkeyCounts`). */
export class Passkey extends Base {
  static override tableName = 'passkeys'

  declare id: string
  declare personId: string
  declare credentialSealed: Buffer
  declare createdAt: Date
  declare removedAt: Date | null
  declare removedBy: string | null
  declare removeReason: string | null
}

/** An open challenge of a session, for one use of a kind. */
export class PasskeyChallenge extends Base {
  static override tableName = 'passkey_challenges'
  static override idColumn = ['tenantId', 'sessionId', 'kind']

  declare sessionId: string
  declare kind: string
  declare challengeHash: Buffer
  declare expiresAt: Date
}
