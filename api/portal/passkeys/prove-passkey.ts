import { randomUUID } from 'node:crypto'
import { addSealedInput } from '#services/verifications/portal-inputs.ts'
import { challengeSeconds, putPasskeyChallenge } from '#services/passkeys/passkey-challenges.ts'
import { usablePasskeys } from '#services/passkeys/passkeys.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import { newToken } from '#platform/crypto/sealing.ts'
import { challengeHash, relyingPartyOf } from '#platform/crypto/webauthn.ts'
import { bind } from '../../http/bind.ts'
import type { PortalCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused, Unavailable } from '../../http/errors.ts'
import { valueOf } from '../../http/replies.ts'
import { currentStep } from '../current-step.ts'
import { planOf, readOwnCase, type PortalCase } from '../portal-case.ts'
import { stepOf } from '../step-of.ts'
import { requireLive } from '../with-questions.ts'

/** The case, when its next step is a passkey. @throws Refused step_over */
const requirePasskeyStep = async (deps: ApiDeps, caller: PortalCaller): Promise<PortalCase> => {
  requireLive(caller)
  const found = await readOwnCase(deps, caller)
  if (stepOf(found, caller, planOf(deps, caller, found)).kind !== 'passkey') throw new Refused('step_over')
  return found
}

/** A fresh challenge for this session; it kills the one before. */
export const beginPasskey = (deps: ApiDeps) =>
  bind('portal.beginPasskey', async ({ participant }) => {
    const { verification } = await requirePasskeyStep(deps, participant)
    const { tenantId, sessionId } = participant
    const party = relyingPartyOf(deps.settings.portalUrl)
    if (party === null) throw new Refused('step_over')
    const challenge = newToken()
    const passkeys = await inTenant(deps.db, tenantId, async (tx) => {
      await putPasskeyChallenge(tx, { sessionId, use: 'prove' }, challengeHash(challenge))
      return usablePasskeys(tx, deps.keys, verification.person_id)
    })
    const allow = passkeys.map(({ credential: { id, transports } }) => ({ id, transports: [...transports] }))
    return { challenge, rpId: party.id, allow, seconds: challengeSeconds }
  })

/** Hands what the participant sent to the worker, which judges it: this process can write no evidence. */
const submit = async (deps: ApiDeps, participant: PortalCaller, said: object): Promise<boolean> => {
  const { tenantId, verificationId } = participant
  const id = randomUUID()
  const place = { tenantId, verificationId, kind: 'passkey', row: id } as const
  const sealed = sealForWorker(deps.keys, place, JSON.stringify(said))
  await inTenant(deps.db, tenantId, (tx) =>
    addSealedInput(tx, { id, verificationId, kind: 'passkey', sealed }),
  )
  const answer = valueOf(await deps.verifications.submitPasskey({ tenantId, verificationId }, id))
  if (answer === null) throw new Unavailable()
  return answer.refusal === 'passkey_refused'
}

/** Takes the answer of the participant's authenticator. */
export const provePasskey = (deps: ApiDeps) =>
  bind('portal.provePasskey', async ({ participant, body }) => {
    await requirePasskeyStep(deps, participant)
    const { sessionId } = participant
    const refusedPasskey = await submit(deps, participant, { kind: 'assertion', sessionId, ...body })
    return currentStep(deps, participant, { refusedPasskey })
  })

/** "I do not have it at hand": the case continues by another way, without any loss. */
export const withoutPasskey = (deps: ApiDeps) =>
  bind('portal.withoutPasskey', async ({ participant }) => {
    await requirePasskeyStep(deps, participant)
    await submit(deps, participant, { kind: 'not_at_hand' })
    return currentStep(deps, participant)
  })
