import { describe, expect, it } from 'vitest'
import { makePerson } from '#platform/database/testing/factories.ts'
import { makeApprovedReset } from '../testing/approved-reset.ts'
import { useDeps } from '../testing/use-deps.ts'

const scene = useDeps()

const toldOf = (verificationId: string) =>
  scene.database.owner.query(
    `select n.kind, c.kind as contact from notices n join contacts c using (tenant_id, person_id)
     where n.verification_id = $1 and c.id = n.contact_id order by contact`,
    [verificationId],
  )

const grantsOf = (verificationId: string) =>
  scene.database.owner.query('select approvers from grants where verification_id = $1', [verificationId])

describe('G8: a grant, for any workflow that asks', () => {
  it('is issued once for a decision that is valid, and again says the same', async () => {
    const { of, reset, issueGrant, events } = await makeApprovedReset(scene)
    const { grantId, reason } = await issueGrant()
    expect([typeof grantId, reason]).toEqual(['string', null])
    expect(await issueGrant()).toEqual({ grantId, reason: null })
    expect(await grantsOf(reset.verificationId)).toEqual([{ approvers: [of.supervisor.id] }])
    expect(await events()).toMatchObject([{ type: 'grant.issued', grantId }])
  })

  it('that was refused stays refused when it is asked for again, whatever has changed', async () => {
    const { reset, issueGrant, change, sign, events } = await makeApprovedReset(scene)
    await change('people', 'never_via_help_desk = true')
    const refused = { grantId: null, reason: 'never_via_help_desk' }
    expect(await issueGrant()).toEqual(refused)
    await change('people', `never_via_help_desk = false`)
    expect(await issueGrant()).toEqual(refused)
    await change('verifications', `decision = 'refused'`)
    await sign()
    expect(await issueGrant()).toEqual(refused)
    expect(await grantsOf(reset.verificationId)).toEqual([])
    expect(await events()).toHaveLength(1)
  })

  it.each([
    ['was refused', 'verifications', `outcome = 'failed', decision = 'refused'`, 'grant_unusable'],
    [
      'was never decided',
      'verifications',
      'outcome = null, decision = null, decided_at = null',
      'grant_unusable',
    ],
    ['was for something else', 'verifications', `purpose = 'identity_check'`, 'grant_unusable'],
    ['is of a frozen person', 'people', `blocked_until = now() + interval '5 minutes'`, 'grant_unusable'],
    [
      'is of a person whom the desk never handles',
      'people',
      'never_via_help_desk = true',
      'never_via_help_desk',
    ],
    ['is of a disabled account', 'people', `account_state = 'disabled'`, 'directory_refused'],
  ] as const)('is not issued where the case %s; the action says why', async (_, table, set, reason) => {
    const { reset, issueGrant, events, change, sign } = await makeApprovedReset(scene)
    await change(table, set)
    // Even if the worker had signed it.
    if (!set.includes('decided_at')) await sign()
    expect(await issueGrant()).toEqual({ grantId: null, reason })
    expect(await grantsOf(reset.verificationId)).toEqual([])
    expect(await events()).toEqual([{ type: 'reset.failed', action: 'failed', reason }])
  })

  it.each([
    [
      'by another person',
      `decided_by_id = (select id::text from staff where tenant_id = verifications.tenant_id
        and id::text <> verifications.decided_by_id limit 1)`,
    ],
    ['by a second person too', `second_by = decided_by_id::uuid`],
    ['later than it was', `decided_at = decided_at + interval '1 minute'`],
    ['under another policy', 'policy_version = policy_version + 1'],
    ['of another tier', `tier = 'privileged'`],
    ['of an account that the directory called privileged', `privilege_found = 'privileged'`],
    ['without a signature', 'decision_key_id = null, decision_signature = null'],
    [
      'with other bytes',
      'decision_signature = set_byte(decision_signature, 0, get_byte(decision_signature, 0) # 1)',
    ],
    ['with an unknown key', `decision_key_id = 'another'`],
  ])('T11: is not issued where the row was made to say that it was approved %s', async (_, set) => {
    const { reset, issueGrant, change } = await makeApprovedReset(scene)
    await change('verifications', set)
    expect(await issueGrant()).toEqual({ grantId: null, reason: 'grant_unusable' })
    expect(await grantsOf(reset.verificationId)).toEqual([])
  })

  it('T11: is not issued for the signature of another case, nor on other evidence', async () => {
    const [old, mine] = [await makeApprovedReset(scene), await makeApprovedReset(scene)]
    const { owner } = scene.database
    await owner.run(
      `update verifications n set decision_key_id = o.decision_key_id, decision_signature = o.decision_signature,
         decided_at = o.decided_at, decided_by_id = o.decided_by_id
       from verifications o where n.id = $1 and o.id = $2`,
      [mine.reset.verificationId, old.reset.verificationId],
    )
    expect(await mine.issueGrant()).toEqual({ grantId: null, reason: 'grant_unusable' })
    const changed = await makeApprovedReset(scene)
    await owner.run(`update scorings set evidence_digest = 'other' where verification_id = $1`, [
      changed.reset.verificationId,
    ])
    expect(await changed.issueGrant()).toEqual({ grantId: null, reason: 'grant_unusable' })
  })

  it('D5: is not issued where the case was decided too long ago; the action says that its time is over', async () => {
    const { reset, issueGrant, events, change, sign } = await makeApprovedReset(scene)
    await change('verifications', `decided_at = now() - interval '16 minutes'`)
    await sign()
    expect(await issueGrant()).toEqual({ grantId: null, reason: 'time_over' })
    expect(await grantsOf(reset.verificationId)).toEqual([])
    expect(await events()).toEqual([{ type: 'reset.expired', action: 'expired', reason: 'time_over' }])
  })

  it('is not issued for the account of another, nor once the participant reported, nor without a score', async () => {
    const unusable = { grantId: null, reason: 'grant_unusable' }
    const mine = await makeApprovedReset(scene)
    const another = await makePerson(scene.database.owner, mine.of.tenantId)
    expect(await mine.issueGrant({ personId: another.id })).toEqual(unusable)
    const reported = await makeApprovedReset(scene)
    await reported.report()
    expect(await reported.issueGrant()).toEqual(unusable)
    const unscored = await makeApprovedReset(scene, { isScored: false })
    expect(await unscored.issueGrant()).toEqual({ grantId: null, reason: 'evidence_missing' })
  })
})

describe('B12: of a grant that is refused', () => {
  it('every contact of an approved person gets one notice', async () => {
    const { reset, issueGrant, change } = await makeApprovedReset(scene)
    await change('people', 'never_via_help_desk = true')
    await issueGrant()
    await issueGrant()
    expect(await toldOf(reset.verificationId)).toEqual([
      { kind: 'ended', contact: 'email' },
      { kind: 'ended', contact: 'phone' },
    ])
  })

  it('no notice goes out where another end has its own notice, nor is anybody else', async () => {
    const refused = await makeApprovedReset(scene)
    await refused.change('verifications', `outcome = 'failed', decision = 'refused'`)
    await refused.sign()
    await refused.issueGrant()
    const reported = await makeApprovedReset(scene)
    await reported.report()
    await reported.issueGrant()
    const mine = await makeApprovedReset(scene)
    const another = await makePerson(scene.database.owner, mine.of.tenantId)
    await mine.issueGrant({ personId: another.id })
    for (const { reset } of [refused, reported, mine]) expect(await toldOf(reset.verificationId)).toEqual([])
  })
})

describe('D1, G8: a grant for a privileged account', () => {
  it('is not issued under one decision, nor because a row names a second person', async () => {
    const { of, issueGrant, change, reset, sign } = await makeApprovedReset(scene)
    await change('people', `tier = 'privileged'`)
    const refused = { grantId: null, reason: 'second_approval_required' }
    expect(await issueGrant()).toEqual(refused)
    await change('verifications', `second_by = '${of.agent.id}'`)
    await sign()
    expect(await issueGrant()).toEqual(refused)
    expect(await grantsOf(reset.verificationId)).toEqual([])
  })

  it('names both who signed, one after the other', async () => {
    const approved = await makeApprovedReset(scene)
    await approved.change('people', `tier = 'privileged'`)
    await approved.change('verifications', `second_by = '${approved.of.agent.id}'`)
    await approved.signPair(approved.of.supervisor.id, approved.of.agent.id)
    expect(await approved.issueGrant()).toMatchObject({ reason: null })
    const { id } = approved.of.supervisor
    expect(await grantsOf(approved.reset.verificationId)).toEqual([{ approvers: [id, approved.of.agent.id] }])
  })

  it.each([
    [
      'signed for another person',
      `staff_id = (select id from staff where id <> approvals.staff_id and tenant_id = approvals.tenant_id limit 1)`,
    ],
    ['of which the first was never used', 'used_at = null'],
    ['that saw different things', `screen_hash = decode(repeat('00', 32), 'hex')`],
    ['moved in time', `expires_at = expires_at + interval '1 minute'`],
  ])('is not issued under two approvals %s', async (_what, set) => {
    const approved = await makeApprovedReset(scene)
    await approved.change('people', `tier = 'privileged'`)
    await approved.change('verifications', `second_by = '${approved.of.agent.id}'`)
    await approved.signPair(approved.of.supervisor.id, approved.of.agent.id)
    const { verificationId } = approved.reset
    await scene.database.owner.run(`update approvals set ${set} where verification_id = $1 and ordinal = 1`, [
      verificationId,
    ])
    expect(await approved.issueGrant()).toEqual({ grantId: null, reason: 'second_approval_required' })
  })

  it('is not issued where both approvals are one person’s, by two accounts of theirs', async () => {
    const approved = await makeApprovedReset(scene)
    const { supervisor, agent, tenantId } = approved.of
    const one = await makePerson(scene.database.owner, tenantId)
    await scene.database.owner.run('update staff set person_id = $1 where id = any ($2)', [
      one.id,
      [supervisor.id, agent.id],
    ])
    await approved.change('people', `tier = 'privileged'`)
    await approved.change('verifications', `second_by = '${agent.id}'`)
    await approved.signPair(supervisor.id, agent.id)
    expect(await approved.issueGrant()).toMatchObject({ reason: 'second_approval_required' })
  })
})
