import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { makePerson, makeTenant } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { resolveStaff } from '#services/staff/staff.ts'
import { connect } from '#platform/database/connect.ts'
import { staffCommand } from './staff.ts'

const database = useDatabase()
const issuer = 'https://id.example.org/realms/northwind'
let slug: string
let tenantId: string
let memberId: string
let email: string
beforeAll(async () => {
  ;({ slug, id: tenantId } = await makeTenant(database.owner))
  memberId = randomUUID()
  email = `${memberId}@northwind.test`
  await database.owner.query(
    `insert into staff (tenant_id, id, issuer, subject, email, display_name, role)
     values ($1, $2, 'https://before.example.org', $3, $4, 'Ada Agent', 'agent')`,
    [tenantId, memberId, `before-${memberId}`, email],
  )
})

const env = () => ({
  DATABASE_URL: database.addresses.ownerUrl,
  CLICKHOUSE_URL: 'http://127.0.0.1:1',
  NODE_ENV: 'test',
})
const run = (...args: string[]) =>
  staffCommand.run(args, env()).catch((error: unknown) => (error instanceof Error ? error.message : error))

/** The member of staff whom the console lets in under that subject of the provider. */
const whoIs = async (subject: string) => {
  const db = connect({
    url: database.addresses.apiUrl,
    max: 1,
    applicationName: 'staff-test',
    statementTimeoutMs: 5000,
  })
  try {
    return (await resolveStaff(db, issuer, subject))?.id ?? null
  } finally {
    await db.close()
  }
}

describe('staff at the shell', () => {
  it('F7: tells by which subject the provider knows a member, who then signs in under it and no longer under the old one', async () => {
    const { subject: old, issuer: before } = (await database.owner.one<{ subject: string; issuer: string }>(
      'select subject, issuer from staff where id = $1',
      [memberId],
    )) ?? { subject: '', issuer: '' }
    expect(await run('--tenant', slug, '--email', email, '--issuer', issuer, '--subject', 'f:1')).toBe(
      `${email} signs in as f:1 of ${issuer}.`,
    )
    expect(await whoIs('f:1')).toBe(memberId)
    expect(before).not.toBe(issuer)
    expect(await whoIs(old)).toBeNull()
    expect(
      await database.owner.one('select oidc_issuer as issuer from tenants where id = $1', [tenantId]),
    ).toEqual({ issuer })
  })

  it('adds a member whose name and role are given, and lists all, without a subject in the audit', async () => {
    const added = ['--email', 'new@northwind.test', '--name', 'Nia New', '--role', 'supervisor']
    await run('--tenant', slug, ...added, '--issuer', issuer, '--subject', 'f:2')
    const id = await whoIs('f:2')
    expect(id).not.toBeNull()
    expect(await run('--tenant', slug)).toContain(
      'new@northwind.test  supervisor  f:2  not linked to a person',
    )
    const told = await database.owner.query<{ payload: unknown; actor: string }>(
      `select payload, actor_id as actor from audit where tenant_id = $1 and type = 'staff.linked' and object_id = $2`,
      [tenantId, id],
    )
    expect(told).toEqual([{ payload: { role: 'supervisor', isNew: true }, actor: 'shell' }])
  })

  it('ends the sessions of a member who is turned off, and lets nobody in by that subject', async () => {
    expect(await run('--tenant', slug, '--email', 'new@northwind.test', '--disable')).toBe(
      'new@northwind.test signs in no more.',
    )
    expect(await run('--tenant', slug)).toContain(
      'new@northwind.test  supervisor  f:2  not linked to a person  off',
    )
  })

  it('changes nothing where it is not clear who is meant, or another account has the subject', async () => {
    expect(
      await run('--tenant', slug, '--email', 'nobody@northwind.test', '--issuer', issuer, '--subject', 'f:3'),
    ).toBe('Nobody of the staff has nobody@northwind.test: give --name and --role to add them.')
    expect(await run('--tenant', slug, '--email', email, '--issuer', issuer, '--subject', 'f:2')).toBe(
      'f:2 of this provider is another member of staff already.',
    )
    expect(await run('--tenant', slug, '--email', email, '--subject', 'f:9', '--issuer', 'nonsense')).toMatch(
      /--issuer/,
    )
    expect(
      await run(
        '--tenant',
        slug,
        '--email',
        email,
        '--name',
        'X',
        '--role',
        'owner',
        '--issuer',
        issuer,
        '--subject',
        'x',
      ),
    ).toMatch(/--role: agent, supervisor, admin or auditor/)
    expect(await whoIs('f:1')).toBe(memberId)
  })
})

describe('D16: the last admin who signs in', () => {
  const link = (...of: string[]) =>
    run('--tenant', slug, '--issuer', issuer, '--role', 'admin', '--name', 'Adi Admin', ...of)
  const off = (who: string) => run('--tenant', slug, '--email', who, '--disable')

  it('is not turned off; of two who are turned off at once one stays', async () => {
    await link('--email', 'one@northwind.test', '--subject', 'a:1')
    expect(await off('one@northwind.test')).toBe(
      'one@northwind.test is the last admin who signs in: link another admin first.',
    )
    expect(await whoIs('a:1')).not.toBeNull()
    await link('--email', 'two@northwind.test', '--subject', 'a:2')
    const answers = await Promise.all(['one', 'two'].map((name) => off(`${name}@northwind.test`)))
    expect(answers.filter((answer) => String(answer).endsWith('signs in no more.'))).toHaveLength(1)
    const left = await database.owner.query(
      `select from staff where tenant_id = $1 and role = 'admin' and disabled_at is null`,
      [tenantId],
    )
    expect(left).toHaveLength(1)
  })
})

it('D1: says whose account it is, where one person has that work address; the list shows it, the audit keeps it', async () => {
  const person = await makePerson(database.owner, tenantId)
  const toPerson = (who: string, address: string) =>
    run('--tenant', slug, '--email', who, '--person', address)
  expect(await toPerson(email, person.work_email.toUpperCase())).toBe(
    `${email} is an account of ${person.work_email.toUpperCase()}.`,
  )
  expect(await run('--tenant', slug)).toContain(`${email}  agent  f:1  ${person.work_email}`)
  expect(await toPerson(email, 'nobody@example.org')).toBe(
    'Not exactly one person of the directory has the work address nobody@example.org.',
  )
  expect(await toPerson('nobody@northwind.test', person.work_email)).toBe(
    'Nobody of the staff has nobody@northwind.test.',
  )
  const told = await database.owner.query(
    `select object_id as id from audit where tenant_id = $1 and type = 'staff.person_linked'`,
    [tenantId],
  )
  expect(told).toEqual([{ id: memberId }])
})

it('D7: an address that two people share says of neither that they are the member', async () => {
  const shared = `${randomUUID()}@northwind.test`
  const people = await Promise.all(
    [1, 2].map(() => makePerson(database.owner, tenantId, { work_email: shared })),
  )
  const add = async (address: string) => {
    await run(
      ...['--tenant', slug, '--email', address, '--issuer', issuer, '--subject', randomUUID()],
      ...['--name', 'Sam Shared', '--role', 'agent'],
    )
    return database.owner.one('select person_id as "personId" from staff where email = $1', [address])
  }
  expect(await add(shared)).toEqual({ personId: null })
  const own = `${randomUUID()}@northwind.test`
  await database.owner.run('update people set work_email = $2 where id = $1', [people[0]?.id, own])
  expect(await add(own)).toEqual({ personId: people[0]?.id })
})
