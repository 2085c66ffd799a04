/**
 * The remarks of staff afterwards: labels of cases, cases that testers played (red team), and decisions on uneven
 * groups.
 */
import type { Tx } from '#platform/database/transaction.ts'
import { Label, ExerciseMark, GroupDecision } from './models.ts'
import type { CohortDimension } from '#domain/risk/calibration/cohorts.ts'

/** The label that a member of staff gives a case afterwards. */
export type NewLabel = Readonly<
  Pick<Label, 'id' | 'verificationId' | 'label' | 'reason' | 'basis' | 'byId' | 'byName'>
>

/** Stores a label; the same id again changes nothing. False: it is stored already. */
export const addLabel = (tx: Tx, label: NewLabel): Promise<boolean> => Label.add(tx, label)

/** The mark of a case. Time is ISO 8601 UTC. */
export type Exercise = {
  readonly isExercise: boolean
  readonly reason: string
  readonly byName: string
  readonly at: string
}

/** The newest mark of a case, or undefined. */
export const readExercise = (tx: Tx, verificationId: string): Promise<Exercise | undefined> =>
  tx.one<Exercise>(
    `select is_exercise as "isExercise", reason, by_name as "byName", iso_instant(at) as at from exercises
     where tenant_id = $1 and verification_id = $2 order by at desc, id limit 1`,
    [tx.tenantId, verificationId],
    'read_exercise',
  )

/** A mark, or its taking back. */
export type NewExercise = {
  readonly id: string
  readonly verificationId: string
  readonly isExercise: boolean
  readonly reason: string
  readonly by: { readonly id: string; readonly name: string }
}

/** Stores a mark; the same id again changes nothing. False: it is stored already. */
export const addExercise = (tx: Tx, { by, ...mark }: NewExercise): Promise<boolean> =>
  ExerciseMark.add(tx, { ...mark, byId: by.id, byName: by.name })

/** The reason why an organisation accepts that a group is suspected more often. Time is ISO 8601 UTC. */
export type CohortDecision = {
  readonly dimension: CohortDimension
  readonly value: string
  readonly reason: string
  readonly byName: string
  readonly at: string
}

/** The newest decision on each group. */
export const cohortDecisions = (tx: Tx): Promise<readonly CohortDecision[]> =>
  tx.query<CohortDecision>(
    `select distinct on (dimension, value) dimension, value, reason, by_name as "byName", iso_instant(at) as at
     from cohort_decisions where tenant_id = $1 order by dimension, value, at desc, id`,
    [tx.tenantId],
  )

/** A decision as it comes in. */
export type NewCohortDecision = Pick<CohortDecision, 'dimension' | 'value' | 'reason'> & {
  readonly id: string
  readonly by: { readonly id: string; readonly name: string }
}

/** Stores a decision; the same id again changes nothing. False: it is stored already. */
export const addCohortDecision = (tx: Tx, { by, ...decision }: NewCohortDecision): Promise<boolean> =>
  GroupDecision.add(tx, { ...decision, byId: by.id, byName: by.name })
