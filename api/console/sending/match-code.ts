import { readWaitingAction } from '#services/actions/wait-before-grant.ts'
import { readMatchChallenge, type CaseHead } from '#services/verifications/verifications.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { matchCode as codeOf } from '#platform/crypto/match-code.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { phraseWordsOf } from '../../phrase-words.ts'
import { caseToSteer, requireLegal } from './steering.ts'

/**
 * The ordinal of the link whose code is read out: the case's own, or the one by which a participant comes back (F3).
 */
const ordinalOf = async (tx: Tx, head: CaseHead): Promise<number> => {
  const waiting = await readWaitingAction(tx, head.id)
  if (waiting?.state === 'awaiting_participant') return waiting.linkOrdinal
  requireLegal(head, 'open')
  return head.linkOrdinal
}

/** The six digits for the agent to read out: derived now, stored nowhere (C2). */
export const matchCode = ({ db, keys }: ApiDeps) =>
  bind('console.matchCode', ({ staff, params }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const head = await caseToSteer(tx, staff, params.verificationId)
      const ordinal = await ordinalOf(tx, head)
      const challenge = await readMatchChallenge(tx, head.id, ordinal)
      if (challenge === undefined || challenge.isExpired || challenge.isAccepted)
        throw new Refused('state_does_not_allow', { state: head.state })
      const triesLeft = Math.max(0, challenge.maxTries - challenge.tries)
      if (triesLeft === 0) throw new Refused('code_exhausted')
      const of = { tenantId: staff.tenantId, verificationId: head.id, ordinal }
      return {
        code: codeOf(keys, of),
        phrase: phraseWordsOf(head.id),
        linkOrdinal: ordinal,
        expiresAt: challenge.expiresAt.toISOString(),
        triesLeft,
      }
    }),
  )
