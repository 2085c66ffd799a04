import { z } from 'zod'
import { mostSheetTries } from '#domain/recovery-sheet.ts'
import { asRecoveryCode } from '#domain/recovery-code.ts'
import { takeSealedInput, type SealedInput } from '#services/verifications/codes.ts'
import { readPolicy } from '#services/policy/policies.ts'
import { completePlan } from '#services/questions/plans.ts'
import {
  areSheetTriesUsedUp,
  countWrongCode,
  giveUpRecoveryCode,
  lockRecoveryCodeRequest,
  proveSheet,
  useCode,
} from '#services/recovery-sheets/recovery-code-requests.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { openForWorker } from '#platform/crypto/sealed-inputs.ts'
import type { RecoveryCodeAnswer } from '#workflows/messages.ts'
import type { AcceptRecoveryCodeInput } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../../ports.ts'
import { recordEvidence } from './record-evidence.ts'

type Deps = Pick<ActivityDeps, 'db' | 'keys'>

/** The API sealed this: a code that was typed without an error, or that the participant has none at hand. */
const CodeInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('not_at_hand') }),
  z.strictObject({ kind: z.literal('code'), code: z.string().max(40) }),
])

/**
 * Judges a code of the participant's printed sheet. Here and not in the API, whose database role cannot write evidence. Good,
 * or not at hand, it completes the plan; a wrong one leaves the page as it is, until the tries are used up. A person without a
 * sheet reads the same as one who typed a wrong code.
 */
export const createAcceptRecoveryCode =
  (deps: Deps) =>
  (input: AcceptRecoveryCodeInput): Promise<RecoveryCodeAnswer> =>
    inTenant(deps.db, input.case.tenantId, async (tx) => {
      const { verificationId } = input.case
      const sealed = await takeSealedInput(tx, input.inputId, verificationId, 'recovery_code')
      const request = await lockRecoveryCodeRequest(tx, verificationId)
      if (request === undefined) return { isOver: false, isWrong: false, triesLeft: 0 }
      const triesLeft = Math.max(0, mostSheetTries - request.tries)
      // The same input again finds what the first did; only wrong codes use the tries up.
      if (request.isProven || request.isGivenUp) return { isOver: true, isWrong: false, triesLeft }
      if (sealed === undefined) return { isOver: false, isWrong: true, triesLeft }
      const said = openInput(deps, input, sealed)
      if (said.kind === 'not_at_hand') return giveUp(tx, input, triesLeft)
      return judge(deps, tx, input, said.code, request.tries)
    })

const openInput = (deps: Deps, input: AcceptRecoveryCodeInput, { sealed }: SealedInput) => {
  const { tenantId, verificationId } = input.case
  const place = { tenantId, verificationId, kind: 'recovery_code', row: input.inputId } as const
  return CodeInput.parse(JSON.parse(openForWorker(deps.keys, place, sealed).toString('utf8')))
}

const giveUp = async (
  tx: Tx,
  input: AcceptRecoveryCodeInput,
  triesLeft: number,
): Promise<RecoveryCodeAnswer> => {
  const { verificationId } = input.case
  await giveUpRecoveryCode(tx, verificationId)
  await completePlan(tx, verificationId, 'recovery_code_not_at_hand')
  await recordEvidence(tx, input, 'recovery_code.given_up', {})
  return { isOver: true, isWrong: false, triesLeft }
}

const judge = async (
  deps: Deps,
  tx: Tx,
  input: AcceptRecoveryCodeInput,
  typed: string,
  tries: number,
): Promise<RecoveryCodeAnswer> => {
  const { verificationId, personId, policyVersion } = input.case
  const { lifetimes } = await readPolicy(tx, policyVersion)
  const code = asRecoveryCode(typed)
  const of = { personId, verificationId, restSeconds: lifetimes.sheetRest }
  const isLimited = await areSheetTriesUsedUp(tx, personId)
  const used = code === null || isLimited ? null : await useCode(tx, deps.keys, { ...of, code })
  if (used === null) return refuse(tx, input, tries)
  await proveSheet(tx, verificationId, used.sheetId)
  await completePlan(tx, verificationId, 'recovery_code')
  await recordEvidence(tx, input, 'recovery_code.tried', {
    accepted: true,
    tries: tries + 1,
    left: used.left,
  })
  return { isOver: true, isWrong: false, triesLeft: mostSheetTries - tries }
}

const refuse = async (tx: Tx, input: AcceptRecoveryCodeInput, tries: number): Promise<RecoveryCodeAnswer> => {
  const { verificationId, personId } = input.case
  const triesLeft = await countWrongCode(tx, verificationId)
  await recordEvidence(tx, input, 'recovery_code.tried', { accepted: false, tries: tries + 1 })
  const isOver = triesLeft === 0 || (await areSheetTriesUsedUp(tx, personId))
  if (isOver) {
    await giveUpRecoveryCode(tx, verificationId)
    await completePlan(tx, verificationId, 'recovery_code_not_at_hand')
  }
  return { isOver, isWrong: true, triesLeft }
}
