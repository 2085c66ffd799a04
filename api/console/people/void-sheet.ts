import { voidSheet as endSheet } from '#services/recovery-sheets/recovery-sheets.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { actorOf, requireNotOwn } from '../scope.ts'

/** Ends a person's printed sheet, with a reason, such as when they lost it; evidence that it gave to an open case goes with it. */
export const voidSheet = ({ db }: ApiDeps) =>
  bind('console.voidSheet', async ({ staff, params: { personId, sheetId }, body: { reason } }) => {
    await inTenant(db, staff.tenantId, async (tx) => {
      await requireNotOwn(tx, staff, personId)
      const by = { staffId: staff.staffId, reason }
      if (!(await endSheet(tx, { personId, sheetId }, by))) throw new Refused('not_found')
      await notify(tx, 'person', personId)
      await recordEvents(tx, actorOf(staff), null, [
        {
          type: 'recovery_sheet.voided',
          object: { kind: 'person', id: personId },
          payload: { sheetId, reason },
        },
      ])
    })
    return { done: true as const }
  })
