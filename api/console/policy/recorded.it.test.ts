import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { insertRow, makePerson, makeVerification } from '#platform/database/testing/factories.ts'
import { addTenant, callConsole, signIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, admin } = useDesk({ admin: 'admin' })

const recorded = async (who = admin) => (await callConsole(api, who, '/api/console/policy')).json.recorded

type Recorded = { readonly demand: string; readonly reasons: readonly string[]; readonly hasWay: boolean }

/** A scored case; `weighed`: the demands of each of its scorings. */
const scored = async (
  person: { readonly id: string; readonly tenant_id: string },
  weighed: readonly (readonly Recorded[])[],
  { daysAgo = 1, outcome = 'passed' }: { daysAgo?: number; outcome?: string } = {},
) => {
  const at = new Date(Date.now() - daysAgo * 86_400_000)
  const contact = { tenant_id: person.tenant_id, id: randomUUID(), person_id: person.id }
  const row = { outcome, state: 'closed', closed_at: at, created_at: at }
  const { id } = await makeVerification(api.owner, contact, row)
  for (const [index, wouldAsk] of weighed.entries())
    await insertRow(api.owner, 'scorings', {
      ...{ tenant_id: person.tenant_id, verification_id: id, ordinal: index + 1, policy_version: 1 },
      ...{ results: JSON.stringify([]), evidence_sealed: Buffer.from(''), score: {}, versions: {} },
      ...{ decision: wouldAsk.length === 0 ? {} : { wouldAsk }, evidence_digest: Buffer.from('') },
      created_at: at,
    })
}

const mailbox = (hasWay: boolean): Recorded => ({ demand: 'own_mailbox', reasons: ['own_mailbox'], hasWay })
const tor: Recorded = { demand: 'findings', reasons: ['NET_TOR_EXIT'], hasWay: true }

describe('demands that the policy only records', () => {
  it('are counted over thirty days: cases, those that passed, and people without a way', async () => {
    expect(await recorded()).toEqual([])
    const [ada, jonas] = [
      await makePerson(api.owner, admin.tenantId, {}),
      await makePerson(api.owner, admin.tenantId, {}),
    ]
    // Weighed twice, a case counts once; a person counts once however many cases they had.
    await scored(ada, [[mailbox(false)], [mailbox(false), tor]])
    await scored(ada, [[mailbox(false)]], { outcome: 'failed' })
    await scored(jonas, [[mailbox(true)]])
    await scored(jonas, [[]])
    await scored(jonas, [[tor]], { daysAgo: 31 })
    expect(await recorded()).toEqual([
      { demand: 'own_mailbox', cases: 3, passed: 2, peopleWithoutWay: 1 },
      { demand: 'findings', cases: 1, passed: 1, peopleWithoutWay: 0 },
    ])
    const { id: other } = await addTenant(api)
    expect(await recorded(await signIn(api, other, 'admin'))).toEqual([])
  })

  it('are named without a case as soon as the policy records them; that waits for a second admin', async () => {
    const { id } = await addTenant(api)
    const who = await signIn(api, id, 'admin')
    const policy = defaultPolicy()
    const draft = { ...policy, score: { ...policy.score, onlyRecorded: { new_place: true } } }
    const saved = await callConsole(api, who, '/api/console/policy', {
      key: randomUUID(),
      body: { policy: draft, reason: 'We try it out.' },
    })
    expect(saved.json).toMatchObject({ status: 'proposed' })
    expect(await recorded(who)).toEqual([])
    await insertRow(api.owner, 'policies', {
      ...{ tenant_id: id, version: 2, saved_by: 'test', document: { ...draft, version: 2 } },
    })
    expect(await recorded(who)).toEqual([{ demand: 'new_place', cases: 0, passed: 0, peopleWithoutWay: 0 }])
  })
})
