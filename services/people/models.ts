import { Model, type RelationMappings } from 'objection'
import type { Tier } from '#domain/verification/verification.ts'
import { Base } from '#platform/database/model.ts'

/** A row of the directory's people. What looks at a person reads `Person` (people.ts), by a prepared statement. */
export class PersonRow extends Base {
  static override tableName = 'people'

  declare id: string
  declare displayName: string
  declare tier: Tier
  declare isTierFromDirectory: boolean
  declare refreshedAt: Date
}

/** A contact on file. */
export class Contact extends Base {
  static override tableName = 'contacts'

  declare id: string
  declare personId: string
  declare kind: 'phone' | 'email'
  declare label: 'work' | 'mobile' | 'private' | 'home'
  declare valueSealed: Buffer
  declare valueIndex: Buffer
  declare masked: string
  declare lineType: string | null
  declare source: string
  declare firstSeenAt: Date
  declare lastChangedAt: Date
  declare removedAt: Date | null
}

/** A contact that was shown in full to a member of staff (D10). */
export class Reveal extends Base {
  static override tableName = 'contact_reveals'
  static override relationMappings: RelationMappings = {
    person: {
      relation: Model.BelongsToOneRelation,
      modelClass: PersonRow,
      join: {
        from: ['contact_reveals.tenantId', 'contact_reveals.personId'],
        to: ['people.tenantId', 'people.id'],
      },
    },
  }

  declare id: string
  declare personId: string
  declare contactId: string
  declare contactMasked: string
  declare staffId: string
  declare staffName: string
  declare reason: string
  declare at: Date
}

/** An account on the list "never via the help desk" (D3). */
export class ProtectedAccount extends Base {
  static override tableName = 'protected_accounts'

  declare id: string
  declare personId: string
  declare reason: string
  declare addedBy: string | null
  declare addedByName: string
  declare offAskedBy: string | null
  declare offAskedByName: string | null
  declare offReason: string | null
  declare offAskedAt: Date | null
  declare offBy: string | null
  declare offByName: string | null
  declare offAt: Date | null
}

/** The progress of reading one directory. */
export class DirectorySync extends Base {
  static override tableName = 'directory_syncs'
  static override idColumn = ['tenantId', 'directory']

  declare directory: string
  declare cursor: string | null
  declare syncedAt: Date | null
  declare triedAt: Date
  declare problem: string | null
  declare people: number
  declare heldPeople: number | null
  declare heldContacts: number | null
  declare heldSince: Date | null
  declare acceptedPeople: number | null
  declare acceptedContacts: number | null
  declare offers: readonly string[] | null
  declare logUntil: Date | null
  declare logReadAt: Date | null
  declare logProblem: string | null
  declare logSignIns: number
}
