import { z } from 'zod'
import { takeSealedInput, type SealedInput } from '#services/verifications/codes.ts'
import { takePasskeyChallenge } from '#services/passkeys/passkey-challenges.ts'
import {
  countPasskeyTry,
  giveUpPasskey,
  lockPasskeyRequest,
  provePasskey,
} from '#services/passkeys/passkey-requests.ts'
import { mostPasskeyTries, removePasskey, usablePasskeys } from '#services/passkeys/passkeys.ts'
import { completePlan } from '#services/questions/plans.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { openForWorker } from '#platform/crypto/sealed-inputs.ts'
import { challengeHash, challengeOf, relyingPartyOf, verifyAssertion } from '#platform/crypto/webauthn.ts'
import type { PasskeyAnswer } from '#workflows/messages.ts'
import type { AcceptPasskeyInput } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../../ports.ts'
import { recordEvidence } from './record-evidence.ts'

type Deps = Pick<ActivityDeps, 'db' | 'keys' | 'portalUrl' | 'log'>

/** The API sealed this: the portal session that asked, and its authenticator's answer. */
const PasskeyInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('not_at_hand') }),
  z.strictObject({
    kind: z.literal('assertion'),
    sessionId: z.uuid(),
    id: z.string(),
    clientDataJSON: z.string(),
    authenticatorData: z.string(),
    signature: z.string(),
  }),
])
type Assertion = Extract<z.infer<typeof PasskeyInput>, { kind: 'assertion' }>

/**
 * Judges what the participant's authenticator answered. Here and not in the API, whose database role cannot write evidence.
 * Good, or not at hand, it completes the plan; a try that fails leaves the page as it is, until the tries are used up.
 */
export const createAcceptPasskey =
  (deps: Deps) =>
  (input: AcceptPasskeyInput): Promise<PasskeyAnswer> =>
    inTenant(deps.db, input.case.tenantId, async (tx) => {
      const { verificationId } = input.case
      const sealed = await takeSealedInput(tx, input.inputId, verificationId, 'passkey')
      const request = await lockPasskeyRequest(tx, verificationId)
      if (request === undefined) return { isOver: false, refusal: 'step_over', triesLeft: 0 }
      const triesLeft = Math.max(0, mostPasskeyTries - request.tries)
      // The same input again finds what the first did; only wrong answers use the tries up.
      if (request.isProven) return { isOver: true, refusal: null, triesLeft }
      if (request.isGivenUp)
        return { isOver: true, refusal: triesLeft === 0 ? 'passkey_refused' : null, triesLeft }
      if (sealed === undefined) return { isOver: false, refusal: 'passkey_refused', triesLeft }
      const said = openInput(deps, input, sealed)
      if (said.kind === 'not_at_hand') return giveUp(tx, input, triesLeft)
      return judge(deps, tx, input, said, request.tries)
    })

const openInput = (deps: Deps, input: AcceptPasskeyInput, { sealed }: SealedInput) => {
  const { tenantId, verificationId } = input.case
  const place = { tenantId, verificationId, kind: 'passkey', row: input.inputId } as const
  return PasskeyInput.parse(JSON.parse(openForWorker(deps.keys, place, sealed).toString('utf8')))
}

const giveUp = async (tx: Tx, input: AcceptPasskeyInput, triesLeft: number): Promise<PasskeyAnswer> => {
  const { verificationId } = input.case
  await giveUpPasskey(tx, verificationId)
  await completePlan(tx, verificationId, 'passkey_not_at_hand')
  await recordEvidence(tx, input, 'passkey.given_up', {})
  return { isOver: true, refusal: null, triesLeft }
}

/** The passkey that answered rightly, that its key was copied, or nothing. Its challenge is used up in any case. */
const proofOf = async (deps: Deps, tx: Tx, input: AcceptPasskeyInput, said: Assertion) => {
  const party = relyingPartyOf(deps.portalUrl)
  const challenge = challengeOf(said)
  const at = { sessionId: said.sessionId, use: 'prove' } as const
  const isOpen = await takePasskeyChallenge(tx, at, challengeHash(challenge))
  if (party === null || !isOpen) return null
  const passkeys = await usablePasskeys(tx, deps.keys, input.case.personId)
  const passkey = passkeys.find(({ credential }) => credential.id === said.id)
  if (passkey === undefined) return null
  const result = await verifyAssertion(said, challenge, party, passkey)
  return result.kind === 'refused' ? null : { passkey, result }
}

const judge = async (
  deps: Deps,
  tx: Tx,
  input: AcceptPasskeyInput,
  said: Assertion,
  tries: number,
): Promise<PasskeyAnswer> => {
  const { verificationId, personId } = input.case
  const proof = await proofOf(deps, tx, input, said)
  if (proof?.result.kind === 'good') {
    await provePasskey(tx, verificationId, { id: proof.passkey.id, signCount: proof.result.signCount })
    await completePlan(tx, verificationId, 'passkey')
    await recordEvidence(tx, input, 'passkey.tried', {
      accepted: true,
      tries: tries + 1,
      passkeyId: proof.passkey.id,
    })
    return { isOver: true, refusal: null, triesLeft: mostPasskeyTries - tries - 1 }
  }
  if (proof !== null) {
    const at = { personId, passkeyId: proof.passkey.id }
    await removePasskey(tx, at, { staffId: null, reason: 'counter_went_back' })
    await recordEvidence(tx, input, 'passkey.clone_suspected', { passkeyId: proof.passkey.id })
    deps.log.warn('the counter of a passkey went back: it is taken away', { verificationId })
  }
  const triesLeft = await countPasskeyTry(tx, verificationId)
  await recordEvidence(tx, input, 'passkey.tried', { accepted: false, tries: tries + 1 })
  if (triesLeft === 0) await completePlan(tx, verificationId, 'passkey_not_at_hand')
  return { isOver: triesLeft === 0, refusal: 'passkey_refused', triesLeft }
}
