import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { insertRow, makePerson, makeVerification } from '#platform/server/db/testing/factories.ts'
import { makeCase } from '../testing/case.ts'
import { useDeps } from '../testing/use-deps.ts'
import { createIssueGrant } from './issue-grant.ts'

const { database, keys, deps } = useDeps()

/** A case that was approved a moment ago, and its reset. */
const makeReset = async ({ isScored = true } = {}) => {
  const of = await makeCase(database.owner, keys)
  const { tenantId, person } = of
  const { id: verificationId } = await makeVerification(database.owner, of.phoneContact, {
    ...{ state: 'closed', outcome: 'passed', decision: 'approved', closed_at: new Date() },
    ...{ decided_by_kind: 'agent', decided_by_id: of.supervisor.id, decided_at: new Date() },
  })
  if (isScored)
    await insertRow(database.owner, 'scorings', {
      ...{ tenant_id: tenantId, verification_id: verificationId, ordinal: 1, policy_version: 1 },
      ...{ results: '[]', score: '{}', decision: '{}', versions: '{}' },
      ...{ evidence_sealed: Buffer.from('sealed'), evidence_digest: Buffer.from('digest') },
    })
  const run = { id: randomUUID(), startedAt: new Date().toISOString() }
  const reset = {
    ...{ tenantId, verificationId, personId: person.id, policyVersion: 1 },
    ...{ workflowId: `${tenantId}/password-reset/${randomUUID()}`, run },
  }
  const ask = (change: Partial<typeof reset> = {}) =>
    createIssueGrant(deps())({
      ...{ reset: { ...reset, ...change }, seq: 1, grantSeconds: 600, at: new Date().toISOString() },
    })
  const grants = () =>
    database.owner.query('select approvers from grants where verification_id = $1', [verificationId])
  const events = async () =>
    (
      await database.owner.query<{ type: string; payload: object }>(
        `select type, payload from audit where object_id = $1::text order by seq`,
        [verificationId],
      )
    ).map(({ type, payload }) => ({ type, ...payload }))
  const change = (table: 'verifications' | 'people', set: string) =>
    database.owner.run(`update ${table} set ${set} where id = $1`, [
      table === 'people' ? person.id : verificationId,
    ])
  return { of, verificationId, ask, grants, events, change }
}

describe('G8: a grant, whoever started the reset', () => {
  it('is issued once for a decision that stands, and again says the same', async () => {
    const { of, ask, grants, events } = await makeReset()
    const { grantId, reason } = await ask()
    expect([typeof grantId, reason]).toEqual(['string', null])
    expect(await ask()).toEqual({ grantId, reason: null })
    expect(await grants()).toEqual([{ approvers: [of.supervisor.id] }])
    expect(await events()).toMatchObject([{ type: 'grant.issued', grantId }])
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
    ['D5: is too old', 'verifications', `decided_at = now() - interval '16 minutes'`, 'grant_unusable'],
    ['is of a frozen person', 'people', `blocked_until = now() + interval '5 minutes'`, 'grant_unusable'],
    [
      'is of somebody who never goes by the desk',
      'people',
      'never_via_help_desk = true',
      'never_via_help_desk',
    ],
    ['is of a disabled account', 'people', `account_state = 'disabled'`, 'directory_refused'],
  ] as const)('is not issued where the case %s; the action says why', async (_, table, set, reason) => {
    const { ask, grants, events, change } = await makeReset()
    await change(table, set)
    expect(await ask()).toEqual({ grantId: null, reason })
    expect(await grants()).toEqual([])
    expect(await events()).toEqual([{ type: 'reset.failed', action: 'failed', reason }])
  })

  it('is not issued for the account of another, nor once the participant reported, nor without a score', async () => {
    const mine = await makeReset()
    const another = await makePerson(database.owner, mine.of.tenantId)
    expect(await mine.ask({ personId: another.id })).toEqual({ grantId: null, reason: 'grant_unusable' })
    const reported = await makeReset()
    await insertRow(database.owner, 'reports', {
      ...{ tenant_id: reported.of.tenantId, id: randomUUID(), source: 'portal' },
      ...{ verification_id: reported.verificationId, person_id: reported.of.person.id },
    })
    expect(await reported.ask()).toEqual({ grantId: null, reason: 'grant_unusable' })
    expect(await (await makeReset({ isScored: false })).ask()).toEqual({
      ...{ grantId: null, reason: 'evidence_missing' },
    })
  })
})
