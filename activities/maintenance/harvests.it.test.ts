import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '#domain/verification/outcome.ts'
import {
  insertRow,
  makeContact,
  makePerson,
  makeStaff,
  makeTenant,
  makeVerification,
} from '#platform/database/testing/factories.ts'
import { useDeps } from '../testing/use-deps.ts'
import { watchHarvests } from './watch-harvests.ts'

const { database, keys, deps, show: showList } = useDeps()

/** `outcome` null: still open; `hoursAgo`: when it began and its list was shown. */
type Shown = {
  readonly list?: number
  readonly outcome?: Outcome | null
  readonly asn?: number | null
  readonly hoursAgo?: number
}

/** An organisation with lists of managers in force, an admin, a supervisor and an agent. */
const makeOrganisation = async (lists = 12) => {
  const { owner } = database
  const { id: tenantId } = await makeTenant(owner)
  for (const role of ['admin', 'supervisor', 'agent']) await makeStaff(owner, tenantId, { role })
  for (let list = 0; list < lists; list += 1)
    await insertRow(owner, 'question_blocks', {
      tenant_id: tenantId,
      id: `list-${String(list)}`,
      family: 'manager',
      epoch: '2026-Q4',
      values_sealed: Buffer.from('sealed'),
    })
  const person = await makePerson(owner, tenantId)
  const contact = await makeContact(owner, keys.worker, person)

  /** One case in which a list of managers was shown. */
  const show = async ({ list = 0, outcome = 'failed', asn = null, hoursAgo = 2 }: Shown) => {
    const at = new Date(Date.now() - hoursAgo * 3_600_000)
    const of = await makeVerification(owner, contact, {
      created_at: at,
      ...(outcome === null ? { state: 'answering' } : { state: 'closed', outcome, closed_at: at }),
    })
    await showList(of, 'manager', `list-${String(list)}`)
    await owner.run('update disclosures set shown_at = $2 where verification_id = $1', [of.id, at])
    if (asn !== null)
      await insertRow(owner, 'sightings', {
        tenant_id: tenantId,
        verification_id: of.id,
        person_id: person.id,
        address_digest: Buffer.from(randomUUID()),
        network_digest: Buffer.from(randomUUID()),
        asn,
      })
  }
  const showMany = async (count: number, shown: (index: number) => Shown) => {
    for (let index = 0; index < count; index += 1) await show(shown(index))
  }
  const watch = () => watchHarvests(deps(), tenantId)
  const alarms = () =>
    owner.query(
      'select family, asn, cases, lists, lists_in_force as "inForce" from harvest_alarms where tenant_id = $1 order by asn nulls first',
      [tenantId],
    )
  const rows = (sql: string) => owner.query<{ role: string }>(sql, [tenantId])
  const events = () =>
    rows(`select payload from audit where tenant_id = $1 and type = 'harvest.suspected' order by seq`)
  const mails = async () =>
    (
      await rows(
        `select s.role from staff_notices n join staff s on s.tenant_id = n.tenant_id and s.id = n.staff_id
         where n.tenant_id = $1 and n.kind = 'harvest_suspected' order by s.role`,
      )
    ).map(({ role }) => role)
  return { tenantId, show, showMany, watch, alarms, events, mails }
}

/** Thirty people played within a day from one network, each with a list of their own team. */
const harvest = (index: number): Shown => ({ list: index % 12, asn: 65_550 })

describe('D12, challenges 10: a harvest of lists', () => {
  it('of thirty cases alarms once: over all networks and from the one, with mail and audit', async () => {
    const of = await makeOrganisation()
    await of.showMany(30, harvest)
    expect(await of.watch()).toEqual([
      { family: 'manager', scope: 'all' },
      { family: 'manager', scope: 'network' },
    ])
    await of.showMany(3, harvest)
    const again = await Promise.all([of.watch(), of.watch(), of.watch()])
    expect(again).toEqual([[], [], []])
    expect(await of.alarms()).toEqual([
      { family: 'manager', asn: null, cases: 30, lists: 12, inForce: 12 },
      { family: 'manager', asn: 65_550, cases: 30, lists: 12, inForce: 12 },
    ])
    expect(await of.events()).toMatchObject([
      { payload: { family: 'manager', asn: null, cases: 30, lists: 12, listsInForce: 12 } },
      { payload: { family: 'manager', asn: 65_550 } },
    ])
    expect(await of.mails()).toEqual(['admin', 'supervisor'])
  })

  it('raises one alarm for many workers that look at the same moment', async () => {
    const of = await makeOrganisation()
    await of.showMany(30, (index) => ({ list: index % 12 }))
    const found = await Promise.all(Array.from({ length: 8 }, () => of.watch()))
    expect(found.flat()).toHaveLength(1)
    expect([await of.alarms(), await of.events()].map(({ length }) => length)).toEqual([1, 1])
    expect(await of.mails()).toHaveLength(2)
  })

  it('is reported whole by the next worker where one dies in the middle', async () => {
    const of = await makeOrganisation()
    await of.showMany(30, (index) => ({ list: index % 12 }))
    await database.owner.run(`create or replace function die() returns trigger language plpgsql as $$
      begin raise exception 'the worker dies here'; end $$`)
    await database.owner.run(
      `create trigger dies before insert on audit for each row when (new.type = 'harvest.suspected') execute function die()`,
    )
    await expect(of.watch()).rejects.toThrow('dies here')
    expect([await of.alarms(), await of.mails()]).toEqual([[], []])
    await database.owner.run('drop trigger dies on audit')
    expect(await of.watch()).toHaveLength(1)
    expect(await of.events()).toHaveLength(1)
    expect(await of.mails()).toHaveLength(2)
  })

  it('begins anew a day later, where it continues', async () => {
    const of = await makeOrganisation()
    await of.showMany(30, (index) => ({ list: index % 12 }))
    await of.watch()
    await database.owner.run(
      `update harvest_alarms set raised_at = raised_at - interval '25 hours', day = day - 1 where tenant_id = $1`,
      [of.tenantId],
    )
    expect(await of.watch()).toHaveLength(1)
  })
})

describe('what is no harvest', () => {
  it.each([
    ['cases that passed', 30, { outcome: 'passed' }],
    ['a few that failed', 9, {}],
    ['cases that are still open', 30, { outcome: null, hoursAgo: 0.2 }],
    ['lists of the day before', 30, { hoursAgo: 26 }],
  ] as const)('%s', async (_, count, shown) => {
    const of = await makeOrganisation()
    await of.showMany(count, (index) => ({ list: index % 12, ...shown }))
    expect(await of.watch()).toEqual([])
    expect(await of.mails()).toEqual([])
  })

  it('the same few lists to many, or lists that are no longer in force', async () => {
    const of = await makeOrganisation()
    await of.showMany(30, (index) => ({ list: index % 2 }))
    expect(await of.watch()).toEqual([])
    await of.showMany(30, (index) => ({ list: index % 12 }))
    await database.owner.run(
      `update question_blocks set retired_at = now() where tenant_id = $1 and id not in ('list-0', 'list-1')`,
      [of.tenantId],
    )
    expect(await of.watch()).toEqual([])
  })

  it('what is usual on this weekday, over all networks and in each', async () => {
    const of = await makeOrganisation(40)
    const usual = (weeks: number) => (index: number) => ({
      list: index % 40,
      asn: 64_500,
      hoursAgo: 2 + weeks * 168,
    })
    for (const weeks of [1, 2]) await of.showMany(18, usual(weeks))
    await of.showMany(20, usual(0))
    expect(await of.watch()).toEqual([])
    // Thirty-five against 35.4, and fifteen from a network that is never seen.
    await of.showMany(15, (index) => ({ list: index, asn: 65_550 }))
    expect(await of.watch()).toEqual([{ family: 'manager', scope: 'network' }])
    await of.showMany(4, (index) => ({ list: 20 + index, asn: 65_550 }))
    expect(await of.watch()).toEqual([{ family: 'manager', scope: 'all' }])
  })

  it('counts a case that was left for an hour, and one seen in two networks once over all', async () => {
    const of = await makeOrganisation()
    await of.showMany(10, (index) => ({ list: index, outcome: null, hoursAgo: 1.1, asn: 65_550 }))
    await database.owner.run(
      `insert into sightings (tenant_id, verification_id, person_id, address_digest, network_digest, asn)
       select tenant_id, verification_id, person_id, 'other', 'other', 65551 from sightings where tenant_id = $1`,
      [of.tenantId],
    )
    await of.watch()
    expect(await of.alarms()).toMatchObject([
      { asn: null, cases: 10 },
      { asn: 65_550, cases: 10 },
      { asn: 65_551, cases: 10 },
    ])
  })
})
