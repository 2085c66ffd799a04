import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { newToken, tokenHash } from '../crypto/sealing.ts'
import {
  insertRow,
  makeContact,
  makePerson,
  makeStaff,
  makeTenant,
  makeVerification,
  testKeys,
} from './testing/factories.ts'
import { useDatabase } from './testing/open.ts'
import { inTenant, outsideTenants } from './transaction.ts'

const database = useDatabase()
const keys = testKeys()
const later = new Date(Date.now() + 3_600_000)

const populate = async () => {
  const owner = database.owner
  const tenant = await makeTenant(owner)
  const person = await makePerson(owner, tenant.id)
  const contact = await makeContact(owner, keys.api, person)
  const staff = await makeStaff(owner, tenant.id)
  const verification = await makeVerification(owner, contact)
  const ids = { tenant_id: tenant.id, verification_id: verification.id, person_id: person.id }
  const tokens = {
    staff: newToken(),
    portal: newToken(),
    link: newToken(),
    report: newToken(),
    client: newToken(),
  }
  const row = {
    staff: randomUUID(),
    portal: randomUUID(),
    link: randomUUID(),
    report: randomUUID(),
    delivery: randomUUID(),
    client: randomUUID(),
  }
  const providerId = `SM${randomUUID().replaceAll('-', '')}`
  await insertRow(owner, 'staff_sessions', {
    ...{ tenant_id: tenant.id, id: row.staff, staff_id: staff.id },
    ...{ token_hash: tokenHash(tokens.staff), csrf_hash: tokenHash('x'), absolute_expires_at: later },
  })
  await insertRow(owner, 'links', {
    ...ids,
    ...{ id: row.link, purpose: 'password_reset', policy_version: 1, ordinal: 1, channel: 'sms' },
    ...{ contact_id: contact.id, contact_value_index: contact.value_index },
    ...{ token_hash: tokenHash(tokens.link), expires_at: later },
  })
  await insertRow(owner, 'portal_sessions', {
    ...ids,
    ...{ id: row.portal, link_id: row.link, token_hash: tokenHash(tokens.portal) },
    ...{ probe_nonce: 'n', absolute_expires_at: later },
  })
  await insertRow(owner, 'api_clients', {
    ...{ tenant_id: tenant.id, id: row.client, name: 'HR', scopes: ['sources.import'] },
    ...{ key_hash: tokenHash(tokens.client), expires_at: later },
  })
  await insertRow(owner, 'report_links', {
    ...ids,
    ...{ id: row.report, token_hash: tokenHash(tokens.report), expires_at: later },
  })
  await insertRow(owner, 'deliveries', {
    ...ids,
    ...{ id: row.delivery, kind: 'link', ordinal: 1, channel: 'sms', contact_id: contact.id },
    ...{ contact_masked: contact.masked, status: 'accepted', provider_id: providerId },
  })
  return { tenant, person, contact, staff, verification, tokens, row, providerId }
}
let one: Awaited<ReturnType<typeof populate>>
let two: Awaited<ReturnType<typeof populate>>
beforeAll(async () => {
  one = await populate()
  two = await populate()
})

describe('resolve functions', () => {
  const call = (sql: string, ...params: unknown[]) => outsideTenants(database.api).query(sql, params)

  it('E5, I3: each credential leads to its tenant and ids, and to nothing else', async () => {
    for (const { tenant, staff, verification, tokens, row, providerId } of [one, two]) {
      const of = { tenant_id: tenant.id }
      const inCase = { ...of, verification_id: verification.id }
      expect(await call('select * from resolve_staff_session($1)', tokenHash(tokens.staff))).toEqual([
        { ...of, id: row.staff },
      ])
      expect(await call('select * from resolve_portal_session($1)', tokenHash(tokens.portal))).toEqual([
        { ...inCase, id: row.portal },
      ])
      expect(await call('select * from resolve_link($1)', tokenHash(tokens.link))).toEqual([
        { ...inCase, id: row.link },
      ])
      expect(await call('select * from resolve_report_link($1)', tokenHash(tokens.report))).toEqual([
        { ...inCase, id: row.report },
      ])
      expect(await call('select * from resolve_api_client($1)', tokenHash(tokens.client))).toEqual([
        { ...of, id: row.client },
      ])
      expect(await call('select * from resolve_delivery($1)', providerId)).toEqual([
        { ...inCase, id: row.delivery },
      ])
      expect(await call('select * from resolve_staff($1, $2)', staff.issuer, staff.subject)).toEqual([
        { ...of, id: staff.id },
      ])
    }
  })

  it('C18: a token of one kind is nothing to another', async () => {
    const functions = ['staff_session', 'portal_session', 'link', 'report_link', 'api_client']
    const { staff, portal, link, report, client } = one.tokens
    const tokens = [staff, portal, link, report, client]
    for (const [own, token] of tokens.entries())
      for (const [index, name] of functions.entries()) {
        const found = await call(`select from resolve_${name}($1)`, tokenHash(token))
        expect([name, index, found.length]).toEqual([name, index, index === own ? 1 : 0])
      }
  })

  it('nothing is found for what is unknown, empty or only similar', async () => {
    const half = tokenHash(one.tokens.link).subarray(0, 16)
    for (const value of [tokenHash('unknown'), Buffer.alloc(0), half, null])
      for (const name of ['staff_session', 'portal_session', 'link', 'report_link', 'api_client'])
        expect(await call(`select from resolve_${name}($1)`, value)).toEqual([])
    for (const value of ['', '%', one.providerId.toLowerCase(), null])
      expect(await call('select from resolve_delivery($1)', value)).toEqual([])
    expect(await call('select from resolve_staff($1, $2)', one.staff.issuer, one.staff.email)).toEqual([])
    expect(
      await call('select from resolve_staff($1, $2)', 'https://other.example.org', one.staff.subject),
    ).toEqual([])
  })

  it('their owner cannot sign in and holds columns of ids only', async () => {
    expect(
      await database.owner.one(
        `select rolcanlogin, rolsuper from pg_roles where rolname = 'countersign_resolver'`,
      ),
    ).toEqual({ rolcanlogin: false, rolsuper: false })
    const client = await database.ownerDb.pool.connect()
    try {
      await client.query('set role countersign_resolver')
      for (const sql of [
        'select * from links',
        'select csrf_hash from staff_sessions',
        'select name from api_clients',
        'select from contacts',
        'select from grants',
      ])
        await expect(client.query(sql)).rejects.toThrow(/permission denied/)
    } finally {
      client.release(true)
    }
  })

  it('tenant_ids gives every tenant to the worker', async () => {
    const rows = await outsideTenants(database.worker).query<{ id: string }>('select tenant_ids() as id')
    expect(rows.map(({ id }) => id)).toEqual([one.tenant.id, two.tenant.id].sort())
  })
})

describe('people_matching', () => {
  const search = (needle: string, tenant = one.tenant.id) =>
    inTenant(database.api, tenant, async (tx) => {
      const rows = await tx.query<{ id: string }>('select people_matching($1, $2) as id', [tenant, needle])
      return rows.map(({ id }) => id)
    })

  it('finds by any part of name, romanised name, address and login, in any case', async () => {
    const made = await makePerson(database.owner, one.tenant.id, {
      ...{ display_name: '山田 太郎', romanised_name: 'Taro Yamada' },
      ...{ work_email: 'T.Yamada@Corp.Example', login: 'tyamada7' },
    })
    for (const needle of ['山田 太', 'YAMADA', 'aro yam', 't.yamada@corp', 'yamada7', '  tyamada7 '])
      expect([needle, await search(needle)]).toEqual([needle, [made.id]])
    expect(await search('tyamada7', two.tenant.id)).toEqual([])
  })

  it('finds words in any order, with or without their marks', async () => {
    const dolores = await makePerson(database.owner, one.tenant.id, {
      ...{ display_name: 'Dolores Núñez Đỗ', work_email: 'd1@corp.example', login: 'd1' },
    })
    const joerg = await makePerson(database.owner, one.tenant.id, {
      ...{ display_name: 'JÖRG Weiß-Søndergård', work_email: 'j1@corp.example', login: 'j1' },
    })
    for (const needle of [
      'dolores nun',
      'NUNEZ Dolores',
      'núñez dolores',
      'nu\u0301n do d1@corp',
      'do nun  dol',
    ])
      expect([needle, await search(needle)]).toEqual([needle, [dolores.id]])
    for (const needle of ['jorg weiss', 'Weiß j', 'sondergard jör'])
      expect([needle, await search(needle)]).toEqual([needle, [joerg.id]])
    for (const needle of ['dolores weiss', 'dolores ~', 'noresnunez'])
      expect([needle, await search(needle)]).toEqual([needle, []])
    // A login of chance may hold any two digits that another test looks for.
    const oneil = await makePerson(database.owner, one.tenant.id, {
      ...{ display_name: 'Shaun O’Neil-Ward', work_email: 's1@corp.example', login: 's1' },
    })
    for (const needle of ['oneil', "shaun o'neil", 'o`neil', 'ward oneil'])
      expect([needle, await search(needle)]).toEqual([needle, [oneil.id]])
  })

  it('people who have the words as typed come before people who have them elsewhere', async () => {
    const tenant = await makeTenant(database.owner)
    const make = (display_name: string) => makePerson(database.owner, tenant.id, { display_name })
    const [last, first] = [await make('Abel Tam Quirin'), await make('Zoe Quirin Tam')]
    expect(await search('quirin tam', tenant.id)).toEqual([first.id, last.id])
  })

  it('K1: wildcards and quotes are letters like others', async () => {
    const odd = await makePerson(database.owner, one.tenant.id, { display_name: `50%_off \\ O'Neil` })
    for (const needle of ['50%_off', '%_off \\', `50 O'Neil`, '\\ o'])
      expect([needle, await search(needle)]).toEqual([needle, [odd.id]])
    for (const needle of [`'''`, '\u0301\u0301\u0301', `a''`])
      expect([needle, await search(needle)]).toEqual([needle, []])
    for (const needle of ['%%%', '___', '50_%', '%pau%', 'p_ula', '\\\\\\', `' or '1'='1`])
      expect([needle, await search(needle)]).toEqual([needle, []])
  })

  it('D9: at least three characters, at most fifty rows', async () => {
    for (const needle of ['', 'pa', ' p ', '  '])
      await expect(search(needle)).rejects.toThrow(/at least 3 characters/)
    const tenant = await makeTenant(database.owner)
    for (let n = 0; n < 55; n += 1)
      await makePerson(database.owner, tenant.id, { display_name: `Sam Same ${String(n)}` })
    expect(await search('same', tenant.id)).toHaveLength(50)
  })

  it('I4: searches the tenant of the transaction only', async () => {
    const foreign = inTenant(database.api, one.tenant.id, (tx) =>
      tx.query('select people_matching($1, $2)', [two.tenant.id, 'paula']),
    )
    await expect(foreign).rejects.toMatchObject({ code: '42501' })
    await expect(
      outsideTenants(database.api).query('select people_matching($1, $2)', [one.tenant.id, 'paula']),
    ).rejects.toMatchObject({ code: '42501' })
  })

  it('deleted accounts are not found', async () => {
    await makePerson(database.owner, one.tenant.id, { display_name: 'Gone Girl', account_state: 'deleted' })
    expect(await search('gone girl')).toEqual([])
  })

  it('uses the trigram index among many', async () => {
    const tenant = await makeTenant(database.owner)
    await database.owner.run(
      `insert into people (tenant_id, id, directory_id, login, work_email, display_name, given_name, family_name)
       select $1, gen_random_uuid(), 'd' || n, 'l' || n, md5(n::text) || '@example.org', md5((n * 7)::text), 'g', 'f'
       from generate_series(1, 20000) n`,
      [tenant.id],
    )
    await database.owner.query('vacuum analyze people')
    const plan = await database.owner.query(
      `explain select id from people where tenant_id = '${tenant.id}' and search_text like '%abcdef%'
         and search_text like all (array['%abcdef%', '%c%'])`,
    )
    expect(JSON.stringify(plan)).toContain('people_search')
  })
})
