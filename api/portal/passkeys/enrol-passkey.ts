import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { relyingPartyOf, type RelyingParty } from '#platform/crypto/webauthn.ts'
import { bind } from '../../http/bind.ts'
import type { PortalCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { currentStep } from '../current-step.ts'
import { creationFor, keepPasskey, takeMade, type Made } from './make-passkey.ts'
import { readOwnCase, type PortalCase } from '../portal-case.ts'
import { requireLive } from '../with-questions.ts'

type Offer = { readonly found: PortalCase; readonly party: RelyingParty }

/** The case, when a passkey is offered at its end. @throws Refused step_over */
const requireOffer = async (deps: ApiDeps, caller: PortalCaller): Promise<Offer> => {
  requireLive(caller)
  const found = await readOwnCase(deps, caller)
  const party = relyingPartyOf(deps.settings.portalUrl)
  if (found.passkey.enrolment !== 'offered' || party === null) throw new Refused('step_over')
  return { found, party }
}

/** The browser needs these options to make a passkey, with a fresh challenge for this session. */
export const beginEnrolment = (deps: ApiDeps) =>
  bind('portal.beginEnrolment', async ({ participant }) => {
    const { found, party } = await requireOffer(deps, participant)
    const { person, tenant, verification } = found
    const owner = { person, personId: verification.person_id, organisation: tenant.name, party }
    return inTenant(deps.db, participant.tenantId, (tx) =>
      creationFor(deps, tx, participant.sessionId, owner),
    )
  })

/** Keeps it and records it. */
const keep = async (deps: ApiDeps, tx: Tx, { verification }: PortalCase, made: Made): Promise<void> => {
  const { id: verificationId, person_id: personId } = verification
  const passkeyId = await keepPasskey(deps, tx, { verificationId, personId }, made)
  await recordEvents(
    tx,
    { kind: 'participant', id: personId },
    verificationId,
    [
      {
        type: 'passkey.enrolled',
        object: { kind: 'verification', id: verificationId },
        payload: { passkeyId },
      },
    ],
    [],
    'to_consoles',
  )
}

/** Takes the passkey that the browser made. It is evidence from 72 hours later on, if nobody objects until then. */
export const enrolPasskey = (deps: ApiDeps) =>
  bind('portal.enrolPasskey', async ({ participant, body, http }) => {
    const { found, party } = await requireOffer(deps, participant)
    const made = await takeMade(deps, participant, party, { body, http })
    await inTenant(deps.db, participant.tenantId, (tx) => keep(deps, tx, found, made))
    return currentStep(deps, participant)
  })
