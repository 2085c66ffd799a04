import { lowerThreat as lower, raiseThreat as raise, readThreat } from '#services/policy/elevated-threats.ts'
import type { ElevatedThreat } from '#services/policy/elevated-threats.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { actorOf } from '../scope.ts'
import { requireAnother, requireLinked } from '../second-approvers/two-people.ts'

/** The threat that is on, as the contract shows it. */
export const threatShown = ({ reason, raisedBy, raisedAt, loweringAskedBy }: ElevatedThreat) => ({
  reason,
  raisedBy,
  raisedAt,
  loweringAskedBy,
})

/** Turns the elevated threat on: one person is enough, and the next decision knows of it (B16). */
export const raiseThreat = ({ db }: ApiDeps) =>
  bind('console.raiseThreat', ({ staff, body, operationId }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const isNew = await raise(tx, operationId, { id: staff.staffId, name: staff.name }, body.reason ?? '')
      const threat = await readThreat(tx)
      if (!isNew || threat === undefined) throw new Refused('threat_unchanged')
      await notify(tx, 'settings', staff.tenantId)
      await recordEvents(tx, actorOf(staff), null, [
        {
          type: 'threat.raised',
          object: { kind: 'tenant', id: staff.tenantId },
          payload: { id: operationId },
        },
      ])
      return threatShown(threat)
    }),
  )

/** Two people turn it off: the first asks, another person confirms (B16). */
export const lowerThreat = ({ db }: ApiDeps) =>
  bind('console.lowerThreat', ({ staff }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const threat = await readThreat(tx)
      if (threat === undefined) throw new Refused('threat_unchanged')
      requireLinked(staff)
      if (threat.loweringAskedBy !== null) await requireAnother(tx, staff, [threat.loweringAskedBy.id])
      const done = await lower(tx, { id: staff.staffId, name: staff.name })
      if (done === 'unchanged') throw new Refused('second_person_required')
      await notify(tx, 'settings', staff.tenantId)
      await recordEvents(tx, actorOf(staff), null, [
        {
          type: done === 'asked' ? 'threat.lowering_asked' : 'threat.lowered',
          object: { kind: 'tenant', id: staff.tenantId },
          payload: { id: threat.id },
        },
      ])
      return { isOn: done === 'asked' }
    }),
  )
