import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makePerson } from '#platform/database/testing/factories.ts'
import { addPerson, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, agent, supervisor, admin, second, auditor } = useDesk({
  ...{ agent: 'agent', supervisor: 'supervisor', admin: 'admin', second: 'admin', auditor: 'auditor' },
})

const post = (who: SignedIn, path: string, body: unknown) =>
  callConsole(api, who, `/api/console/${path}`, { body, key: randomUUID() })
const add = (who: SignedIn, personId: string) =>
  post(who, `people/${personId}/protection`, { reason: 'Domain controllers hang on it' })
const off = (who: SignedIn, personId: string, decision: string) =>
  post(who, `people/${personId}/protection/off`, { decision, reason: 'Role has changed' })
const cardOf = async (who: SignedIn, personId: string) =>
  (await callConsole(api, who, `/api/console/people/${personId}`)).json
const isMarked = async (personId: string) =>
  (
    await api.owner.one<{ is: boolean }>('select never_via_help_desk as is from people where id = $1', [
      personId,
    ])
  )?.is
const start = (who: SignedIn, person: Awaited<ReturnType<typeof addPerson>>) =>
  post(who, 'verifications', {
    ...{ personId: person.id, contactId: person.phone.id, purpose: 'password_reset', ticket: null },
  })
const eventsOf = async (personId: string) =>
  (
    await api.owner.query<{ type: string }>(
      `select type from audit where object_id = $1 and type <> 'person.viewed' order by seq`,
      [personId],
    )
  ).map(({ type }) => type)

describe('D3: the list "never via the help desk"', () => {
  it('stops every start from the moment a supervisor or admin puts an account on it, with a reason', async () => {
    for (const who of [supervisor, admin]) {
      const person = await addPerson(api, agent.tenantId)
      expect((await post(who, `people/${person.id}/protection`, { reason: ' ' })).status).toBe(422)
      expect((await add(who, person.id)).status).toBe(200)
      expect(await isMarked(person.id)).toBe(true)
      for (const starter of [agent, supervisor])
        expect((await start(starter, person)).json.code).toBe('never_via_help_desk')
      expect((await add(who, person.id)).json.code).toBe('protection_unchanged')
      expect(await eventsOf(person.id)).toEqual(['person.protected', 'start.refused', 'start.refused'])
    }
  })

  it('is shown on the person card, with names and reasons for those who may change it or read everything', async () => {
    const person = await addPerson(api, agent.tenantId)
    expect((await cardOf(agent, person.id)).protection).toBeNull()
    await add(supervisor, person.id)
    expect(await cardOf(agent, person.id)).toMatchObject({
      protection: { reason: null, byName: null, off: null },
      warnings: [{ key: 'warning.never_via_help_desk' }],
    })
    for (const who of [supervisor, admin, auditor])
      expect((await cardOf(who, person.id)).protection).toMatchObject({
        reason: 'Domain controllers hang on it',
      })
  })

  it('is left only by a second person, who is an admin; all admins hear of both steps', async () => {
    const person = await addPerson(api, agent.tenantId)
    await add(supervisor, person.id)
    expect((await off(admin, person.id, 'accept')).json.code).toBe('protection_unchanged')
    expect((await off(admin, person.id, 'ask')).status).toBe(200)
    expect((await off(supervisor, person.id, 'ask')).json.code).toBe('protection_unchanged')
    expect((await off(admin, person.id, 'accept')).json.code).toBe('second_person_required')
    expect((await off(supervisor, person.id, 'accept')).json.code).toBe('not_permitted')
    expect(await isMarked(person.id)).toBe(true)
    const both = await Promise.all([off(second, person.id, 'accept'), off(second, person.id, 'accept')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await isMarked(person.id)).toBe(false)
    expect((await cardOf(admin, person.id)).protection).toBeNull()
    expect((await start(agent, person)).status).toBe(201)
    expect(await eventsOf(person.id)).toEqual([
      'person.protected',
      'person.protection_off_asked',
      'person.unprotected',
    ])
    const told = await api.owner.query<{ kind: string; n: number }>(
      `select kind, count(*)::integer as n from staff_notices where about like $1 group by kind order by kind`,
      [`${person.id}/%`],
    )
    expect(told).toEqual([
      { kind: 'protection_end_asked', n: 2 },
      { kind: 'protection_ended', n: 2 },
    ])
  })

  it('keeps an account whose wish was declined, and the wish may be made anew', async () => {
    const person = await addPerson(api, agent.tenantId)
    await add(admin, person.id)
    await off(admin, person.id, 'ask')
    expect((await off(supervisor, person.id, 'decline')).status).toBe(200)
    expect((await off(second, person.id, 'accept')).json.code).toBe('protection_unchanged')
    expect(await isMarked(person.id)).toBe(true)
    expect((await off(supervisor, person.id, 'ask')).status).toBe(200)
    expect((await off(admin, person.id, 'accept')).status).toBe(200)
  })

  it('is left by an account that was marked before there was a list in the same way', async () => {
    const person = await addPerson(api, agent.tenantId, { never_via_help_desk: true })
    expect((await add(admin, person.id)).json.code).toBe('protection_unchanged')
    await off(admin, person.id, 'ask')
    expect((await off(second, person.id, 'accept')).status).toBe(200)
    expect(await isMarked(person.id)).toBe(false)
  })

  it('D7, T9: nobody takes themself off, and no agent changes it at all', async () => {
    const person = await makePerson(api.owner, agent.tenantId)
    const self = await signIn(api, agent.tenantId, 'admin', { person_id: person.id })
    await add(admin, person.id)
    await off(admin, person.id, 'ask')
    expect((await off(self, person.id, 'accept')).json.code).toBe('own_case')
    expect((await add(agent, person.id)).status).toBe(403)
    expect((await off(agent, person.id, 'ask')).status).toBe(403)
  })

  it('cannot be left by the database role of the API or the worker but by that way', async () => {
    const person = await addPerson(api, agent.tenantId)
    await add(admin, person.id)
    await expect(
      api.owner.run(
        'update protected_accounts set off_asked_by = added_by, off_asked_at = now(), off_by = added_by, off_at = now() where person_id = $1',
        [person.id],
      ),
    ).rejects.toThrow(/check constraint/)
  })
})
