import { Base } from '#platform/database/model.ts'

/** The columns of every naming: by one admin, accepted by another, in force a day later, ended (D13, T9). */
class Naming extends Base {
  declare id: string
  declare reason: string
  declare namedBy: string
  declare namedByName: string
  declare namedAt: Date
  declare acceptedBy: string | null
  declare acceptedByName: string | null
  declare acceptedAt: Date | null
  declare effectiveAt: Date | null
  declare endedBy: string | null
  declare endedByName: string | null
  declare endedAt: Date | null
}

/** A person who is named to vouch, for a person or a team. */
export class ApproverNaming extends Naming {
  static override tableName = 'named_approvers'

  declare approverId: string
  declare personId: string | null
  declare team: string | null
  declare acceptReason: string | null
  declare endReason: string | null
}

/** A member of staff who is named to give second approvals. */
export class SecondApproverNaming extends Naming {
  static override tableName = 'second_approvers'

  declare staffId: string
}

/** The e-mail to a person whose naming is in force. */
export class NamingMail extends Base {
  static override tableName = 'naming_notices'
  static override idColumn = ['tenantId', 'namingId']

  declare namingId: string
  declare status: 'waiting' | 'begun' | 'sent' | 'refused' | 'unknown'
  declare notBefore: Date
}
