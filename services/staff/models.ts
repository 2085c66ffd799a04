import type { ApiScope } from '#domain/api-scopes.ts'
import type { Role } from '#domain/roles.ts'
import { Base } from '#platform/database/model.ts'
import type { CountedKind } from './staff-counters.ts'

/** A member of staff. (issuer, subject) is who they are; the address is only shown. */
export class Staff extends Base {
  static override tableName = 'staff'

  declare id: string
  declare issuer: string
  declare subject: string
  declare email: string
  declare verifiedEmail: string | null
  declare displayName: string
  declare role: Role
  declare personId: string | null
  declare disabledAt: Date | null
}

/** A sign-in of staff, from its beginning to its end. */
export class StaffSession extends Base {
  static override tableName = 'staff_sessions'

  declare id: string
  declare staffId: string
  declare tokenHash: Buffer
  declare tokenMark: Buffer
  declare csrfHash: Buffer
  declare amr: readonly string[]
  declare authenticatedAt: Date | null
  declare steppedUpAt: Date | null
  declare country: string | null
  declare browserDigest: Buffer | null
  declare networkDigest: Buffer | null
  declare movedTo: Buffer | null
  declare startedAt: Date
  declare lastUsedAt: Date
  declare absoluteExpiresAt: Date
  declare endedAt: Date | null
}

/** A session that was used elsewhere than where it was signed in (F4). */
export class SessionMove extends Base {
  static override tableName = 'moved_sessions'

  declare id: string
  declare staffId: string
  declare staffName: string
  declare isEnded: boolean
  declare movedAt: Date
}

/** A passkey of a member of staff (F6). */
export class StaffKey extends Base {
  static override tableName = 'staff_passkeys'

  declare id: string
  declare staffId: string
  declare credentialIndex: Buffer
  declare credentialSealed: Buffer
  declare name: string
  declare signCount: number
  declare createdAt: Date
  declare lastUsedAt: Date | null
  declare removedAt: Date | null
  declare removeReason: 'own' | 'counter_went_back' | null
}

/** A limit that a member of staff or an API client reached (D8). */
export class LimitReached extends Base {
  static override tableName = 'staff_alarms'

  declare id: string
  declare staffId: string | null
  declare clientId: string | null
  declare staffName: string
  declare kind: CountedKind
  declare raisedAt: Date
}

/** An e-mail to a member of staff. */
export class StaffMail extends Base {
  static override tableName = 'staff_notices'

  declare id: string
  declare staffId: string
  declare kind: string
  declare about: string
  declare byName: string
  declare takesEffectAt: Date | null
  declare status: 'waiting' | 'begun' | 'sent' | 'refused' | 'unknown'
  declare tries: number
  declare notBefore: Date
  declare begunAt: Date | null
}

/** A system that calls by a key (E5). */
export class ApiClient extends Base {
  static override tableName = 'api_clients'

  declare id: string
  declare name: string
  declare scopes: readonly ApiScope[]
  declare keyHash: Buffer
  declare tokenMark: Buffer
  declare createdAt: Date
  declare lastUsedAt: Date | null
  declare expiresAt: Date
  declare revokedAt: Date | null
}
