import {
  areCodesExhausted,
  countTry,
  lastOrdinal,
  lockChallenge,
  takeSealedInput,
  type Challenge,
  type SealedInput,
} from '#services/verifications/codes.ts'
import { completePlan } from '#services/questions/plans.ts'
import { readPolicy } from '#services/policy/policies.ts'
import { askForCodeAgain, codeAskOf, giveUpCode } from '#services/sending/refused-codes.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { matchCode, sameCode } from '#platform/crypto/match-code.ts'
import { openForWorker } from '#platform/crypto/sealed-inputs.ts'
import type { SecondCodeAnswer } from '#workflows/messages.ts'
import type { AcceptSecondCodeAnswer, AcceptSecondCodeInput } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../../ports.ts'
import { recordEvidence } from './record-evidence.ts'
import { secondCodeOrdinal } from '../deliver-second-code.ts'

type Deps = Pick<ActivityDeps, 'db' | 'keys'>

/**
 * Judges the code that went to a different contact: right, it completes the plan. Where it was not sent, or did not arrive, the
 * input says what the participant wants: another one, to a contact of their choice, or to continue without it.
 */
export const createAcceptSecondCode =
  (deps: Deps) =>
  (input: AcceptSecondCodeInput): Promise<AcceptSecondCodeAnswer> =>
    inTenant(deps.db, input.case.tenantId, async (tx) => {
      const { verificationId } = input.case
      const sealed = await takeSealedInput(tx, input.inputId, verificationId, 'second_code')
      const said = sealed && openInput(deps, input, sealed)
      // An input that is used up: what the first run did is known by its id.
      const wish = said === undefined ? await codeAskOf(tx, verificationId, input.inputId) : said
      const ask = askOf(wish)
      if (ask !== null) return again(tx, input, ask.contactId, said === undefined)
      if (wish === 'without') return without(tx, input, said === undefined)
      return judge(deps, tx, input, said)
    })

const over = { accepted: false, reason: 'step_over', triesLeft: 0 } as const

/** "again", or "again" with a contact that the participant chose; null: something else was said. */
const askOf = (said: string | null): { readonly contactId: string | null } | null => {
  const [word, contactId = null] = said?.split(' ') ?? []
  return word === 'again' ? { contactId } : null
}

const again = async (
  tx: Tx,
  { case: { verificationId }, inputId }: AcceptSecondCodeInput,
  contactId: string | null,
  isCounted: boolean,
): Promise<AcceptSecondCodeAnswer> =>
  isCounted || (await askForCodeAgain(tx, verificationId, { id: inputId, contactId }))
    ? { asksAgain: true }
    : over

const without = async (
  tx: Tx,
  input: AcceptSecondCodeInput,
  isGivenUp: boolean,
): Promise<AcceptSecondCodeAnswer> => {
  if (isGivenUp) return { accepted: true }
  if (!(await giveUpCode(tx, input.case.verificationId, input.inputId))) return over
  await recordEvidence(tx, input, 'second_code.given_up', {})
  return { accepted: true }
}

const judge = async (
  deps: Deps,
  tx: Tx,
  input: AcceptSecondCodeInput,
  typed: string | undefined,
): Promise<SecondCodeAnswer> => {
  const { verificationId } = input.case
  const ordinal = await lastOrdinal(tx, verificationId, 'second')
  const key = { verificationId, kind: 'second', ordinal } as const
  const challenge = await lockChallenge(tx, key)
  if (challenge === undefined) return over
  // The same input again finds its own success, or a try that was counted already.
  if (challenge.isAccepted) return { accepted: true }
  const triesLeft = Math.max(0, challenge.maxTries - challenge.tries)
  const problem = await problemOf(tx, input, challenge)
  if (problem !== null) return { accepted: false, reason: problem, triesLeft }
  if (typed === undefined) return { accepted: false, reason: 'code_wrong', triesLeft }
  const accepted = isRight(deps, input, ordinal, typed)
  await countTry(tx, key, input.case.personId, accepted)
  if (accepted) await completePlan(tx, verificationId, 'second_code')
  await recordEvidence(tx, input, 'second_code.tried', { accepted, tries: challenge.tries + 1 })
  if (accepted) return { accepted: true }
  return {
    accepted: false,
    reason: triesLeft > 1 ? 'code_wrong' : 'code_exhausted',
    triesLeft: triesLeft - 1,
  }
}

const problemOf = async (tx: Tx, input: AcceptSecondCodeInput, challenge: Challenge) => {
  if (challenge.isExpired) return 'step_over'
  if (challenge.tries >= challenge.maxTries) return 'code_exhausted'
  const policy = await readPolicy(tx, input.case.policyVersion)
  const caps = policy.limits.codeTriesPerParticipant
  const isOver = await areCodesExhausted(tx, input.case.personId, caps)
  return isOver ? 'code_exhausted' : null
}

const openInput = ({ keys }: Deps, input: AcceptSecondCodeInput, { sealed }: SealedInput): string => {
  const { tenantId, verificationId } = input.case
  const place = { tenantId, verificationId, kind: 'second_code', row: input.inputId } as const
  return openForWorker(keys, place, sealed).toString('utf8')
}

const isRight = ({ keys }: Deps, input: AcceptSecondCodeInput, ordinal: number, typed: string): boolean => {
  const { tenantId, verificationId } = input.case
  return sameCode(typed, matchCode(keys, { tenantId, verificationId, ordinal: secondCodeOrdinal(ordinal) }))
}
