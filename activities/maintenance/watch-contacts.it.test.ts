import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import {
  insertRow,
  makeContact,
  makePerson,
  makeStaff,
  makeTenant,
  makeVerification,
} from '#platform/database/testing/factories.ts'
import { sendNotices } from '../messaging/notice-loop.ts'
import { sendStaffNotices } from '../messaging/staff-notice-loop.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { lookAtContacts, tellOfContacts } from './watch-contacts.ts'

const world = useTestWorld()

/** An organisation with an admin and an agent, and a person with a contact that opens and one that does not. */
const damaged = async () => {
  const { owner } = world.database
  const { id: tenantId } = await makeTenant(owner)
  const admin = `${randomUUID().slice(0, 8)}@desk.example.org`
  await makeStaff(owner, tenantId, { role: 'admin', email: admin })
  await makeStaff(owner, tenantId)
  const { version, ...document } = defaultPolicy()
  const policy = { tenant_id: tenantId, version, document: JSON.stringify(document), saved_by: 'test' }
  await insertRow(owner, 'policies', policy)
  const person = await makePerson(owner, tenantId)
  const broken = await makeContact(owner, world.keys.worker, person, '+447700900111')
  const other = await makeContact(
    owner,
    world.keys.worker,
    person,
    `a${randomUUID().slice(0, 8)}@home.example`,
  )
  await owner.run('update contacts set value_sealed = $2 where id = $1', [broken.id, other.value_sealed])
  return { tenantId, admin, person, broken, other }
}
const events = (tenantId: string) =>
  world.database.owner.query(
    `select object_id as "personId", payload from audit where tenant_id = $1 and type = 'contact.unreadable'`,
    [tenantId],
  )

describe('E1: a contact on file that does not open', () => {
  it('is found by a worker though nobody reads it, and told once a day: admin, audit, metrics', async () => {
    const { tenantId, admin, person, broken } = await damaged()
    const before = { sent: world.messenger.sent.length, found: world.deps.unreadable.found }
    await lookAtContacts(world.deps, tenantId)
    await Promise.all([tellOfContacts(world.deps, tenantId), tellOfContacts(world.deps, tenantId)])
    await lookAtContacts(world.deps, tenantId)
    expect(await tellOfContacts(world.deps, tenantId)).toBe(0)
    while ((await sendStaffNotices(world.deps, tenantId)) > 0);
    expect(await events(tenantId)).toEqual([{ personId: person.id, payload: { contactId: broken.id } }])
    expect(world.deps.unreadable.found - before.found).toBe(1)
    const sent = world.messenger.sent.slice(before.sent)
    expect(sent.map(({ to }) => to)).toEqual([admin])
    expect(sent[0]?.text).toContain('Contacts on file do not open')
    expect(sent[0]?.text).toContain('in the console under Alarms')
  })

  it('is reported again on another day', async () => {
    const { tenantId } = await damaged()
    await lookAtContacts(world.deps, tenantId)
    expect(await tellOfContacts(world.deps, tenantId)).toBe(1)
    await world.database.owner.run(
      'update unreadable_contacts set found_on = found_on - 1 where tenant_id = $1',
      [tenantId],
    )
    await lookAtContacts(world.deps, tenantId)
    expect(await tellOfContacts(world.deps, tenantId)).toBe(1)
  })

  it('keeps no notice from the other contacts', async () => {
    const { tenantId, broken, other } = await damaged()
    const of = await makeVerification(world.database.owner, other)
    for (const contact of [broken, other])
      await insertRow(world.database.owner, 'notices', {
        ...{ tenant_id: tenantId, verification_id: of.id, person_id: other.person_id },
        ...{ kind: 'started', contact_id: contact.id, channel: contact.kind === 'phone' ? 'sms' : 'email' },
      })
    const before = world.messenger.sent.length
    while ((await sendNotices(world.deps, tenantId)) > 0);
    expect(world.messenger.sent.slice(before)).toHaveLength(1)
    expect(
      await world.database.owner.query(
        'select contact_id = $2 as "isBroken", status from notices where tenant_id = $1 order by 1',
        [tenantId, broken.id],
      ),
    ).toEqual([
      { isBroken: false, status: 'sent' },
      { isBroken: true, status: 'refused' },
    ])
  })
})
