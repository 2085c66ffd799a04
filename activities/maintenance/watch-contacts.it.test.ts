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
import { useStage } from '../testing/stage.ts'
import { lookAtContacts, tellOfContacts } from './watch-contacts.ts'

const stage = useStage()

/** An organisation with an admin and an agent, and somebody with a contact that opens and one that does not. */
const damaged = async () => {
  const { owner } = stage.database
  const { id: tenantId } = await makeTenant(owner)
  const admin = `${randomUUID().slice(0, 8)}@desk.example.org`
  await makeStaff(owner, tenantId, { role: 'admin', email: admin })
  await makeStaff(owner, tenantId)
  const { version, ...document } = defaultPolicy()
  const policy = { tenant_id: tenantId, version, document: JSON.stringify(document), saved_by: 'test' }
  await insertRow(owner, 'policies', policy)
  const person = await makePerson(owner, tenantId)
  const broken = await makeContact(owner, stage.keys.worker, person, '+447700900111')
  const other = await makeContact(
    owner,
    stage.keys.worker,
    person,
    `a${randomUUID().slice(0, 8)}@home.example`,
  )
  await owner.run('update contacts set value_sealed = $2 where id = $1', [broken.id, other.value_sealed])
  return { tenantId, admin, person, broken, other }
}
const events = (tenantId: string) =>
  stage.database.owner.query(
    `select object_id as "personId", payload from audit where tenant_id = $1 and type = 'contact.unreadable'`,
    [tenantId],
  )

describe('E1: a contact on file that does not open', () => {
  it('is found by a worker though nobody reads it, and told once a day: admin, audit, metrics', async () => {
    const { tenantId, admin, person, broken } = await damaged()
    const before = { sent: stage.messenger.sent.length, found: stage.deps.unreadable.found }
    await lookAtContacts(stage.deps, tenantId)
    await Promise.all([tellOfContacts(stage.deps, tenantId), tellOfContacts(stage.deps, tenantId)])
    await lookAtContacts(stage.deps, tenantId)
    expect(await tellOfContacts(stage.deps, tenantId)).toBe(0)
    while ((await sendStaffNotices(stage.deps, tenantId)) > 0);
    expect(await events(tenantId)).toEqual([{ personId: person.id, payload: { contactId: broken.id } }])
    expect(stage.deps.unreadable.found - before.found).toBe(1)
    const sent = stage.messenger.sent.slice(before.sent)
    expect(sent.map(({ to }) => to)).toEqual([admin])
    expect(sent[0]?.text).toContain('Contacts on file do not open')
    expect(sent[0]?.text).toContain('in the console under Alarms')
  })

  it('is told again on another day', async () => {
    const { tenantId } = await damaged()
    await lookAtContacts(stage.deps, tenantId)
    expect(await tellOfContacts(stage.deps, tenantId)).toBe(1)
    await stage.database.owner.run(
      'update unreadable_contacts set found_on = found_on - 1 where tenant_id = $1',
      [tenantId],
    )
    await lookAtContacts(stage.deps, tenantId)
    expect(await tellOfContacts(stage.deps, tenantId)).toBe(1)
  })

  it('keeps no notice from the other contacts', async () => {
    const { tenantId, broken, other } = await damaged()
    const of = await makeVerification(stage.database.owner, other)
    for (const contact of [broken, other])
      await insertRow(stage.database.owner, 'notices', {
        ...{ tenant_id: tenantId, verification_id: of.id, person_id: other.person_id },
        ...{ kind: 'started', contact_id: contact.id, channel: contact.kind === 'phone' ? 'sms' : 'email' },
      })
    const before = stage.messenger.sent.length
    while ((await sendNotices(stage.deps, tenantId)) > 0);
    expect(stage.messenger.sent.slice(before)).toHaveLength(1)
    expect(
      await stage.database.owner.query(
        'select contact_id = $2 as "isBroken", status from notices where tenant_id = $1 order by 1',
        [tenantId, broken.id],
      ),
    ).toEqual([
      { isBroken: false, status: 'sent' },
      { isBroken: true, status: 'refused' },
    ])
  })
})
