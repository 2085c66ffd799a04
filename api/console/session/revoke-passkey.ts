import { removePasskey } from '#services/passkeys/passkeys.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { actorOf, requireNotOwn } from '../scope.ts'

/** A supervisor takes a participant's passkey away, with a reason; evidence that it gave to an open case goes with it. */
export const revokePasskey = ({ db }: ApiDeps) =>
  bind('console.revokePasskey', async ({ staff, params: { personId, passkeyId }, body: { reason } }) => {
    await inTenant(db, staff.tenantId, async (tx) => {
      await requireNotOwn(tx, staff, personId)
      const by = { staffId: staff.staffId, reason }
      if (!(await removePasskey(tx, { personId, passkeyId }, by))) throw new Refused('not_found')
      await notify(tx, 'person', personId)
      await recordEvents(tx, actorOf(staff), null, [
        { type: 'passkey.removed', object: { kind: 'person', id: personId }, payload: { passkeyId, reason } },
      ])
    })
    return { done: true as const }
  })
