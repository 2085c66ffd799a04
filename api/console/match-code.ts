import { readMatchChallenge } from '#platform/server/db/verifications-read.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { matchCode as codeOf } from '#platform/server/match-code.ts'
import { bind } from '../bind.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../errors.ts'
import { phraseWordsOf } from '../phrase-words.ts'
import { caseToSteer, requireLegal } from './steering.ts'

/** The six digits for the agent to read out: derived now, stored nowhere (security.md C2). */
export const matchCode = ({ db, keys }: ApiDeps) =>
  bind('console.matchCode', ({ staff, params }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const head = await caseToSteer(tx, staff, params.verificationId)
      requireLegal(head, 'open')
      const challenge = await readMatchChallenge(tx, head.id, head.linkOrdinal)
      if (challenge === undefined || challenge.isExpired || challenge.isAccepted)
        throw new Refused('state_does_not_allow', { state: head.state })
      const triesLeft = Math.max(0, challenge.maxTries - challenge.tries)
      if (triesLeft === 0) throw new Refused('code_exhausted')
      const of = { tenantId: staff.tenantId, verificationId: head.id, ordinal: head.linkOrdinal }
      return {
        code: codeOf(keys, of),
        phrase: phraseWordsOf(head.id),
        linkOrdinal: head.linkOrdinal,
        expiresAt: challenge.expiresAt.toISOString(),
        triesLeft,
      }
    }),
  )
