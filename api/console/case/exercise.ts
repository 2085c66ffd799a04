import { addExercise } from '#services/verifications/remarks.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { isOwnCase } from '#services/staff/staff.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { readCaseHead } from '#services/verifications/verifications.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { actorOf } from '../scope.ts'

/**
 * Marks a closed case as an exercise of the organisation's own testers, or takes the mark back: the impostor side of
 * calibration. It changes nothing about the case.
 */
export const exercise = ({ db }: ApiDeps) =>
  bind('console.exercise', async ({ staff, params: { verificationId }, body, operationId }) => {
    await inTenant(db, staff.tenantId, async (tx) => {
      const head = await readCaseHead(tx, verificationId)
      if (head === undefined) throw new Refused('not_found')
      if (await isOwnCase(tx, staff.personId, head.personId)) throw new Refused('own_case')
      if (head.state !== 'closed') throw new Refused('state_does_not_allow', { state: head.state })
      const isNew = await addExercise(tx, {
        id: operationId,
        verificationId,
        ...body,
        by: { id: staff.staffId, name: staff.name },
      })
      if (!isNew) return
      await notify(tx, 'verification', verificationId)
      await recordEvents(tx, actorOf(staff), verificationId, [
        {
          type: body.isExercise ? 'exercise.marked' : 'exercise.unmarked',
          object: { kind: 'verification', id: verificationId },
          payload: {},
        },
      ])
    })
    return { done: true as const }
  })
