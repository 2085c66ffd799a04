import type { StaffLabel } from '#domain/risk/calibration/case.ts'
import { addLabel } from '#services/verifications/remarks.ts'
import { readSample } from '#services/verifications/review.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { readCaseHead } from '#services/verifications/verifications.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { actorOf, excludedPeople, requireNotOwn } from '../scope.ts'

/**
 * The label of somebody who saw no outcome: a genuine participant who was refused was refused falsely.
 * @throws Refused not_permitted: nobody asked them to look at this case again
 */
const reviewed = async (tx: Tx, staff: StaffCaller, id: string, label: StaffLabel): Promise<StaffLabel> => {
  const sample = await readSample(tx, staff.staffId, await excludedPeople(tx, staff))
  const found = sample.find((one) => one.id === id)
  if (found === undefined) throw new Refused('not_permitted')
  return label === 'genuine' && found.outcome === 'failed' ? 'false_refusal' : label
}

/** A label for calibration; it never changes a decision. Only on closed cases, and from the review only on its sample. */
export const label = ({ db }: ApiDeps) =>
  bind('console.label', async ({ staff, params, body, operationId }) => {
    const { verificationId } = params
    await inTenant(db, staff.tenantId, async (tx) => {
      const head = await readCaseHead(tx, verificationId)
      if (head === undefined) throw new Refused('not_found')
      await requireNotOwn(tx, staff, head.personId)
      if (head.state !== 'closed') throw new Refused('state_does_not_allow', { state: head.state })
      const given =
        body.basis === 'review' ? await reviewed(tx, staff, verificationId, body.label) : body.label
      const isNew = await addLabel(tx, {
        id: operationId,
        verificationId,
        ...body,
        label: given,
        byId: staff.staffId,
        byName: staff.name,
      })
      if (!isNew) return
      await notify(tx, 'verification', verificationId)
      await recordEvents(tx, actorOf(staff), verificationId, [
        {
          type: 'label.given',
          object: { kind: 'verification', id: verificationId },
          payload: { label: given },
        },
      ])
    })
    return { done: true as const }
  })
