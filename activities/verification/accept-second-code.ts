import {
  areCodesExhausted,
  countTry,
  lastOrdinal,
  lockChallenge,
  takeSealedInput,
  type Challenge,
  type SealedInput,
} from '#platform/server/db/codes.ts'
import { completePlan } from '#platform/server/db/plans-write.ts'
import { readPolicy } from '#platform/server/db/policies.ts'
import { recordEvents, uuidOf } from '#platform/server/db/record-events.ts'
import { inTenant, type Tx } from '#platform/server/db/transaction.ts'
import { matchCode, sameCode } from '#platform/server/match-code.ts'
import { openForWorker } from '#platform/server/sealed-inputs.ts'
import type { SecondCodeAnswer } from '#workflows/messages.ts'
import type { AcceptSecondCodeInput } from '#workflows/verification/steps.ts'
import type { ActivityDeps } from '../ports.ts'
import { secondCodeOrdinal } from './deliver-second-code.ts'

/** Judges the code that went to a different contact. Right, it completes the plan. */
export const createAcceptSecondCode =
  (deps: Pick<ActivityDeps, 'db' | 'keys'>) =>
  (input: AcceptSecondCodeInput): Promise<SecondCodeAnswer> =>
    inTenant(deps.db, input.case.tenantId, async (tx) => {
      const { verificationId } = input.case
      const ordinal = await lastOrdinal(tx, verificationId, 'second')
      const key = { verificationId, kind: 'second', ordinal } as const
      const sealed = await takeSealedInput(tx, input.inputId, verificationId, 'second_code')
      const challenge = await lockChallenge(tx, key)
      if (challenge === undefined) return { accepted: false, reason: 'step_over', triesLeft: 0 }
      // The same input again finds its own success, or a try that was counted already.
      if (challenge.isAccepted) return { accepted: true }
      const triesLeft = Math.max(0, challenge.maxTries - challenge.tries)
      const problem = await problemOf(tx, input, challenge)
      if (problem !== null) return { accepted: false, reason: problem, triesLeft }
      if (sealed === undefined) return { accepted: false, reason: 'code_wrong', triesLeft }
      const accepted = isRight(deps, input, ordinal, sealed)
      await countTry(tx, key, input.case.personId, accepted)
      if (accepted) await completePlan(tx, verificationId, 'second_code')
      await recordTry(tx, input, accepted, challenge.tries + 1)
      if (accepted) return { accepted: true }
      return {
        accepted: false,
        reason: triesLeft > 1 ? 'code_wrong' : 'code_exhausted',
        triesLeft: triesLeft - 1,
      }
    })

const problemOf = async (tx: Tx, input: AcceptSecondCodeInput, challenge: Challenge) => {
  if (challenge.isExpired) return 'step_over'
  if (challenge.tries >= challenge.maxTries) return 'code_exhausted'
  const policy = await readPolicy(tx, input.case.policyVersion)
  const caps = policy.limits.codeTriesPerParticipant
  const isOver = await areCodesExhausted(tx, input.case.personId, caps)
  return isOver ? 'code_exhausted' : null
}

const isRight = (
  deps: Pick<ActivityDeps, 'keys'>,
  input: AcceptSecondCodeInput,
  ordinal: number,
  { sealed }: SealedInput,
): boolean => {
  const { tenantId, verificationId } = input.case
  const place = { tenantId, verificationId, kind: 'second_code', row: input.inputId } as const
  const typed = openForWorker(deps.keys, place, sealed).toString('utf8')
  return sameCode(
    typed,
    matchCode(deps.keys, { tenantId, verificationId, ordinal: secondCodeOrdinal(ordinal) }),
  )
}

const recordTry = (tx: Tx, input: AcceptSecondCodeInput, accepted: boolean, tries: number): Promise<void> =>
  recordEvents(
    tx,
    { kind: 'participant', id: input.case.personId },
    input.case.verificationId,
    [
      {
        type: 'second_code.tried',
        object: { kind: 'verification', id: input.case.verificationId },
        payload: { accepted, tries },
        occurredAt: input.at,
      },
    ],
    [uuidOf('second-code-tried', input.inputId)],
    'to_consoles',
  )
