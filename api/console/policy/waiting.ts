import { notify } from '#platform/database/notify.ts'
import { endWaiting, readPair, type EarlyEnd } from '#services/policy/policy-delays.ts'
import { readVersion, scheduledVersion } from '#services/policy/policy-versions.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { tellAdmins } from '#services/staff/staff-notices.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { actorOf } from '../scope.ts'
import { requireAnother } from '../second-approvers/two-people.ts'

const end = async (tx: Tx, staff: StaffCaller, early: Omit<EarlyEnd, 'by'>) => {
  const by = { id: staff.staffId, name: staff.name }
  if ((await readVersion(tx, early.version)) === undefined) throw new Refused('not_found')
  if ((await scheduledVersion(tx))?.version !== early.version) throw new Refused('proposal_over')
  if (early.as === 'hastened') await requireAnother(tx, staff, await readPair(tx, early.version))
  const saved = await endWaiting(tx, { ...early, by })
  // Another admin was quicker.
  if (saved === undefined) throw new Refused('proposal_over')
  await notify(tx, 'settings', staff.tenantId)
  await tellAdmins(tx, {
    kind: early.as,
    about: String(early.version),
    byName: staff.name,
    takesEffectAt: null,
  })
  await recordEvents(tx, actorOf(staff), null, [
    {
      type: `policy.${early.as}`,
      object: { kind: 'policy', id: String(early.version) },
      payload: { ended: early.version, version: saved.version },
    },
  ])
  return saved
}

/** Calls off an accepted change before its time; one admin is enough, since the policy in force stays (D13). */
export const callOffPolicy = ({ db }: ApiDeps) =>
  bind('console.callOffPolicy', ({ staff, params, body }) =>
    inTenant(db, staff.tenantId, (tx) => end(tx, staff, { ...params, ...body, as: 'called_off' })),
  )

/** The emergency path: a third person puts an accepted change in force at once (D13). */
export const hastenPolicy = ({ db }: ApiDeps) =>
  bind('console.hastenPolicy', ({ staff, params, body }) =>
    inTenant(db, staff.tenantId, (tx) => end(tx, staff, { ...params, ...body, as: 'hastened' })),
  )
