import type { Policy } from '#domain/policy/policy.ts'
import { Base } from '#platform/database/model.ts'

/** The document of a version or a proposal. */
type Document = Omit<Policy, 'version'>

/** One immutable version of an organisation's policy (D15). */
export class PolicyVersion extends Base {
  static override tableName = 'policies'
  static override idColumn = ['tenantId', 'version']
  static override jsonAttributes = ['document']

  declare version: number
  declare document: Document
  declare baseVersion: number | null
  declare savedBy: string
  declare savedByName: string | null
  declare reason: string | null
  declare savedAt: Date
  declare acceptedBy: string | null
  declare acceptedByName: string | null
  declare effectiveAt: Date
  declare endsVersion: number | null
  declare endedAs: 'called_off' | 'hastened' | null
  declare confirmedBy: string | null
  declare confirmedByName: string | null
}

/** A change that weakens, and waits for a second admin (D13). */
export class PolicyProposal extends Base {
  static override tableName = 'policy_proposals'
  static override jsonAttributes = ['document']

  declare id: string
  declare baseVersion: number
  declare document: Document
  declare reason: string
  declare weakened: readonly string[]
  declare proposedBy: string
  declare proposedByName: string
  declare proposedAt: Date
  declare expiresAt: Date
  declare state: 'open' | 'accepted' | 'declined' | 'withdrawn'
  declare decidedBy: string | null
  declare decidedByName: string | null
  declare decidedAt: Date | null
  declare decisionReason: string | null
  declare savedVersion: number | null
}

/** An elevated threat, from when one person raised it until two together lowered it (B16). */
export class RaisedThreat extends Base {
  static override tableName = 'elevated_threats'

  declare id: string
  declare reason: string
  declare raisedBy: string
  declare raisedByName: string
  declare raisedAt: Date
  declare loweringAskedBy: string | null
  declare loweringAskedByName: string | null
  declare loweringAskedAt: Date | null
  declare loweredBy: string | null
  declare loweredByName: string | null
  declare loweredAt: Date | null
}
