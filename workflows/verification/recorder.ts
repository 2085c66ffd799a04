import type { DeliveryReport } from '../messages.ts'
import type { VerificationRun } from './run.ts'
import type { VerificationActivities } from './activity-types.ts'

/**
 * Stores what the run has moved since the last record: all of it in one activity, one at a time, in order.
 * The main loop calls it, so no second writing activity can be in flight.
 */
export const record = async (
  run: VerificationRun,
  activities: Pick<VerificationActivities, 'recordTransition'>,
  deliveryReports: readonly DeliveryReport[] = [],
): Promise<void> => {
  if (run.unrecorded.length === 0 && deliveryReports.length === 0) return
  const { snapshot, unrecorded } = run
  await activities.recordTransition({
    case: run.case,
    snapshot,
    moves: unrecorded,
    ...(deliveryReports.length > 0 ? { deliveryReports } : {}),
  })
  run.recorded(snapshot.seq)
}
