import { addLabel } from '#services/verifications/remarks.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { readCaseHead } from '#services/verifications/verifications.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { actorOf, requireNotOwn } from '../scope.ts'

/** A label for calibration; it never changes a decision. Only on closed cases. */
export const label = ({ db }: ApiDeps) =>
  bind('console.label', async ({ staff, params, body, operationId }) => {
    const { verificationId } = params
    await inTenant(db, staff.tenantId, async (tx) => {
      const head = await readCaseHead(tx, verificationId)
      if (head === undefined) throw new Refused('not_found')
      await requireNotOwn(tx, staff, head.personId)
      if (head.state !== 'closed') throw new Refused('state_does_not_allow', { state: head.state })
      const isNew = await addLabel(tx, {
        id: operationId,
        verificationId,
        ...body,
        byId: staff.staffId,
        byName: staff.name,
      })
      if (!isNew) return
      await notify(tx, 'verification', verificationId)
      await recordEvents(tx, actorOf(staff), verificationId, [
        {
          type: 'label.given',
          object: { kind: 'verification', id: verificationId },
          payload: { label: body.label },
        },
      ])
    })
    return { done: true as const }
  })
