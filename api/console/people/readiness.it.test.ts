import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeContact, insertRow } from '#platform/database/testing/factories.ts'
import { addPerson, addTenant, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useTestApi } from '../../testing/use-test-api.ts'

const api = useTestApi()
let tenantId = ''
let boss: SignedIn
let auditor: SignedIn
let agent: SignedIn

const setPolicy = (enrolPasskeys: boolean) =>
  api.owner.run(
    `update policies set document = jsonb_set(document, '{signIn,enrolPasskeys}', $2) where tenant_id = $1`,
    [tenantId, JSON.stringify(enrolPasskeys)],
  )
beforeAll(async () => {
  tenantId = (await addTenant(api)).id
  await api.owner.run(`update tenants set oidc_issuer = 'https://id.example' where id = $1`, [tenantId])
  boss = await signIn(api, tenantId, 'supervisor')
  auditor = await signIn(api, tenantId, 'auditor')
  agent = await signIn(api, tenantId, 'agent')
})
beforeEach(async () => {
  await setPolicy(true)
  // Everybody of an earlier test is nobody's to handle.
  await api.owner.run(`update people set account_state = 'disabled' where tenant_id = $1`, [tenantId])
})

/** A person with a phone and a mailbox of their own, both long on file. */
const add = (name: string, row: object = {}) =>
  addPerson(api, tenantId, { display_name: name, department: 'Sales', ...row })
const withoutContacts = async (name: string, row: object = {}) => {
  const person = await add(name, row)
  await api.owner.run('update contacts set removed_at = now() where person_id = $1', [person.id])
  return person
}
const addPasskey = (personId: string, hours = 73) =>
  insertRow(api.owner, 'passkeys', {
    ...{ tenant_id: tenantId, id: randomUUID(), person_id: personId, verification_id: randomUUID() },
    ...{ credential_index: Buffer.from(randomUUID()), credential_sealed: Buffer.alloc(1), name: 'x' },
    created_at: new Date(Date.now() - hours * 3_600_000),
  })
const counts = async (as = boss) => (await callConsole(api, as, '/api/console/readiness')).json
const list = (query: string, as = boss) => callConsole(api, as, `/api/console/readiness/people?${query}`)
const invite = (personIds: readonly string[], as = boss, key: string = randomUUID()) =>
  callConsole(api, as, '/api/console/readiness/invitations', { body: { personIds }, key })
const invitationsOf = (personId: string) =>
  api.owner.query<{ contact_id: string; channel: string }>(
    `select contact_id, channel from notices where person_id = $1 and kind = 'passkey_invitation'`,
    [personId],
  )

describe('readiness by department', () => {
  it('counts who has which way, and who has none', async () => {
    await addPasskey((await withoutContacts('Passkey')).id)
    await addPasskey((await withoutContacts('Waiting')).id, 1)
    await withoutContacts('Provider', { sign_in_subject: `sub-${randomUUID()}` })
    await add('Contacts')
    await withoutContacts('None')
    await withoutContacts('Elsewhere', { department: null })
    await withoutContacts('Never handled', { never_via_help_desk: true })
    expect(await counts()).toEqual({
      enrolAddress: `${api.portalUrl}/enrol`,
      departments: [
        {
          ...{ department: 'Sales', people: 5, passkey: 1, waiting: 1, sheet: 0, signIn: 1, contacts: 1 },
          none: 2,
        },
        {
          ...{ department: null, people: 1, passkey: 0, waiting: 0, sheet: 0, signIn: 0, contacts: 0 },
          none: 1,
        },
      ],
    })
  })

  it('takes two contacts of one kind, or one that changed lately, for no two', async () => {
    const phones = await withoutContacts('Phones')
    for (const number of ['+447700900001', '+447700900002'])
      await makeContact(api.owner, api.keys.worker, phones, number)
    const fresh = await add('Fresh')
    await api.owner.run('update contacts set last_changed_at = now() where person_id = $1', [fresh.id])
    expect((await counts()).departments).toMatchObject([{ people: 2, contacts: 0, none: 2 }])
  })

  it('lists them by name, a page at a time, without a contact, and leaves an entry', async () => {
    for (let n = 0; n < 51; n += 1) await withoutContacts(`Person ${String(n).padStart(2, '0')}`)
    await withoutContacts('Zoe', { department: 'Legal' })
    const first = (await list('lacking=none&department=Sales')).json
    expect([first.people.length, first.more, first.people[0].name]).toEqual([50, true, 'Person 00'])
    const next = (await list(`lacking=none&department=Sales&after=${first.people[49].id as string}`)).json
    expect([next.people.map(({ name }: { name: string }) => name), next.more]).toEqual([['Person 50'], false])
    expect(JSON.stringify(first)).not.toMatch(/mail\.example|masked|\+44/)
    expect((await list('lacking=none&department=')).json.people).toEqual([])
    const listed = await api.owner.query(
      `select payload from audit where tenant_id = $1 and type = 'people.listed' order by seq`,
      [tenantId],
    )
    expect(listed).toMatchObject([{ payload: { lacking: 'none', found: 50, more: true } }, {}, {}])
  })

  it('lists people without a passkey who have another way, and nobody of another organisation', async () => {
    await addPasskey((await withoutContacts('Passkey')).id)
    await add('Contacts')
    const { id: foreign } = await addTenant(api)
    const stranger = await addPerson(api, foreign, { display_name: 'Stranger' })
    const page = (await list('lacking=passkey')).json
    expect(page.people).toMatchObject([{ name: 'Contacts', passkey: false, contacts: true }])
    expect((await list(`lacking=passkey&after=${stranger.id}`)).json.people).toEqual([])
  })

  it('says that people cannot set one up, where the policy does not let them', async () => {
    await setPolicy(false)
    expect((await counts()).enrolAddress).toBeNull()
  })

  it('I1: is read by supervisors, admins and auditors; only the first two invite', async () => {
    expect((await list('lacking=none', agent)).status).toBe(403)
    expect((await list('lacking=none', auditor)).status).toBe(200)
    expect((await invite([randomUUID()], auditor)).status).toBe(403)
    expect((await invite([randomUUID()], agent)).status).toBe(403)
  })
})

describe('B24: invitations', () => {
  const known = () => ({ sign_in_subject: `sub-${randomUUID()}` })

  it('go to the mailbox of work, once in seven days, to people who may set up a passkey and have none', async () => {
    const ada = await add('Ada', known())
    const work = await makeContact(api.owner, api.keys.worker, ada, 'ada@corp.example', { label: 'work' })
    const has = await add('Has', known())
    await addPasskey(has.id, 1)
    const unknown = await add('Unknown')
    const noMailbox = await withoutContacts('No mailbox', known())
    const never = await add('Never', { ...known(), never_via_help_desk: true })
    const all = [ada, has, unknown, noMailbox, never].map(({ id }) => id)
    expect((await invite(all)).json).toEqual({ invited: 1, notInvited: 4 })
    expect(await invitationsOf(ada.id)).toEqual([{ contact_id: work.id, channel: 'email' }])
    expect((await invite([ada.id])).json).toEqual({ invited: 0, notInvited: 1 })
    await api.owner.run(`update notices set created_at = now() - interval '8 days' where person_id = $1`, [
      ada.id,
    ])
    expect((await invite([ada.id])).json).toEqual({ invited: 1, notInvited: 0 })
    const events = await api.owner.query(
      `select actor_id from audit where object_id = $1 and type = 'enrolment.invited'`,
      [ada.id],
    )
    expect(events).toEqual([{ actor_id: boss.staffId }, { actor_id: boss.staffId }])
  })

  it('H7, Q5: at once, or again with the same key, a person gets one', async () => {
    const ada = await add('Ada', known())
    const key = randomUUID()
    await Promise.all([invite([ada.id]), invite([ada.id]), invite([ada.id], boss, key)])
    await invite([ada.id], boss, key)
    expect(await invitationsOf(ada.id)).toHaveLength(1)
  })

  it('H3: end at 500 a day, and at 50 people of one request', async () => {
    await api.owner.run(
      `insert into notices (tenant_id, verification_id, person_id, kind, contact_id, channel)
       select $1, gen_random_uuid(), gen_random_uuid(), 'passkey_invitation', gen_random_uuid(), 'email'
       from generate_series(1, 500)`,
      [tenantId],
    )
    const ada = await add('Ada', known())
    expect((await invite([ada.id])).json).toEqual({ invited: 0, notInvited: 1 })
    await api.owner.run(`delete from notices where kind = 'passkey_invitation' and tenant_id = $1`, [
      tenantId,
    ])
    expect((await invite(Array.from({ length: 51 }, () => randomUUID()))).status).toBe(422)
  })

  it('I2: go to nobody of another organisation, and to nobody where the policy is closed', async () => {
    const { id: foreign } = await addTenant(api)
    const stranger = await addPerson(api, foreign, known())
    expect((await invite([stranger.id])).json).toEqual({ invited: 0, notInvited: 1 })
    const ada = await add('Ada', known())
    await setPolicy(false)
    expect((await invite([ada.id])).json.code).toBe('state_does_not_allow')
    expect(await invitationsOf(ada.id)).toEqual([])
  })
})
