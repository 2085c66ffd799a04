/** The participant's side of a verification, by the API's own functions below its HTTP surface. */
import { randomUUID } from 'node:crypto'
import type { PortalCaller } from '#api/http/callers.ts'
import type { ApiDeps } from '#api/deps.ts'
import { begin, take, type Questioning } from '#api/portal/questioning.ts'
import { withQuestions } from '#api/portal/with-questions.ts'
import { questionAt } from '#domain/questions/plan.ts'
import type { Db } from '#platform/database/connect.ts'
import { storePlan } from '#services/questions/plans.ts'
import { setGate } from '#services/questions/portal-answers.ts'
import { addSealedInput } from '#services/verifications/portal-inputs.ts'
import { readScreenHash } from '#services/verifications/screen-hash.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { matchCode } from '#platform/crypto/match-code.ts'
import { createDeviceKey } from '#platform/crypto/device-key.ts'
import { sealTypedCode } from '#services/verifications/typed-code.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import type { UnattestedDecision } from '#platform/temporal/attest-messages.ts'
import type { VerificationRef } from '#platform/temporal/temporal.ts'
import { planOf } from './plan.ts'

/** Makes the API do what a participant's browser asks for. */
export type Participant = {
  /** Puts a plan of this many questions in place, as a resumed verification finds one; the match code keeps it. */
  fixPlan(ref: VerificationRef, questions: number): Promise<void>
  typeMatchCode(ref: VerificationRef, linkToken: string): Promise<{ inputId: string; session: string }>
  /** The silent checks let them pass; the first question is shown. */
  begin(ref: VerificationRef): Promise<void>
  /** Answers the shown question rightly; the last answer tells the workflow. */
  answer(ref: VerificationRef): Promise<void>
  /** Id of the right option of a position, for those who answer over HTTP. */
  rightOption(ref: VerificationRef): Promise<{ position: number; optionId: string }>
  /** An approval of what is shown now, as the API hands it on. */
  approvedBy(ref: VerificationRef, staffId: string): Promise<UnattestedDecision>
}

const callerOf = ({ tenantId, verificationId }: VerificationRef): PortalCaller => ({
  tenantId,
  verificationId,
  personId: randomUUID(),
  sessionId: randomUUID(),
  language: 'en',
  probeNonce: '',
  deviceKey: null,
  isLive: true,
  endReason: null,
})

const rightOptionOf = (asking: Questioning, position: number): string => {
  const key = questionAt(asking.plan, position)?.key
  if (key?.kind !== 'choice') throw new Error(`there is no choice at position ${String(position)}`)
  return key.correctOptionId
}

/** Makes the participant's side. `keys.worker` is used where the worker itself would write. */
export const createParticipant = (
  api: ApiDeps,
  workerDb: Db,
  keys: { readonly api: KeyRing; readonly worker: KeyRing },
): Participant => ({
  fixPlan: ({ tenantId, verificationId }, questions) =>
    inTenant(workerDb, tenantId, (tx) => storePlan(tx, keys.worker, verificationId, planOf(questions))),
  typeMatchCode: (ref, linkToken) => typeMatchCode(api, keys.api, ref, linkToken),
  begin: async (ref) => {
    await inTenant(api.db, ref.tenantId, (tx) => setGate(tx, ref.verificationId, 'open'))
    await withQuestions(api, callerOf(ref), begin)
  },
  answer: (ref) =>
    withQuestions(api, callerOf(ref), (asking, plan) => {
      const reply = { kind: 'option', optionId: rightOptionOf(asking, plan.position) } as const
      return take(asking, plan, { reply, summary: null })
    }),
  rightOption: async (ref) => {
    let found = { position: 0, optionId: '' }
    await withQuestions(api, callerOf(ref), (asking, { position }) => {
      found = { position, optionId: rightOptionOf(asking, position) }
      return Promise.resolve(false)
    })
    return found
  },
  approvedBy: async ({ tenantId, verificationId }, staffId) => {
    const shown = (await inTenant(api.db, tenantId, (tx) => readScreenHash(tx, verificationId))) ?? ''
    const actor = { kind: 'agent', id: staffId } as const
    return { decision: 'approved', reason: 'as the bench says', actor, screenHash: shown, steppedUpAt: null }
  },
})

/** Every browser has this key; the benches measure the API below its HTTP surface, where nothing is signed any more. */
const deviceKey = createDeviceKey().publicKey

const typeMatchCode = async (api: ApiDeps, keys: KeyRing, ref: VerificationRef, linkToken: string) => {
  const { tenantId, verificationId } = ref
  const [inputId, session] = [randomUUID(), newToken()]
  await inTenant(api.db, tenantId, async (tx) => {
    const link = await tx.one<{ id: string; ordinal: number }>(
      'select id, ordinal from links where tenant_id = $1 and token_hash = $2',
      [tenantId, tokenHash(linkToken)],
    )
    if (link === undefined) throw new Error('the link is not known')
    const code = matchCode(keys, { tenantId, verificationId, ordinal: link.ordinal })
    const browser = { sessionHash: tokenHash(session), language: 'en', deviceKey } as const
    const typed = { ...browser, code, linkId: link.id, breach: null }
    const sealed = sealTypedCode(keys, { tenantId, verificationId, row: inputId }, typed)
    await addSealedInput(tx, { id: inputId, verificationId, kind: 'match_code', sealed })
  })
  return { inputId, session }
}
