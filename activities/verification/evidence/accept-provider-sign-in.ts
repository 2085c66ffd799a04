import { z } from 'zod'
import { isSignInFresh, signInStrength } from '#domain/risk/sign-in-strength.ts'
import { takeSealedInput, type SealedInput } from '#services/verifications/codes.ts'
import { caseOfLiveSession } from '#services/verifications/portal-sessions.ts'
import { readPolicy } from '#services/policy/policies.ts'
import {
  giveUpSignIn,
  isOwnAccount,
  lockSignInRequest,
  mostSignInTries,
  proveSignIn,
  refuseSignIn,
  type SignInProblem,
  type SignInRequest,
} from '#services/provider-sign-ins/provider-sign-ins.ts'
import { completePlan } from '#services/questions/plans.ts'
import { databaseNow } from '#platform/database/clock.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { openForWorker } from '#platform/crypto/sealed-inputs.ts'
import type { ProviderSignInAnswer } from '#workflows/messages.ts'
import type { AcceptProviderSignInInput } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../../ports.ts'
import { recordEvidence } from './record-evidence.ts'

type Deps = Pick<ActivityDeps, 'db' | 'keys' | 'log'>

/** The API sealed this after it checked the provider's answer: what the ID token says, never the token. */
const SignInInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('not_now') }),
  z.strictObject({ kind: z.literal('unanswered') }),
  z.strictObject({
    kind: z.literal('signed_in'),
    sessionId: z.uuid(),
    issuer: z.string(),
    account: z.string(),
    amr: z.array(z.string().max(60)).max(20),
    acr: z.string().max(200).nullable(),
    /** When the provider saw the person, and when this sign-in began; seconds since 1970. */
    authenticatedAt: z.number().nullable(),
    begunAt: z.number(),
  }),
])
type SignedIn = Extract<z.infer<typeof SignInInput>, { kind: 'signed_in' }>

/**
 * Judges a sign-in at the organisation's provider under the case's own policy. Here and not in the API, whose database
 * role cannot write evidence. Good, or not possible now, it completes the plan; any other leaves the page as it is,
 * until the tries are used up.
 */
export const createAcceptProviderSignIn =
  (deps: Deps) =>
  (input: AcceptProviderSignInInput): Promise<ProviderSignInAnswer> =>
    inTenant(deps.db, input.case.tenantId, async (tx) => {
      const { verificationId } = input.case
      const sealed = await takeSealedInput(tx, input.inputId, verificationId, 'provider_sign_in')
      const request = await lockSignInRequest(tx, verificationId)
      if (request === undefined) return { isOver: false, triesLeft: 0 }
      const triesLeft = Math.max(0, mostSignInTries - request.tries)
      // The same input again finds what the first did.
      if (request.isProven || request.isGivenUp) return { isOver: true, triesLeft }
      if (sealed === undefined) return { isOver: false, triesLeft }
      const said = openInput(deps, input, sealed)
      if (said.kind === 'not_now') return giveUp(tx, input, triesLeft)
      if (said.kind === 'unanswered') return refuse(tx, input, request, 'unanswered')
      return judge(deps, tx, input, request, said)
    })

const openInput = (deps: Deps, input: AcceptProviderSignInInput, { sealed }: SealedInput) => {
  const { tenantId, verificationId } = input.case
  const place = { tenantId, verificationId, kind: 'provider_sign_in', row: input.inputId } as const
  return SignInInput.parse(JSON.parse(openForWorker(deps.keys, place, sealed).toString('utf8')))
}

const giveUp = async (
  tx: Tx,
  input: AcceptProviderSignInInput,
  triesLeft: number,
): Promise<ProviderSignInAnswer> => {
  const { verificationId } = input.case
  await giveUpSignIn(tx, verificationId)
  await completePlan(tx, verificationId, 'provider_sign_in_not_possible')
  await recordEvidence(tx, input, 'provider_sign_in.given_up', {})
  return { isOver: true, triesLeft }
}

/** The reason why a sign-in of the participant's own account in this session is no proof; null: it is one. */
const staleOrWeak = async (
  tx: Tx,
  { case: { policyVersion } }: AcceptProviderSignInInput,
  { askedAt }: SignInRequest,
  said: SignedIn,
) => {
  const begunAt = Math.max(said.begunAt, askedAt.getTime() / 1000)
  const now = (await databaseNow(tx)).getTime() / 1000
  if (!isSignInFresh(said.authenticatedAt, begunAt, now)) return 'stale'
  const { signIn } = await readPolicy(tx, policyVersion)
  return signInStrength(said, signIn)
}

const judge = async (
  { log }: Deps,
  tx: Tx,
  input: AcceptProviderSignInInput,
  request: SignInRequest,
  said: SignedIn,
): Promise<ProviderSignInAnswer> => {
  const { verificationId, personId } = input.case
  const session = await caseOfLiveSession(tx, said.sessionId)
  if (session?.verificationId !== verificationId) return refuse(tx, input, request, 'unanswered')
  if (!(await isOwnAccount(tx, personId, said.issuer, said.account))) {
    log.warn('another person signed in on the page of a case', { verificationId })
    return refuse(tx, input, request, 'other_account')
  }
  const found = await staleOrWeak(tx, input, request, said)
  if (found === 'stale' || found === 'weak') return refuse(tx, input, request, found)
  const { account, amr: methods, acr } = said
  await proveSignIn(tx, verificationId, { account, methods, acr, strength: found })
  await completePlan(tx, verificationId, 'provider_sign_in')
  await recordEvidence(tx, input, 'provider_sign_in.tried', {
    ...{ accepted: true, tries: request.tries + 1, methods: [...methods], strength: found },
  })
  return { isOver: true, triesLeft: Math.max(0, mostSignInTries - request.tries - 1) }
}

const refuse = async (
  tx: Tx,
  input: AcceptProviderSignInInput,
  { tries }: SignInRequest,
  problem: SignInProblem,
): Promise<ProviderSignInAnswer> => {
  const { verificationId } = input.case
  const triesLeft = await refuseSignIn(tx, verificationId, problem)
  if (problem === 'other_account') await recordEvidence(tx, input, 'provider_sign_in.other_account', {})
  else if (problem !== 'unanswered')
    await recordEvidence(tx, input, 'provider_sign_in.tried', { accepted: false, tries: tries + 1, problem })
  if (triesLeft === 0) await completePlan(tx, verificationId, 'provider_sign_in_not_possible')
  return { isOver: triesLeft === 0, triesLeft }
}
