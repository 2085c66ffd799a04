import { notify } from '#platform/database/notify.ts'
import { saveFeedback } from '#services/verifications/portal-inputs.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { readCaseHead } from '#services/verifications/verifications.ts'
import { seal } from '#platform/crypto/sealing.ts'
import { bind } from '../http/bind.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../http/errors.ts'

/** Easy or hard, with an optional comment (sealed: E1). Shown and counted; it never changes a decision. */
export const feedback = ({ db, keys }: ApiDeps) =>
  bind('portal.feedback', async ({ participant, body }) => {
    const { tenantId, verificationId } = participant
    await inTenant(db, tenantId, async (tx) => {
      const head = await readCaseHead(tx, verificationId)
      if (head === undefined || (head.state !== 'closed' && participant.isLive))
        throw new Refused('step_over')
      const comment = body.comment === null || body.comment === '' ? null : body.comment.normalize('NFC')
      const place = { tenantId, table: 'feedback', column: 'comment_sealed', row: verificationId }
      const commentSealed = comment === null ? null : seal(keys, place, comment)
      await saveFeedback(tx, { verificationId, rating: body.rating, commentSealed })
      await notify(tx, 'verification', verificationId)
      await recordEvents(tx, { kind: 'participant', id: head.personId }, verificationId, [
        {
          type: 'feedback.given',
          object: { kind: 'verification', id: verificationId },
          payload: { rating: body.rating, hasComment: comment !== null },
        },
      ])
    })
    return undefined
  })
