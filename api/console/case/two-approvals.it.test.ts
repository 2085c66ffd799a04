import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { PolicyDecision } from '#domain/policy/decide.ts'
import { firstApprovalSeconds } from '#domain/policy/second-approval.ts'
import { score } from '#domain/risk/score.ts'
import { defaultScorePolicy } from '#domain/risk/settings.ts'
import { signApproval } from '#platform/crypto/signed-records.ts'
import { addApproval } from '#services/approvals/approvals.ts'
import { addScoring } from '#services/risk/scorings.ts'
import { readScreenHashes } from '#services/verifications/screen-hash.ts'
import { makePerson, makeVerification } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { UnattestedDecision } from '#platform/temporal/attest-messages.ts'
import { addPerson, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, agent, supervisor } = useDesk({ agent: 'agent', supervisor: 'supervisor' })

const held: PolicyDecision = {
  ...{ answer: 'hold', reasons: ['second_approval_needed'], next: 'second_approval', policyVersion: 1 },
  ...{ evidence: ['possession', 'second_contact'], missingCount: 0, missingClasses: [], closesAs: null },
}

const privileged = async () => {
  const person = await addPerson(api, agent.tenantId, { tier: 'privileged' })
  const { id } = await makeVerification(api.owner, person.phone, {
    ...{ state: 'awaiting_decision', tier: 'privileged', referrer_id: agent.staffId },
    ...{ recommendation: 'hold', instruction: 'second_approval' },
  })
  await inTenant(api.worker, agent.tenantId, (tx) =>
    addScoring(tx, api.keys.worker, {
      ...{ verificationId: id, ordinal: 1, policyVersion: 1, results: [], isMobile: null },
      ...{ score: score([], defaultScorePolicy), decision: held },
    }),
  )
  return { id, person }
}

/** As the worker records it. */
const approveFirst = (id: string, personId: string, by: SignedIn) =>
  inTenant(api.worker, agent.tenantId, async (tx) => {
    const now = Date.now()
    const approval = {
      ...{ id: randomUUID(), tenantId: agent.tenantId, verificationId: id, personId, ordinal: 1 as const },
      ...{ firstId: null, staffId: by.staffId, screenHash: (await readScreenHashes(tx, id))?.ofCase ?? '' },
      approvedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + firstApprovalSeconds * 1000).toISOString(),
    }
    const signature = signApproval(api.keys.worker, approval)
    await addApproval(tx, { approval, signature, staffName: 'Fay First', reason: 'Knew her voice' })
  })

const panelOf = async (who: SignedIn, id: string) =>
  (await callConsole(api, who, `/api/console/verifications/${id}`)).json
const approve = async (who: SignedIn, id: string) =>
  callConsole(api, who, `/api/console/verifications/${id}/decision`, {
    body: { decision: 'approved', reason: 'as told', screenHash: (await panelOf(who, id)).screenHash },
    key: randomUUID(),
  })
const givePasskey = (who: SignedIn) =>
  api.owner.run(
    `insert into staff_passkeys (tenant_id, id, staff_id, credential_index, credential_sealed, name)
     values ($1, $2, $3, $4, '\\x00', 'Key')`,
    [who.tenantId, randomUUID(), who.staffId, Buffer.from(randomUUID())],
  )
const stepUp = (who: SignedIn, seconds = 0) =>
  api.owner.run(
    `update staff_sessions set stepped_up_at = now() - make_interval(secs => $2) where staff_id = $1`,
    [who.staffId, seconds],
  )

describe('D1: the panel of a case that two people approve', () => {
  it('says what an approval would be, who gave the first, and who could give the second', async () => {
    const { id, person } = await privileged()
    const named = await signIn(api, agent.tenantId, 'supervisor', { display_name: 'Nia Named' })
    await givePasskey(named)
    const before = await panelOf(agent, id)
    expect(before.actions.approve).toEqual({ allowed: true, reason: null, gives: 'first' })
    expect(before.approval).toMatchObject({ isNeeded: true, given: [] })
    expect(before.approval.mayGiveSecond).toContain('Nia Named')
    await approveFirst(id, person.id, agent)
    const after = await panelOf(named, id)
    expect(after.approval.given).toMatchObject([
      { ordinal: 1, byName: 'Fay First', reason: 'Knew her voice', state: 'waiting' },
    ])
    expect(after.actions.approve).toEqual({ allowed: true, reason: null, gives: 'second' })
    expect((await panelOf(agent, id)).actions.approve).toMatchObject({
      ...{ allowed: false, gives: null },
      reason: { key: 'refusal.not_second_approver' },
    })
  })

  it('names nobody who is tied to the case', async () => {
    const { id, person } = await privileged()
    const starter = await makePerson(api.owner, agent.tenantId)
    await api.owner.run('update staff set person_id = $1 where id = $2', [starter.id, agent.staffId])
    const line = await makePerson(api.owner, agent.tenantId, { manager_id: starter.id })
    const report = await makePerson(api.owner, agent.tenantId, { manager_id: person.id })
    const tied = ['A starter', 'In the line', 'A report of theirs', 'The participant', 'Turned off']
    for (const [at, row] of [
      { person_id: starter.id },
      { person_id: line.id },
      { person_id: report.id },
      { person_id: person.id },
      { disabled_at: new Date() },
    ].entries())
      await signIn(api, agent.tenantId, 'supervisor', { ...row, display_name: tied[at] })
    const first = await signIn(api, agent.tenantId, 'supervisor', { display_name: 'The first' })
    await signIn(api, agent.tenantId, 'supervisor', { display_name: 'Quite free' })
    await approveFirst(id, person.id, first)
    const { mayGiveSecond } = (await panelOf(agent, id)).approval
    expect(mayGiveSecond).toContain('Quite free')
    for (const name of [...tied, 'The first']) expect(mayGiveSecond).not.toContain(name)
    await api.owner.run('update staff set person_id = $2 where id = $1', [agent.staffId, randomUUID()])
  })

  it('D4: shows that a first approval is void, and the screen is another one then', async () => {
    const { id, person } = await privileged()
    await approveFirst(id, person.id, agent)
    const { screenHash } = await panelOf(supervisor, id)
    await api.owner.run(`update people set account_state = 'locked' where id = $1`, [person.id])
    const after = await panelOf(supervisor, id)
    expect(after.approval.given).toMatchObject([{ state: 'changed' }])
    expect(after.actions.approve.gives).toBe('first')
    expect(after.screenHash).not.toBe(screenHash)
  })

  it('G8: shows that the row of a first approval was changed by hand', async () => {
    const { id, person } = await privileged()
    await approveFirst(id, person.id, agent)
    await api.owner.run('update approvals set staff_id = $1 where verification_id = $2', [
      supervisor.staffId,
      id,
    ])
    expect((await panelOf(supervisor, id)).approval.given).toMatchObject([{ state: 'broken' }])
  })
})

describe('D1, F6: the second approval', () => {
  it('is given with a passkey of one’s own, five minutes old at most; without one the panel says so', async () => {
    const { id, person } = await privileged()
    await approveFirst(id, person.id, agent)
    const second = await signIn(api, agent.tenantId, 'supervisor')
    expect((await panelOf(second, id)).actions.approve).toMatchObject({
      ...{ allowed: false, reason: { key: 'refusal.passkey_required' } },
    })
    expect((await approve(second, id)).json.code).toBe('passkey_required')
    await givePasskey(second)
    await stepUp(second, 301)
    expect((await approve(second, id)).json.code).toBe('step_up_required')
    expect(api.verifications.calls.filter(({ name }) => name === 'decide')).toEqual([])
    await stepUp(second, 100)
    expect((await approve(second, id)).status).toBe(200)
  })

  it('reaches the worker with when the decider used their passkey', async () => {
    const { id } = await privileged()
    const before = api.verifications.calls.length
    expect((await approve(agent, id)).status).toBe(200)
    const [, input] = api.verifications.calls[before]?.args as [unknown, UnattestedDecision]
    expect(input).toMatchObject({ actor: { id: agent.staffId }, steppedUpAt: null })
  })
})
