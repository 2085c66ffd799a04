import { maySecond } from '#domain/policy/second-approval.ts'
import { may, type Role } from '#domain/roles.ts'
import { queueKindOf, type QueueKind } from '#domain/verification/queue.ts'
import { readWaitingCases, type WaitingCase } from '#services/verifications/queue.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { QueueItem } from '../../contract/console-queue.ts'
import type { ApiDeps } from '../../deps.ts'
import { instructionFor } from '../case/instruction.ts'
import { excludedPeople } from '../scope.ts'

/** At most so many are shown at once. */
const mostItems = 100

const mayGiveSecond = (one: WaitingCase, role: Role): boolean => {
  const { first, isLinked, toStarter, isInStartersLine } = one
  if (first === null) return false
  const person = { role, isLinked, toStarter, isInStartersLine, toFirst: first.toFirst }
  // The page of the case tells if the rule names a supervisor.
  return maySecond({ ...person, maySecond: one.isNamedSecond || may(role, 'verifications.second') }, first, {
    deciders: 'agent',
  }).ok
}

const itemOf = (one: WaitingCase, kind: QueueKind, role: Role): QueueItem => ({
  kind,
  ...{ id: one.id, participant: one.participant, purpose: one.purpose, ticket: one.ticket, band: one.band },
  ...{ referrerName: one.referrerName, since: one.since },
  until: one.first?.expiresAt ?? one.expiresAt,
  firstBy: one.first?.byName ?? null,
  instruction: instructionFor(one.instruction, role),
})

/** Cases that wait for the caller: their decision, their second approval, or an escalation; what waits longest first. */
export const queue = ({ db }: ApiDeps) =>
  bind('console.queue', async ({ staff }) => {
    const waiting = await inTenant(db, staff.tenantId, async (tx) =>
      readWaitingCases(tx, staff.staffId, await excludedPeople(tx, staff)),
    )
    const items = waiting.flatMap((one) => {
      const isStarter = one.toStarter === 'same'
      const ties = {
        isStarter,
        hasFirst: one.first !== null,
        mayGiveSecond: mayGiveSecond(one, staff.role),
      }
      const kind = queueKindOf({ ...one, ...ties }, staff.role)
      return kind === null ? [] : [itemOf(one, kind, staff.role)]
    })
    return { items: items.slice(0, mostItems), more: items.length > mostItems }
  })
