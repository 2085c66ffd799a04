import { describe, expect, it } from 'vitest'
import { reportFor } from '#cli/access-report.ts'
import { connect } from '#platform/database/connect.ts'
import { dataMap, otherTables } from '#platform/database/data-map.ts'
import {
  insertRow,
  makeContact,
  makePerson,
  makeStaff,
  makeTenant,
  makeVerification,
  testKeys,
} from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { makeAccessReport } from './make.ts'

const database = useDatabase()
const keys = testKeys()

const person = async (tenantId: string, row: Readonly<Record<string, unknown>> = {}) => {
  const made = await makePerson(database.owner, tenantId, row)
  return { ...made, contact: await makeContact(database.owner, keys.worker, made) }
}

const disclose = (
  tenantId: string,
  verificationId: string,
  pseudonym: string,
  family: string,
  list: boolean,
) =>
  insertRow(database.owner, 'disclosures', {
    tenant_id: tenantId,
    verification_id: verificationId,
    participant_pseudonym: pseudonym,
    family,
    fact_digest: Buffer.from('fact'),
    value_digest: list ? Buffer.from('value') : null,
    block_id: list ? 'block-secret' : null,
    epoch: list ? '2026-Q4' : '',
    value_count: list ? 5 : 0,
    channel: 'sms',
  })

const pseudonymOf = async (id: string): Promise<string> =>
  (await database.owner.one<{ pseudonym: string }>('select pseudonym from people where id = $1', [id]))
    ?.pseudonym ?? ''

const report = (tenantId: string, personId: string) =>
  inTenant(database.api, tenantId, (tx) => makeAccessReport(tx, keys.api, personId, 'DSR-12'))

describe('what is kept', () => {
  it('M8, M9: every table and column of the database has its note, so that a new one cannot be missed', async () => {
    const columns = await database.owner.query<{ table: string; columns: string[] }>(
      `select c.relname as table, array_agg(a.attname::text order by a.attname) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and a.attnum > 0 and not a.attisdropped and left(c.relname, 7) <> 'schema_'
       group by c.relname`,
    )
    const noted = columns
      .filter(({ table }) => !(table in otherTables))
      .map(({ table }) => {
        const note = dataMap[table]
        const known = note === undefined ? [] : [...note.shown, ...Object.values(note.withheld).flat()]
        return { table, columns: [...known].sort() }
      })
    expect(noted).toEqual(
      columns
        .filter(({ table }) => !(table in otherTables))
        .map(({ table, columns: names }) => ({ table, columns: [...names].sort() })),
    )
    const all = new Set(columns.map(({ table }) => table))
    expect([...Object.keys(dataMap), ...Object.keys(otherTables)].filter((table) => !all.has(table))).toEqual(
      [],
    )
  })

  it('M8: a table that names a participant is never among those without rows about one', async () => {
    const named = await database.owner.query<{ table: string }>(
      `select distinct c.relname as table from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and a.attname in ('person_id', 'participant_pseudonym') and not a.attisdropped`,
    )
    expect(named.length).toBeGreaterThan(15)
    expect(named.filter(({ table }) => !(table in dataMap))).toEqual([])
  })
})

describe('M8: an access report', () => {
  it('holds contacts, facts, cases, lists and messages of its person, and nothing of anybody else', async () => {
    const { id: tenantId } = await makeTenant(database.owner, { name: 'Northwind' })
    const manager = await person(tenantId, { display_name: 'Marta Chief' })
    const ada = await person(tenantId, { display_name: 'Ada Lindt', manager_id: manager.id })
    const bob = await person(tenantId, { display_name: 'Bob Other' })
    const agent = await makeStaff(database.owner, tenantId)
    const own = await makeVerification(database.owner, ada.contact, {
      referrer_id: agent.id,
      state: 'closed',
      outcome: 'passed',
      decision: 'approved',
      decided_by_kind: 'agent',
      decided_by_name: 'Alex Agent',
      decided_at: new Date(),
      decision_reason: 'voice and ticket fit',
      risk_tenths: 24,
      band: 'guarded',
    })
    const foreign = await makeVerification(database.owner, bob.contact)
    await disclose(tenantId, own.id, await pseudonymOf(ada.id), 'manager', true)
    await disclose(tenantId, own.id, await pseudonymOf(ada.id), 'asset_tag', false)
    await disclose(tenantId, foreign.id, await pseudonymOf(bob.id), 'office', true)
    for (const [family, value] of [
      ['manager', manager.id],
      [
        'joined',
        JSON.stringify({ id: 'm1', organiser: bob.id, attendees: 4, accepted: true, cancelled: false }),
      ],
      ['device', JSON.stringify({ id: 'd1', kind: 'laptop', model: 'Lenora X4', assetTag: 'NW-1K7Q2' })],
    ])
      await insertRow(database.owner, 'facts', {
        tenant_id: tenantId,
        person_id: ada.id,
        family,
        source: 'directory',
        value,
      })
    const made = await report(tenantId, ada.id)
    expect(made?.contacts).toMatchObject([{ value: expect.stringMatching(/^\+/) as string }])
    expect(made?.facts.map(({ family, value }) => [family, value])).toEqual([
      ['device', 'kind: laptop, model: Lenora X4, assetTag: NW-1K7Q2'],
      ['joined', null],
      ['manager', null],
    ])
    expect(made?.verifications).toMatchObject([
      {
        id: own.id,
        outcome: 'passed',
        risk: 2.4,
        decision: { decision: 'approved', by: 'Alex Agent', reason: 'voice and ticket fit' },
        asked: [
          { family: 'manager', listed: 5, isAnswered: false },
          { family: 'asset_tag', listed: null },
        ],
      },
    ])
    const text = JSON.stringify(made)
    for (const other of [bob.id, foreign.id, 'Bob Other', 'block-secret', manager.id])
      expect(text).not.toContain(other)
  })

  it('challenges 0.7: says nowhere which answers were right', async () => {
    const { id: tenantId } = await makeTenant(database.owner)
    const ada = await person(tenantId)
    const own = await makeVerification(database.owner, ada.contact, {
      correct: 3,
      risk_tenths: 31,
      band: 'guarded',
    })
    await disclose(tenantId, own.id, await pseudonymOf(ada.id), 'manager', true)
    for (const [position, verdict] of (['correct', 'incorrect'] as const).entries())
      await insertRow(database.owner, 'answers', {
        tenant_id: tenantId,
        verification_id: own.id,
        position: position + 1,
        family: position === 0 ? 'manager' : 'office',
        form: 'choice',
        exposure: 'public',
        points_row: 'choice_medium',
        verdict,
        seconds_tenths: 61,
      })
    const made = await report(tenantId, ada.id)
    const rows = made?.tables.find(({ table }) => table === 'answers')?.rows
    expect(rows).toHaveLength(2)
    expect(rows?.map((row) => Object.keys(row))).toEqual(
      rows?.map(() => expect.not.arrayContaining(['verdict']) as string[]),
    )
    expect(JSON.stringify(rows)).not.toMatch(/incorrect|"correct/)
    // Beside what every other check counted, the number would give the sum of the answers.
    expect(made?.verifications).toMatchObject([
      { risk: null, band: 'guarded', asked: [{ isAnswered: true }] },
    ])
    const cases = made?.tables.find(({ table }) => table === 'verifications')?.rows
    expect(cases).toMatchObject([{ band: 'guarded' }])
    expect(JSON.stringify(cases)).not.toMatch(/tenths|"correct/)
  })

  it('is recorded with its reference by the command, and refuses strangers', async () => {
    const { id: tenantId, slug } = await makeTenant(database.owner, { slug: 'reporting' })
    const ada = await person(tenantId, { login: 'ada.lindt' })
    const db = connect({
      url: database.addresses.apiUrl,
      max: 2,
      applicationName: 'cli',
      statementTimeoutMs: 15_000,
    })
    try {
      const made = await reportFor(db, keys.api, { slug, login: 'Ada.Lindt', reference: 'DSR-12' })
      expect(made.person).toMatchObject({ id: ada.id, login: 'ada.lindt' })
      expect(
        await database.owner.query(
          'select type, actor_kind, actor_id, object_id, payload from audit where tenant_id = $1',
          [tenantId],
        ),
      ).toEqual([
        {
          type: 'access_report.made',
          actor_kind: 'system',
          actor_id: 'operator',
          object_id: ada.id,
          payload: { reference: 'DSR-12', verifications: 0 },
        },
      ])
      const again = await reportFor(db, keys.api, { slug, login: 'ada.lindt', reference: 'DSR-13' })
      expect(again.openings).toMatchObject([{ event: 'access_report.made', actorKind: 'system' }])
      const ask = (more: object) =>
        reportFor(db, keys.api, { slug, login: 'x', reference: 'DSR-14', ...more })
      await expect(ask({})).rejects.toThrow('Nobody in this organisation')
      await expect(ask({ slug: 'elsewhere', login: 'ada.lindt' })).rejects.toThrow('no organisation')
    } finally {
      await db.close()
    }
  })
})
