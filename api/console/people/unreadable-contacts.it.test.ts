import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addPerson, callConsole } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const desk = useDesk({ agent: 'agent', supervisor: 'supervisor', admin: 'admin' })
const { api } = desk

const changedBytes =
  'set_byte(value_sealed, length(value_sealed) - 1, get_byte(value_sealed, length(value_sealed) - 1) # 1)'

/** A person with two contacts, of which the owner of the database damaged the first. `sealed`: SQL of its sealed value now. */
const damaged = async (sealed = changedBytes) => {
  const person = await addPerson(api, desk.agent.tenantId)
  await api.owner.run(
    `update contacts set value_sealed = ${sealed} where id = $1 and tenant_id = (select tenant_id from contacts where id = $2)`,
    [person.phone.id, person.email.id],
  )
  return { person, broken: person.phone, other: person.email }
}

type World = Awaited<ReturnType<typeof damaged>>
const card = ({ person }: World) => callConsole(api, desk.agent, `/api/console/people/${person.id}`)
const options = ({ person }: World) =>
  callConsole(api, desk.agent, `/api/console/people/${person.id}/send-options?purpose=password_reset`)
const start = ({ person }: World, contactId: string) =>
  callConsole(api, desk.agent, '/api/console/verifications', {
    key: randomUUID(),
    body: { personId: person.id, purpose: 'password_reset', contactId, ticket: null },
  })
const alarmsOf = async ({ person }: World) =>
  (await callConsole(api, desk.supervisor, '/api/console/alarms')).json.unreadable.filter(
    ({ personId }: { personId: string }) => personId === person.id,
  )

describe('E1, R18: a contact that cannot be opened', () => {
  it.each([
    ['changed bytes', changedBytes],
    ['the value of another row', '(select value_sealed from contacts where id = $2)'],
    ['a value that is none', `'\\x00'`],
  ])('with %s is shown as unreadable, and the other one serves', async (_, sealed) => {
    const world = await damaged(sealed)
    const found = await callConsole(api, desk.agent, '/api/console/people/search', {
      body: { q: world.person.login },
    })
    expect(found.json.people.map(({ id }: { id: string }) => id)).toEqual([world.person.id])
    const shown = await card(world)
    expect(shown.status).toBe(200)
    expect(
      Object.fromEntries(
        shown.json.contacts.map((one: { id: string; isReadable: boolean }) => [one.id, one.isReadable]),
      ),
    ).toEqual({ [world.broken.id]: false, [world.other.id]: true })
    const offered = await options(world)
    expect(
      Object.fromEntries(
        offered.json.options.map(
          (one: { contactId: string; allowed: boolean; reasons: { key: string }[] }) => [
            one.contactId,
            [one.allowed, ...one.reasons.map(({ key }) => key)],
          ],
        ),
      ),
    ).toEqual({ [world.broken.id]: [false, 'send.unreadable'], [world.other.id]: [true] })
    const refused = await start(world, world.broken.id)
    expect([refused.status, refused.json.code, refused.json.slots?.reason]).toEqual([
      409,
      'contact_not_allowed',
      'unreadable',
    ])
    expect((await start(world, world.other.id)).status).toBe(201)
  })

  it('is shown in full to nobody, and does not end the access report', async () => {
    const world = await damaged()
    const path = `/api/console/people/${world.person.id}`
    const reveal = await callConsole(api, desk.agent, `${path}/contacts/${world.broken.id}/reveal`, {
      body: { reason: 'the line is bad' },
    })
    expect([reveal.status, reveal.json.code]).toEqual([409, 'contact_not_allowed'])
    const report = await callConsole(api, desk.admin, `${path}/access-report`, {
      body: { reference: 'DSR-1' },
    })
    expect(report.status).toBe(200)
    expect(
      Object.fromEntries(
        report.json.contacts.map((one: { id: string; value: unknown }) => [one.id, one.value]),
      ),
    ).toEqual({
      [world.broken.id]: null,
      [world.other.id]: expect.stringContaining('@mail.example.org') as string,
    })
  })

  it('is an alarm once a day, however often it is read', async () => {
    const world = await damaged()
    for (let reads = 0; reads < 3; reads += 1) await card(world)
    await options(world)
    expect(await alarmsOf(world)).toEqual([
      expect.objectContaining({ personName: world.person.display_name, contactMasked: world.broken.masked }),
    ])
  })

  it('of another person, given to this one by hand, is no way to this one', async () => {
    const attacker = await addPerson(api, desk.agent.tenantId)
    const person = await addPerson(api, desk.agent.tenantId)
    await api.owner.run('update contacts set person_id = $2 where id = $1', [attacker.phone.id, person.id])
    const world = { person, broken: attacker.phone, other: person.email }
    const refused = await start(world, attacker.phone.id)
    expect([refused.json.code, refused.json.slots?.reason]).toEqual(['contact_not_allowed', 'unreadable'])
    await card(world)
    expect(await alarmsOf(world)).toHaveLength(1)
    expect((await start(world, person.phone.id)).status).toBe(201)
  })
})
