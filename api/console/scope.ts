import { may } from '#domain/roles.ts'
import type { Actor } from '#domain/verification/verification.ts'
import type { Viewer } from '#services/verifications/verifications.ts'
import { isOwnCase, ownPeople } from '#services/staff/staff.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { StaffCaller } from '../http/callers.ts'
import { Refused } from '../http/errors.ts'

/** The caller as the actor of an event. */
export const actorOf = (staff: StaffCaller): Extract<Actor, { kind: 'agent' }> => ({
  kind: 'agent',
  id: staff.staffId,
  name: staff.name,
})

/** Roles that handle cases and so may not see their own, their manager's or their reports' (D7). */
const handlesCases = (staff: StaffCaller): boolean => staff.role === 'agent' || staff.role === 'supervisor'

/** People whose cases this caller may neither see nor handle. */
export const excludedPeople = async (tx: Tx, staff: StaffCaller): Promise<readonly string[]> =>
  handlesCases(staff) ? ownPeople(tx, staff.personId) : []

/** A row may hold this for this caller. */
export const viewerOf = (staff: StaffCaller, excluded: readonly string[]): Viewer => ({
  isAgent: staff.role === 'agent',
  scores: may(staff.role, 'scores.read'),
  excluded,
})

/** @throws Refused own_case */
export const requireNotOwn = async (tx: Tx, staff: StaffCaller, personId: string): Promise<void> => {
  if (handlesCases(staff) && (await isOwnCase(tx, staff.personId, personId))) throw new Refused('own_case')
}
