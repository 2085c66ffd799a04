import { randomUUID } from 'node:crypto'
import { beginSignIn } from '#services/staff/sessions.ts'
import { addSealedInput } from '#services/verifications/portal-inputs.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { bind } from '../http/bind.ts'
import type { PortalCaller } from '../http/callers.ts'
import type { ApiDeps } from '../deps.ts'
import type { SignInStart } from '../auth/sign-in-port.ts'
import { Refused, Unavailable } from '../http/errors.ts'
import { valueOf } from '../http/replies.ts'
import { currentStep } from './current-step.ts'
import { planOf, readOwnCase, type PortalCase } from './portal-case.ts'
import { stepOf } from './step-of.ts'
import { requireLive } from './with-questions.ts'

/** The case, when its next step is a sign-in at the provider. @throws Refused step_over */
const requireSignInStep = async (deps: ApiDeps, caller: PortalCaller): Promise<PortalCase> => {
  requireLive(caller)
  const found = await readOwnCase(deps, caller)
  if (stepOf(found, caller, planOf(deps, caller, found)).kind !== 'provider_sign_in')
    throw new Refused('step_over')
  return found
}

/** A provider that is down says nothing about the participant: the page says so, and offers another way. */
const startAt = async (deps: ApiDeps, { policy }: PortalCase): Promise<SignInStart | null> => {
  try {
    return await deps.participantSignIn.begin({ now: true, acrValues: policy.signIn.acrValues })
  } catch (error) {
    deps.log.warn('the identity provider does not answer', { error: String((error as Error).name) })
    return null
  }
}

/** Begins the sign-in; state, nonce and verifier are tied to this browser and to its session (F7). */
export const beginProviderSignIn = (deps: ApiDeps) =>
  bind('portal.beginProviderSignIn', async ({ participant, http }) => {
    const found = await requireSignInStep(deps, participant)
    const start = await startAt(deps, found)
    if (start === null) return { url: null }
    const { tenantId, sessionId } = participant
    const cookie = newToken()
    await beginSignIn(deps.db, {
      stateHash: tokenHash(start.state),
      cookieHash: tokenHash(cookie),
      nonce: start.nonce,
      codeVerifier: start.codeVerifier,
      returnTo: '/v',
      participant: { tenantId, sessionId },
    })
    http.cookies.beginParticipantSignIn(cookie)
    return { url: start.url }
  })

/** Hands the result to the worker, which judges it: this process can write no evidence. */
export const submitSignIn = async (
  deps: Pick<ApiDeps, 'db' | 'keys' | 'verifications'>,
  { tenantId, verificationId }: Pick<PortalCaller, 'tenantId' | 'verificationId'>,
  said: object,
): Promise<boolean> => {
  const id = randomUUID()
  const place = { tenantId, verificationId, kind: 'provider_sign_in', row: id } as const
  const sealed = sealForWorker(deps.keys, place, JSON.stringify(said))
  await inTenant(deps.db, tenantId, (tx) =>
    addSealedInput(tx, { id, verificationId, kind: 'provider_sign_in', sealed }),
  )
  return valueOf(await deps.verifications.submitProviderSignIn({ tenantId, verificationId }, id)) !== null
}

/** "I cannot sign in there": the case continues by another way, without any loss. */
export const withoutProviderSignIn = (deps: ApiDeps) =>
  bind('portal.withoutProviderSignIn', async ({ participant }) => {
    await requireSignInStep(deps, participant)
    if (!(await submitSignIn(deps, participant, { kind: 'not_now' }))) throw new Unavailable()
    return currentStep(deps, participant)
  })
