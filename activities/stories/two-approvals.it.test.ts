import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { insertRow, makePerson, makeStaff } from '#platform/database/testing/factories.ts'
import type { CaseRef } from '#workflows/verification/activity-types.ts'
import { createEndFirstApproval } from '../verification/first-approval.ts'
import { playToTwoApprovals, undecided } from '../testing/two-approvals.ts'
import { useTestWorld } from '../testing/test-world.ts'

const world = useTestWorld()
const owner = () => world.database.owner
type Play = Awaited<ReturnType<typeof playToTwoApprovals>>

const refusalOf = (reply: Awaited<ReturnType<Play['decide']>>): string | null =>
  reply.kind === 'answered' ? reply.value.refusal : reply.kind
const staffOf = (play: Play, row: Readonly<Record<string, unknown>> = {}) =>
  makeStaff(owner(), play.of.tenantId, { role: 'supervisor', display_name: 'Stella Second', ...row })
const personOf = (play: Play, row: Readonly<Record<string, unknown>> = {}) =>
  makePerson(owner(), play.of.tenantId, row)

describe('D1: a privileged person', () => {
  it('B4: is reset once two people approved; the grant names both', async () => {
    const play = await playToTwoApprovals(world)
    const { agent, supervisor } = play.of
    expect(await play.decide()).toMatchObject({
      value: {
        refusal: null,
        state: 'awaiting_decision',
        decision: null,
        awaitsSecondUntil: expect.any(String),
      },
    })
    expect(await play.isUndecided()).toEqual(undecided)
    expect(await play.decide('approved', supervisor.id)).toMatchObject({
      value: { refusal: null, state: 'closed', outcome: 'passed' },
    })
    await play.acts('granted')
    expect(await play.row()).toMatchObject({ decided_by_id: agent.id, second_by: supervisor.id })
    expect(await play.row('grants')).toMatchObject({ approvers: [agent.id, supervisor.id] })
    expect(await play.events()).toEqual(['approval.first_given', 'approval.second_given'])
    const resetId = String((await play.row('actions'))['workflow_id'])
    const inputId = await play.portal.typePassword('a privileged passphrase 77')
    expect(await world.verifications.submitPassword(resetId, inputId)).toMatchObject({
      value: { action: 'completed' },
    })
  })

  it('of everybody who may be tied to the case, only the one who is not gives the second approval', async () => {
    const play = await playToTwoApprovals(world)
    const { agent, person } = play.of
    const [starterPerson, managerOfStarter, reportOfStarter] = [
      await personOf(play),
      await personOf(play),
      await personOf(play),
    ]
    for (const [one, manager] of [
      [starterPerson, managerOfStarter],
      [reportOfStarter, starterPerson],
    ] as const)
      await owner().run('update people set manager_id = $2 where id = $1', [one.id, manager.id])
    await owner().run('update staff set person_id = $2 where id = $1', [agent.id, starterPerson.id])
    const firstPerson = await personOf(play)
    const first = await staffOf(play, { person_id: firstPerson.id })
    const report = await personOf(play, { manager_id: person.id })
    const manager = await owner().one<{ id: string }>('select manager_id as id from people where id = $1', [
      person.id,
    ])
    const asked = await personOf(play)
    await insertRow(owner(), 'approver_requests', {
      ...{
        tenant_id: play.of.tenantId,
        id: randomUUID(),
        verification_id: play.ref.verificationId,
        ordinal: 1,
      },
      ...{ person_id: person.id, approver_id: asked.id, relation: 'named', policy_version: 1 },
      ...{ asked_by_kind: 'system', asked_by_id: 'policy', token_hash: Buffer.from(randomUUID()) },
      ...{ screen_hash: Buffer.alloc(32), expires_at: new Date(Date.now() + 600_000) },
    })
    expect(await play.decide('approved', first.id)).toMatchObject({ value: { refusal: null } })
    const illegal: readonly (readonly [who: string, id: string, refusal: string])[] = [
      ['the first again', first.id, 'first_approver'],
      [
        'the first by another account',
        (await staffOf(play, { person_id: firstPerson.id })).id,
        'first_approver',
      ],
      [
        'the first by their verified mail address',
        (await staffOf(play, { person_id: null, verified_email: firstPerson.work_email })).id,
        'first_approver',
      ],
      [
        'whose account is not linked to a person',
        (await staffOf(play, { person_id: null })).id,
        'account_not_linked',
      ],
      ['who started it', agent.id, 'not_second_approver'],
      [
        'who started it, as a supervisor',
        (await staffOf(play, { person_id: starterPerson.id })).id,
        'started_by_you',
      ],
      [
        'the manager of who started it',
        (await staffOf(play, { person_id: managerOfStarter.id })).id,
        'in_starters_line',
      ],
      [
        'a report of who started it',
        (await staffOf(play, { person_id: reportOfStarter.id })).id,
        'in_starters_line',
      ],
      ['the participant', (await staffOf(play, { person_id: person.id })).id, 'own_case'],
      ['their manager', (await staffOf(play, { person_id: manager?.id })).id, 'own_case'],
      ['their report', (await staffOf(play, { person_id: report.id })).id, 'own_case'],
      ['who was asked to vouch', (await staffOf(play, { person_id: asked.id })).id, 'asked_to_vouch'],
      ['an agent', (await staffOf(play, { role: 'agent' })).id, 'not_second_approver'],
      ['an admin', (await staffOf(play, { role: 'admin' })).id, 'not_permitted'],
      ['an auditor', (await staffOf(play, { role: 'auditor' })).id, 'not_permitted'],
      ['who is turned off', (await staffOf(play, { disabled_at: new Date() })).id, 'not_permitted'],
      ['nobody', randomUUID(), 'not_permitted'],
    ]
    for (const [who, id, refusal] of illegal)
      expect([who, refusalOf(await play.decide('approved', id))]).toEqual([who, refusal])
    expect(await play.isUndecided()).toEqual(undecided)
    const other = await staffOf(play, { person_id: (await personOf(play)).id })
    expect(await play.decide('approved', other.id)).toMatchObject({ value: { outcome: 'passed' } })
    await play.acts('granted')
  })

  it('F6: the second approval wants a passkey, five minutes old at most', async () => {
    const play = await playToTwoApprovals(world)
    const { supervisor } = play.of
    await play.decide()
    const at = async (steppedUpAt: string | null) =>
      refusalOf(await play.decide('approved', supervisor.id, undefined, steppedUpAt))
    expect(await at(null)).toBe('passkey_required')
    expect(await at(new Date(Date.now() - 301_000).toISOString())).toBe('step_up_required')
    expect(await play.isUndecided()).toEqual(undecided)
    expect(await at(new Date(Date.now() - 200_000).toISOString())).toBeNull()
  })

  it('either may refuse, and then nothing is left to complete', async () => {
    const play = await playToTwoApprovals(world)
    await play.decide()
    expect(await play.decide('refused', play.of.supervisor.id)).toMatchObject({
      value: { state: 'closed', outcome: 'failed' },
    })
    expect(await play.rows('select id from grants where verification_id = $1')).toEqual([])
  })

  it('two firsts at the same moment are one; the other has to look again', async () => {
    const play = await playToTwoApprovals(world)
    const shown = await play.portal.shown()
    const replies = await Promise.all(
      [play.of.agent, play.of.supervisor].map(({ id }) => play.decide('approved', id, shown)),
    )
    expect(replies.map(refusalOf).sort()).toEqual([null, 'state_does_not_allow'].sort())
    expect(await play.isUndecided()).toEqual(undecided)
  })
})

describe('D4: what changed after the first approval voids it', () => {
  it.each([
    ['the account', `account_state = 'locked'`],
    ['the name', `display_name = 'Somebody Else'`],
    ['the address', `work_email = 'somebody.else@corp.example'`],
  ])('%s', async (_what, set) => {
    const play = await playToTwoApprovals(world)
    await play.decide()
    const shown = await play.portal.shown()
    await owner().run(`update people set ${set} where id = $1`, [play.of.person.id])
    expect(refusalOf(await play.decide('approved', play.of.supervisor.id, shown))).toBe('first_approval_over')
    expect(await play.first()).toMatchObject({ end_reason: 'changed', used_at: null })
    expect(await play.events()).toEqual(['approval.first_given', 'approval.ended'])
    // A person who decides again gives a first approval, not the second.
    expect(await play.decide('approved', play.of.supervisor.id)).toMatchObject({
      value: { refusal: null, state: 'awaiting_decision' },
    })
    expect(await play.isUndecided()).toEqual(undecided)
  })

  it.each([
    ['a contact that was replaced', `update contacts set value_index = '\\x00' where person_id = $1`],
    ['a contact of another mask', `update contacts set masked = 'x•••@evil.example' where person_id = $1`],
    ['a contact that was changed', `update contacts set last_changed_at = now() where person_id = $1`],
    [
      'a contact that was removed',
      `update contacts set removed_at = now() where person_id = $1 and kind = 'email'`,
    ],
  ])('%s', async (_what, change) => {
    const play = await playToTwoApprovals(world)
    await play.decide()
    const shown = await play.portal.shown()
    await owner().run(change, [play.of.person.id])
    expect(refusalOf(await play.decide('approved', play.of.supervisor.id, shown))).toBe('first_approval_over')
    expect(await play.first()).toMatchObject({ end_reason: 'changed', used_at: null })
    expect(await play.isUndecided()).toEqual(undecided)
  })

  it('that the first approver left the desk', async () => {
    const play = await playToTwoApprovals(world)
    const first = await staffOf(play)
    await play.decide('approved', first.id)
    await owner().run('update staff set disabled_at = now() where id = $1', [first.id])
    expect(await play.decide('approved', play.of.supervisor.id)).toMatchObject({
      value: { state: 'awaiting_decision', refusal: null },
    })
    expect(await play.isUndecided()).toEqual(undecided)
  })
})

describe('D5: a first approval lives a quarter of an hour', () => {
  it('and counts for nothing after that', async () => {
    const play = await playToTwoApprovals(world)
    await play.decide()
    const { approved_at: from, expires_at: to } = (await play.first()) as Record<string, Date>
    expect(Number(to) - Number(from)).toBe(15 * 60_000)
    const shown = await play.portal.shown()
    await play.ageFirst(15)
    expect(refusalOf(await play.decide('approved', play.of.supervisor.id, shown))).toBe('first_approval_over')
    expect(await play.first()).toMatchObject({ end_reason: 'expired' })
    expect(await play.isUndecided()).toEqual(undecided)
  })
})

describe('R1: the end of a first approval', () => {
  it('is recorded once, whatever is repeated, and never takes back one that was used', async () => {
    const [over, used] = [await playToTwoApprovals(world), await playToTwoApprovals(world)]
    const end = async (play: Play) => {
      const { id } = await play.first()
      const about = { ...play.ref, personId: play.of.person.id } as CaseRef
      const work = createEndFirstApproval(world.deps)
      for (const at of ['2030-01-01T00:00:00.000Z', '2030-01-01T00:00:01.000Z'])
        await work({ case: about, approvalId: String(id), at })
    }
    await over.decide()
    await end(over)
    expect(await over.events()).toEqual(['approval.first_given', 'approval.ended'])
    await used.decide()
    await used.decide('approved', used.of.supervisor.id)
    await end(used)
    expect(await used.first()).toMatchObject({ end_reason: null })
    expect(await used.events()).toEqual(['approval.first_given', 'approval.second_given'])
  })
})

describe('G8: an insider with the database', () => {
  it.each([
    ['whose it is', 'staff_id = $2', (play: Play) => [play.of.agent.id]],
    ['its time', `expires_at = expires_at + interval '1 hour'`, () => []],
    ['what was shown', `screen_hash = decode(repeat('00', 32), 'hex')`, () => []],
  ])('gains nothing by changing %s in the first approval', async (_what, set, values) => {
    const play = await playToTwoApprovals(world)
    const { supervisor } = play.of
    await play.decide('approved', supervisor.id)
    const { id } = await play.first()
    await owner().run(`update approvals set ${set} where id = $1`, [id, ...values(play)])
    // The same person as before: were the changed row believed, this would be the second approval.
    expect(await play.decide('approved', supervisor.id)).toMatchObject({
      value: { state: 'awaiting_decision', refusal: null },
    })
    expect(await play.isUndecided()).toEqual(undecided)
    const [ended] = await play.rows(
      'select end_reason from approvals where verification_id = $1 and ended_at is not null',
    )
    expect(ended).toMatchObject({ end_reason: 'broken' })
  })

  it('a first approval that was never signed is none', async () => {
    const play = await playToTwoApprovals(world)
    await insertRow(owner(), 'approvals', {
      ...{ tenant_id: play.of.tenantId, id: randomUUID(), verification_id: play.ref.verificationId },
      ...{ person_id: play.of.person.id, ordinal: 1, staff_id: play.of.agent.id, staff_name: 'Alex' },
      ...{ reason: 'x', screen_hash: Buffer.alloc(32), approved_at: new Date(), key_id: 'k' },
      ...{ expires_at: new Date(Date.now() + 600_000), signature: Buffer.alloc(64) },
    })
    expect(await play.decide('approved', play.of.supervisor.id)).toMatchObject({
      value: { state: 'awaiting_decision', refusal: null },
    })
    expect(await play.isUndecided()).toEqual(undecided)
  })
})
