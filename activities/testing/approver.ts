/** A case that needs an approver: one contact, nothing that could be asked, and a manager who can sign in. */
import { randomUUID } from 'node:crypto'
import type { Policy } from '#domain/policy/policy.ts'
import { approverDigits } from '#platform/crypto/approver-digits.ts'
import { readApproverPage, resolveApproverRequest } from '#services/approvals/approver-requests.ts'
import { readApproverSession, startApproverSession } from '#services/approvals/approver-sessions.ts'
import { addSealedInput } from '#services/verifications/portal-inputs.ts'
import { insertRow, makeContact, makePerson } from '#platform/database/testing/factories.ts'
import { inTenant, type Queryable } from '#platform/database/transaction.ts'
import type { Db } from '#platform/database/connect.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { makeCase, type CaseOptions, type TestCase, type TestKeys } from './case.ts'
import { openIn } from './play.ts'
import type { TestWorld } from './test-world.ts'
import { until } from './until.ts'

export const issuer = 'https://sign-in.example.org'

/** A policy under which nothing but missing data speaks against anybody. */
export const thinPolicy = (policy: Policy): Policy => ({
  ...policy,
  score: { ...policy.score, moreEvidenceFrom: 10, escalateFrom: 11 },
})

/** The answer of an approver. */
export type ApproverAnswer = {
  readonly answer: 'yes' | 'no' | 'not_sure'
  readonly digits?: string | null
  readonly screenHash?: string
}

/** The options of such a case; the manager is asked unless an approver is named. */
export type ThinOptions = CaseOptions & { readonly as?: 'manager' | 'named' }

const managerOf = async (owner: Queryable, personId: string): Promise<string> => {
  const row = await owner.one<{ id: string }>('select manager_id as id from people where id = $1', [personId])
  return row?.id ?? ''
}

/** An approver who was named for the participant long ago, by one admin, and accepted by another; returns their id. */
const nameSomebody = async (owner: Queryable, of: TestCase): Promise<string> => {
  const { id } = await makePerson(owner, of.tenantId)
  await insertRow(owner, 'named_approvers', {
    tenant_id: of.tenantId,
    id: randomUUID(),
    person_id: of.person.id,
    approver_id: id,
    reason: 'works beside them',
    named_by: randomUUID(),
    named_by_name: 'Alex Admin',
    accepted_by: randomUUID(),
    accepted_by_name: 'Bo Admin',
    accepted_at: new Date('2024-01-01T00:00:00Z'),
    effective_at: new Date('2024-01-02T00:00:00Z'),
  })
  return id
}

/** Leaves the participant one contact, and gives the approver a sign-in and a contact. */
export const makeApprovable = async (
  owner: Queryable,
  keys: TestKeys,
  of: TestCase,
  as: 'manager' | 'named' = 'manager',
) => {
  const approverId = as === 'manager' ? await managerOf(owner, of.person.id) : await nameSomebody(owner, of)
  const bossMail = `boss-${approverId.slice(0, 8)}@mail.example.org`
  const bossSubject = `sub-${approverId}`
  await owner.run('delete from contacts where id = $1', [of.emailContact.id])
  await owner.run('update tenants set oidc_issuer = $2 where id = $1', [of.tenantId, issuer])
  await owner.run('update people set sign_in_subject = $2 where id = $1', [approverId, bossSubject])
  await owner.run('update people set sign_in_subject = $2 where id = $1', [of.person.id, 'sub-participant'])
  await makeContact(owner, keys.worker, { id: approverId, tenant_id: of.tenantId }, bossMail)
  return { approverId, bossMail, bossSubject }
}

/** The place where an approver acts: a test's world, or one whose worker is a process of its own. */
export type ApproverPlace = {
  readonly owner: Queryable
  readonly api: Db
  readonly keys: TestKeys
  readonly verifications: Pick<Verifications, 'answerApprover'>
  readonly ref: { readonly tenantId: string; readonly verificationId: string }
  readonly approverId: string
  readonly bossSubject: string
  /** The token of the newest message to the approver. */
  readonly tokenOf: () => string
}

/** Does the work of an approver's browser and of the API. */
export const createApproverHands = (place: ApproverPlace) => {
  const { owner, api, keys, verifications, ref, approverId, bossSubject, tokenOf } = place
  const { tenantId, verificationId } = ref
  const requests = () =>
    owner.query<Record<string, unknown>>(
      'select * from approver_requests where verification_id = $1 order by ordinal',
      [verificationId],
    )
  /** A session as the API begins it after a sign-in. */
  const signedIn = async (subject = bossSubject, personId = approverId): Promise<string> => {
    const found = await resolveApproverRequest(api, tokenHash(tokenOf()))
    const token = newToken()
    await inTenant(api, tenantId, (tx) =>
      startApproverSession(tx, keys.api, {
        requestId: found?.id ?? '',
        verificationId,
        personId,
        tokenHash: tokenHash(token),
        issuer,
        subject,
        amr: ['pwd'],
      }),
    )
    const session = await readApproverSession(api, tokenHash(token))
    return session?.id ?? ''
  }
  const requestId = async (): Promise<string> => String((await requests()).at(-1)?.['id'])
  const rightDigits = async () => approverDigits(keys.api, tenantId, await requestId())
  const shown = async (): Promise<string> => {
    const id = await requestId()
    const page = await inTenant(api, tenantId, (tx) => readApproverPage(tx, id))
    return page?.screenHash.toString('hex') ?? ''
  }
  /** Seals an answer as the API does; gives the input's id. */
  const seal = async (
    sessionId: string,
    { answer, digits = null, screenHash }: ApproverAnswer,
  ): Promise<string> => {
    const id = randomUUID()
    const sealedFor = { tenantId, verificationId, kind: 'approver_answer', row: id } as const
    const given = { sessionId, answer, digits, screenHash: screenHash ?? (await shown()) }
    const sealed = sealForWorker(keys.api, sealedFor, JSON.stringify(given))
    await inTenant(api, tenantId, (tx) =>
      addSealedInput(tx, { id, verificationId, kind: 'approver_answer', sealed }),
    )
    return id
  }
  const say = async (sessionId: string, answer: ApproverAnswer) =>
    verifications.answerApprover(ref, await seal(sessionId, answer))
  return { requests, signedIn, rightDigits, shown, seal, say }
}

/** Opens such a case; `isAsked` waits until an approver was asked. */
export const openThinCase = async (world: TestWorld, { as = 'manager', ...options }: ThinOptions = {}) => {
  const { owner, api } = world.database
  const of = await makeCase(owner, world.keys, { policy: thinPolicy, ...options })
  const approver = await makeApprovable(owner, world.keys, of, as)
  const play = await openIn(world, of)
  const { keys, verifications, messenger } = world
  const tokenOf = (): string => messenger.tokenFor(approver.bossMail, 'approve')
  const hands = createApproverHands({ owner, api, keys, verifications, ref: play.ref, ...approver, tokenOf })
  const completeAnswers = () => world.verifications.answersCompleted(play.ref, randomUUID())
  const messages = () => messenger.sent.filter(({ to }) => to === approver.bossMail).length
  // The request is stored before its message goes out.
  const isAsked = (times = 1): Promise<void> =>
    until(async () => messages() >= times && (await hands.requests()).length >= times)
  return { ...play, ...approver, ...hands, completeAnswers, isAsked }
}
