import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import {
  insertRow,
  makeContact,
  makePerson,
  makeTenant,
  testKeys,
} from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { createFactTools } from '#platform/facts/fact-tools.ts'
import { readContactsOnFile } from '../people/contacts.ts'
import { readPerson } from '../people/people.ts'
import { judgeContacts, nextSendTo } from './judge-contacts.ts'
import { prefixIndexOf } from './send-counts.ts'

const database = useDatabase()
const keys = testKeys()
const deps = { keys: keys.api, factTools: createFactTools(null) }
const staffId = randomUUID()

/** The same transaction, keeping the statements that it is asked. */
const listening = (tx: Tx, heard: string[]): Tx => ({
  ...tx,
  query: (sql, params, name) => (heard.push(sql), tx.query(sql, params, name)),
  one: (sql, params, name) => (heard.push(sql), tx.one(sql, params, name)),
  run: (sql, params, name) => (heard.push(sql), tx.run(sql, params, name)),
  named: (name, sql, params) => (heard.push(sql), tx.named(name, sql, params)),
})

/** A person with two phones of one range and two mailboxes. */
const open = async () => {
  const tenant = await makeTenant(database.owner)
  const person = await makePerson(database.owner, tenant.id)
  const values = ['+447700900101', '+447700900102', 'a@mail.example.org', 'b@mail.example.org']
  const made = []
  for (const value of values)
    made.push(await makeContact(database.owner, keys.worker, { ...person, tenant_id: tenant.id }, value))
  const judge = (heard: string[] = []) =>
    inTenant(database.api, tenant.id, async (tx) => {
      const row = await readPerson(tx, person.id)
      const contacts = await readContactsOnFile(tx, keys.api, person.id)
      const about = { policy: defaultPolicy(), purpose: 'password_reset', tier: 'standard' } as const
      const asks = { ...about, role: 'agent', person: row, isOwnCase: false, startedBy: staffId } as const
      const judged = await judgeContacts(deps, listening(tx, heard), asks, contacts)
      return new Map(judged.map((one) => [one.contact.value, one]))
    })
  return { tenantId: tenant.id, person, values, made, judge }
}

it('H3, D8: all contacts and caps are counted by one statement', async () => {
  const { judge, values } = await open()
  const heard: string[] = []
  const judged = await judge(heard)
  expect(heard).toHaveLength(1)
  expect([...judged.keys()].sort()).toEqual([...values].sort())
})

it('H3: each limit counts what is its own, within its own windows', async () => {
  const { tenantId, person, values, made, judge } = await open()
  const [phone, otherPhone, mail] = values
  const at = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()
  const prefix = prefixIndexOf(keys.api, tenantId, { kind: 'phone', value: phone ?? '' })
  const base = { tenant_id: tenantId, verification_id: randomUUID(), channel: 'sms', contact_masked: '••• 1' }
  const send = (more: Record<string, unknown>) =>
    insertRow(database.owner, 'deliveries', {
      ...base,
      ...{
        id: randomUUID(),
        person_id: person.id,
        contact_id: made[0]?.id,
        kind: 'link',
        status: 'accepted',
      },
      ...more,
    })
  const index = made[0]?.value_index
  await send({ ordinal: 1, number_index: index, prefix_index: prefix })
  await send({ ordinal: 2, number_index: index, prefix_index: prefix, begun_at: at(20) })
  await send({ ordinal: 3, kind: 'approver_request' })
  await send({ ordinal: 4, person_id: randomUUID(), kind: 'link', begun_at: at(2) })
  await insertRow(database.owner, 'notices', {
    ...{ tenant_id: tenantId, verification_id: randomUUID(), person_id: person.id, kind: 'started' },
    ...{
      contact_id: made[0]?.id,
      channel: 'sms',
      counted_at: at(0),
      number_index: index,
      prefix_index: prefix,
    },
  })
  for (const subject of ['one', 'two'])
    await insertRow(database.owner, 'staff_counters', {
      ...{ tenant_id: tenantId, staff_id: staffId, kind: 'start', subject },
    })
  const judged = await judge()
  const { limits } = defaultPolicy()
  /** As many as lie within each window, of times in hours. */
  const within = (caps: readonly { readonly seconds: number }[], ...hours: readonly number[]) =>
    caps.map(({ seconds }) => hours.filter((ago) => ago * 3600 < seconds).length)
  const counts = (value: string | undefined) => judged.get(value ?? '')?.counts
  const none = (caps: readonly unknown[]) => caps.map(() => 0)
  expect(counts(phone)).toEqual({
    sendsPerParticipant: within(limits.sendsPerParticipant, 0, 20),
    sendsPerContact: within(limits.sendsPerContact, 0, 20),
    // A notice counts for its range and the organisation, not for the person and the number.
    sendsPerPrefix: within(limits.sendsPerPrefix, 0, 20, 0),
    sendsPerTenant: within(limits.sendsPerTenant, 0, 20, 0, 2, 0),
    startsPerAgent: within(limits.startsPerAgent, 0, 0),
  })
  expect(counts(otherPhone)).toMatchObject({
    sendsPerContact: none(limits.sendsPerContact),
    sendsPerPrefix: within(limits.sendsPerPrefix, 0, 20, 0),
  })
  expect(counts(mail)).toMatchObject({
    sendsPerContact: none(limits.sendsPerContact),
    sendsPerPrefix: none(limits.sendsPerPrefix),
  })
})

it('H3: says when there is room again, by the limit that lets go last', async () => {
  const { tenantId, person, made } = await open()
  const index = made[0]?.value_index
  const limits = {
    ...defaultPolicy().limits,
    sendsPerParticipant: [{ max: 2, seconds: 7200 }],
    sendsPerContact: [{ max: 1, seconds: 3600 }],
  }
  const next = () =>
    inTenant(database.api, tenantId, async (tx) => {
      const contacts = await readContactsOnFile(tx, keys.api, person.id)
      const contact = contacts.find(({ id }) => id === made[0]?.id)
      return contact === undefined ? undefined : nextSendTo(deps, tx, { limits }, contact)
    })
  expect(await next()).toBeNull()
  const send = async (ordinal: number, minutesAgo: number) => {
    const begun = new Date(Date.now() - minutesAgo * 60_000)
    await insertRow(database.owner, 'deliveries', {
      ...{ tenant_id: tenantId, id: randomUUID(), verification_id: randomUUID(), person_id: person.id },
      ...{ kind: 'link', ordinal, channel: 'sms', contact_id: made[0]?.id, contact_masked: '••• 1' },
      ...{ number_index: index, status: 'accepted', begun_at: begun.toISOString() },
    })
    return begun.getTime()
  }
  const first = await send(1, 30)
  expect(await next()).toEqual(new Date(first + 3_600_001))
  await send(2, 10)
  // The older of the two that fill the person's window leaves it later than the number's window lets go.
  expect(await next()).toEqual(new Date(first + 7_200_001))
})
