import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addPerson, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const desk = useDesk({ agent: 'agent', supervisor: 'supervisor', admin: 'admin', auditor: 'auditor' })
const { api } = desk

type Person = Awaited<ReturnType<typeof addPerson>>
const reveal = (staff: SignedIn, person: Person, body: unknown = { reason: 'the line is bad' }) =>
  callConsole(api, staff, `/api/console/people/${person.id}/contacts/${person.phone.id}/reveal`, { body })
const told = async (type: string, by: string) =>
  (
    await api.owner.query<{ payload: Record<string, unknown> }>(
      'select payload from audit where tenant_id = $1 and type = $2 and actor_id = $3 order by seq',
      [desk.agent.tenantId, type, by],
    )
  ).map(({ payload }) => payload)
const alarms = async () => (await callConsole(api, desk.supervisor, '/api/console/alarms')).json
const noticesAbout = (name: string) =>
  api.owner.query<{ role: string; id: string }>(
    `select s.role, s.id from staff_notices n join staff s on s.tenant_id = n.tenant_id and s.id = n.staff_id
     where n.tenant_id = $1 and n.kind = 'staff_limit_reached' and n.by_name = $2 order by s.role`,
    [desk.agent.tenantId, name],
  )

describe('D10: a contact in full', () => {
  it('is given for a reason that the audit and those who watch have before it is sent', async () => {
    const person = await addPerson(api, desk.agent.tenantId)
    const card = await callConsole(api, desk.agent, `/api/console/people/${person.id}`)
    const answer = await reveal(desk.agent, person)
    expect([answer.status, Object.keys(answer.json)]).toEqual([200, ['value']])
    expect(answer.json.value).toMatch(/^\+\d{8,15}$/)
    expect(card.text).not.toContain(answer.json.value)
    const [event] = await told('contact.revealed', desk.agent.staffId)
    expect(event).toMatchObject({ contactId: person.phone.id, reason: 'the line is bad' })
    expect(JSON.stringify(event)).not.toContain(answer.json.value)
    const shown = await alarms()
    expect(shown.reveals[0]).toMatchObject({
      ...{ personId: person.id, personName: person.display_name, reason: 'the line is bad' },
      staffName: 'Alex Agent',
    })
    expect(JSON.stringify(shown)).not.toContain(answer.json.value)
  })

  it.each([
    ['no reason', {}],
    ['an empty reason', { reason: '  ' }],
    ['a second field', { reason: 'x', all: true }],
  ])('is not given for %s, and nothing is noted', async (_, body) => {
    const person = await addPerson(api, desk.agent.tenantId)
    const answer = await reveal(desk.agent, person, body)
    expect([400, 422]).toContain(answer.status)
    expect(
      (await alarms()).reveals.filter(({ personId }: { personId: string }) => personId === person.id),
    ).toEqual([])
  })

  it('is nothing for those who handle no cases, nor by another person’s name', async () => {
    const person = await addPerson(api, desk.agent.tenantId)
    const other = await addPerson(api, desk.agent.tenantId)
    for (const staff of [desk.admin, desk.auditor]) expect((await reveal(staff, person)).status).toBe(403)
    expect((await reveal(desk.agent, { ...person, phone: other.phone })).status).toBe(404)
  })

  it('D7: is not given of oneself, one’s manager or one’s reports', async () => {
    const boss = await addPerson(api, desk.agent.tenantId)
    const self = await addPerson(api, desk.agent.tenantId, { manager_id: boss.id })
    const report = await addPerson(api, desk.agent.tenantId, { manager_id: self.id })
    const agent = await signIn(api, desk.agent.tenantId, 'agent', { person_id: self.id })
    for (const person of [boss, self, report])
      expect((await reveal(agent, person)).json.code).toBe('own_case')
  })
})

describe('D8: a member of staff who reaches a limit', () => {
  it('H7: is blocked at the eleventh contact of an hour, however many are asked for at once; those who watch get one alarm', async () => {
    const name = `Curious ${randomUUID()}`
    const curious = await signIn(api, desk.agent.tenantId, 'supervisor', { display_name: name })
    const people = await Promise.all(Array.from({ length: 13 }, () => addPerson(api, desk.agent.tenantId)))
    const answers = await Promise.all(people.map((person) => reveal(curious, person)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(answers.filter(({ json }) => json.code === 'agent_limit_reached')).toHaveLength(3)
    expect(
      (await alarms()).limits.filter(({ staffName }: { staffName: string }) => staffName === name),
    ).toMatchObject([{ kind: 'reveal' }])
    expect(await told('staff.limit_reached', curious.staffId)).toEqual([{ kind: 'reveal' }])
    const mailed = await noticesAbout(name)
    expect(mailed.map(({ role }) => role)).toEqual(['admin', 'supervisor'])
    expect(mailed.map(({ id }) => id)).not.toContain(curious.staffId)
    // The line is above every page, but not for the member of staff it is about.
    const banners = async (as: SignedIn) => (await callConsole(api, as, '/api/console/session')).json.banners
    for (const watching of [desk.supervisor, desk.admin])
      expect(await banners(watching)).toContain('limit_reached')
    for (const other of [curious, desk.agent, desk.auditor])
      expect(await banners(other)).not.toContain('limit_reached')
  })

  it('is an alarm for look-ups too, and one of another limit is another alarm', async () => {
    const name = `Nosy ${randomUUID()}`
    const nosy = await signIn(api, desk.agent.tenantId, 'agent', { display_name: name })
    for (const [kind, past] of [
      ['look_up', 30],
      ['reveal', 10],
    ] as const)
      await api.owner.run(
        `insert into staff_counters (tenant_id, staff_id, kind, subject)
         select $1, $2, $3, 'earlier ' || n from generate_series(1, $4::integer) n`,
        [nosy.tenantId, nosy.staffId, kind, past],
      )
    const person = await addPerson(api, nosy.tenantId)
    expect((await callConsole(api, nosy, `/api/console/people/${person.id}`)).json.code).toBe(
      'agent_limit_reached',
    )
    expect((await reveal(nosy, person)).json.code).toBe('agent_limit_reached')
    const kinds = (await told('staff.limit_reached', nosy.staffId)).map(({ kind }) => kind)
    expect(kinds).toEqual(['look_up', 'reveal'])
    // An admin and two supervisors by now, for each of the two.
    expect(await noticesAbout(name)).toHaveLength(6)
  })
})
