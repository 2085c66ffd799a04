/** A case that needs an approver: one contact, nothing that could be asked, and a manager who can sign in. */
import { randomUUID } from 'node:crypto'
import type { Policy } from '#domain/policy/policy.ts'
import { approverDigits } from '#platform/server/approver-digits.ts'
import { readApproverPage, resolveApproverRequest } from '#platform/server/db/approver-requests.ts'
import { readApproverSession, startApproverSession } from '#platform/server/db/approver-sessions.ts'
import { addSealedInput } from '#platform/server/db/portal-inputs.ts'
import { insertRow, makeContact, makePerson } from '#platform/server/db/testing/factories.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { sealForWorker } from '#platform/server/sealed-inputs.ts'
import { newToken, tokenHash } from '#platform/server/sealing.ts'
import { makeCase, type CaseOptions, type TestCase } from './case.ts'
import { openIn } from './play.ts'
import type { Stage } from './stage.ts'
import { until } from './until.ts'

export const issuer = 'https://sign-in.example.org'

/** Nothing but missing data speaks against anybody. */
export const thinPolicy = (policy: Policy): Policy => ({
  ...policy,
  score: { ...policy.score, moreEvidenceFrom: 10, escalateFrom: 11 },
})

/** Who answers how. */
export type Said = {
  readonly answer: 'yes' | 'no' | 'not_sure'
  readonly digits?: string | null
  readonly shownHash?: string
}

/** How such a case differs; who is asked is the manager, unless somebody is named. */
export type ThinOptions = CaseOptions & { readonly as?: 'manager' | 'named' }

const managerOf = async ({ database: { owner } }: Stage, personId: string): Promise<string> => {
  const row = await owner.one<{ id: string }>('select manager_id as id from people where id = $1', [personId])
  return row?.id ?? ''
}

/** Somebody who was named for the participant long ago, by one admin, and accepted by another; gives their id. */
const nameSomebody = async ({ database: { owner } }: Stage, of: TestCase): Promise<string> => {
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

/** Opens such a case; `isAsked` waits until somebody was asked. */
export const openThinCase = async (stage: Stage, { as = 'manager', ...options }: ThinOptions = {}) => {
  const { owner } = stage.database
  const of = await makeCase(owner, stage.keys, { policy: thinPolicy, ...options })
  const approverId = as === 'manager' ? await managerOf(stage, of.person.id) : await nameSomebody(stage, of)
  const bossMail = `boss-${approverId.slice(0, 8)}@mail.example.org`
  const bossSubject = `sub-${approverId}`
  await owner.run('delete from contacts where id = $1', [of.emailContact.id])
  await owner.run('update tenants set oidc_issuer = $2 where id = $1', [of.tenantId, issuer])
  await owner.run('update people set sign_in_subject = $2 where id = $1', [approverId, bossSubject])
  await owner.run('update people set sign_in_subject = $2 where id = $1', [of.person.id, 'sub-participant'])
  await makeContact(owner, stage.keys.worker, { id: approverId, tenant_id: of.tenantId }, bossMail)
  const play = await openIn(stage, of)
  const { verificationId } = play.ref

  const complete = () => stage.verifications.answersCompleted(play.ref, randomUUID())
  const requests = () =>
    owner.query<Record<string, unknown>>(
      'select * from approver_requests where verification_id = $1 order by ordinal',
      [verificationId],
    )
  const isAsked = (times = 1): Promise<void> => until(async () => (await requests()).length >= times)
  const tokenOf = (): string => stage.messenger.tokenFor(bossMail)
  /** A session as the API begins it after a sign-in. */
  const signedIn = async (subject = bossSubject, personId = approverId): Promise<string> => {
    const found = await resolveApproverRequest(stage.database.api, tokenHash(tokenOf()))
    const token = newToken()
    await inTenant(stage.database.api, of.tenantId, (tx) =>
      startApproverSession(tx, {
        requestId: found?.id ?? '',
        verificationId,
        personId,
        tokenHash: tokenHash(token),
        issuer,
        subject,
        amr: ['pwd'],
      }),
    )
    const session = await readApproverSession(stage.database.api, tokenHash(token))
    return session?.id ?? ''
  }
  const requestId = async (): Promise<string> => String((await requests()).at(-1)?.['id'])
  const rightDigits = async () => approverDigits(stage.keys.api, of.tenantId, await requestId())
  const shown = async (): Promise<string> => {
    const id = await requestId()
    const page = await inTenant(stage.database.api, of.tenantId, (tx) => readApproverPage(tx, id))
    return page?.shownHash.toString('hex') ?? ''
  }
  /** Seals an answer as the API does; gives the input's id. */
  const seal = async (sessionId: string, { answer, digits = null, shownHash }: Said): Promise<string> => {
    const id = randomUUID()
    const place = { tenantId: of.tenantId, verificationId, kind: 'approver_answer', row: id } as const
    const said = { sessionId, answer, digits, shownHash: shownHash ?? (await shown()) }
    const sealed = sealForWorker(stage.keys.api, place, JSON.stringify(said))
    await inTenant(stage.database.api, of.tenantId, (tx) =>
      addSealedInput(tx, { id, verificationId, kind: 'approver_answer', sealed }),
    )
    return id
  }
  const say = async (sessionId: string, said: Said) =>
    stage.verifications.answerApprover(play.ref, await seal(sessionId, said))
  return {
    ...play,
    approverId,
    bossMail,
    bossSubject,
    completeAnswers: complete,
    requests,
    isAsked,
    signedIn,
    rightDigits,
    shown,
    seal,
    say,
  }
}
