import type { LabelBasis, StaffLabel } from '#domain/risk/calibration/case.ts'
import type { CohortDimension } from '#domain/risk/calibration/cohorts.ts'
import type { ListColumn } from '#domain/verification/list-columns.ts'
import { Base } from '#platform/database/model.ts'

/** A view of the list that a member of staff keeps. */
export class SavedView extends Base {
  static override tableName = 'saved_views'
  static override jsonAttributes = ['query']

  declare id: string
  declare staffId: string
  declare name: string
  declare query: Readonly<Record<string, string>>
  declare columns: ListColumn[] | null
  declare createdAt: Date
}

/** A remark that a member of staff makes afterwards, about a case or a group. */
class Remark extends Base {
  declare id: string
  declare reason: string
  declare byId: string
  declare byName: string
  declare at: Date
}

/** A label says what a case was. */
export class Label extends Remark {
  static override tableName = 'labels'

  declare verificationId: string
  declare label: StaffLabel
  declare basis: LabelBasis
}

/** That testers played a case, or that they did not. */
export class ExerciseMark extends Remark {
  static override tableName = 'exercises'

  declare verificationId: string
  declare isExercise: boolean
}

/** That a group may be suspected more often. */
export class GroupDecision extends Remark {
  static override tableName = 'cohort_decisions'

  declare dimension: CohortDimension
  declare value: string
}

/** The participant's view on how easy it was; the newest one replaces the older one. */
export class Feedback extends Base {
  static override tableName = 'feedback'
  static override idColumn = ['tenantId', 'verificationId']

  declare verificationId: string
  declare rating: 'easy' | 'hard'
  declare commentSealed: Buffer | null
  declare at: Date
}
