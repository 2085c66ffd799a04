import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { addPerson, addTenant, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useTestApi } from '../../testing/use-test-api.ts'

type Person = Awaited<ReturnType<typeof addPerson>>

const api = useTestApi()
let tenantId: string
beforeAll(async () => {
  tenantId = (await addTenant(api)).id
})

const card = (as: SignedIn, { id }: Person) => callConsole(api, as, `/api/console/people/${id}`)
const options = (as: SignedIn, { id }: Person) =>
  callConsole(api, as, `/api/console/people/${id}/send-options?purpose=password_reset`)
const reveal = (as: SignedIn, { id, phone }: Person) =>
  callConsole(api, as, `/api/console/people/${id}/contacts/${phone.id}/reveal`, {
    body: { reason: 'They ask which number we have.' },
  })
const report = (as: SignedIn, { id }: Person) =>
  callConsole(api, as, `/api/console/people/${id}/access-report`, { body: { reference: 'DSR-1' } })
const search = (as: SignedIn, q: string) =>
  callConsole(api, as, '/api/console/people/search', { body: { q } })
const alarmsOf = ({ staffId }: SignedIn) =>
  api.owner.query(`select kind from staff_alarms where tenant_id = $1 and staff_id = $2 order by kind`, [
    tenantId,
    staffId,
  ])
const seconds = (again: string): number => (Date.parse(again) - Date.now()) / 1_000

describe('D8: look-ups of one agent', () => {
  it('are one count: many send options end at thirty people, as cards and reveals do, with an alarm and the time when it is possible again', async () => {
    const curious = await signIn(api, tenantId)
    const people = await Promise.all(Array.from({ length: 40 }, () => addPerson(api, tenantId)))
    const answers = await Promise.all(people.map((person) => options(curious, person)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(30)
    const over = answers.find(({ status }) => status !== 200)
    expect([over?.status, over?.json.code]).toEqual([429, 'agent_limit_reached'])
    const wait = seconds(over?.json.slots.again)
    expect(wait).toBeGreaterThan(500)
    expect(wait).toBeLessThanOrEqual(600)
    expect(Number(over?.headers['retry-after'])).toBeGreaterThan(500)
    expect(await alarmsOf(curious)).toEqual([{ kind: 'look_up' }])
    const stranger = await addPerson(api, tenantId)
    for (const look of [card, options, reveal])
      expect((await look(curious, stranger)).json.code, look.name).toBe('agent_limit_reached')
    // Whom they have looked at stays open to them.
    const again = await Promise.all(people.map((person) => card(curious, person)))
    expect(again.map(({ status }) => status)).toEqual(answers.map(({ status }) => status))
  })

  it('an access report and a reveal are look-ups too', async () => {
    const admin = await signIn(api, tenantId, 'admin')
    const supervisor = await signIn(api, tenantId, 'supervisor')
    const people = await Promise.all(Array.from({ length: 3 }, () => addPerson(api, tenantId)))
    const [first, second, third] = people as [Person, Person, Person]
    for (const as of [admin, supervisor])
      await api.owner.run(
        `insert into staff_counters (tenant_id, staff_id, kind, subject)
         select $1, $2, 'look_up', 'earlier ' || n from generate_series(1, 29) n`,
        [tenantId, as.staffId],
      )
    expect((await reveal(supervisor, first)).status).toBe(200)
    expect((await reveal(supervisor, second)).json.code).toBe('agent_limit_reached')
    expect((await card(supervisor, first)).status).toBe(200)
    expect((await report(admin, second)).status).toBe(200)
    expect((await report(admin, third)).json.code).toBe('agent_limit_reached')
    expect(await alarmsOf(admin)).toEqual([{ kind: 'look_up' }])
  })
})

describe('D8: searches of one agent', () => {
  const words = (count: number) => Array.from({ length: count }, () => randomUUID().slice(0, 8))

  it('end at forty different words in an hour, over parallel requests too (H7), with an alarm and the time when it is possible again', async () => {
    const curious = await signIn(api, tenantId)
    const asked = words(64)
    const answers = await Promise.all(asked.map((q) => search(curious, q)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(40)
    const over = answers.find(({ status }) => status !== 200)
    expect([over?.status, over?.json.code]).toEqual([429, 'agent_limit_reached'])
    const wait = seconds(over?.json.slots.again)
    expect(wait).toBeGreaterThan(3_000)
    expect(wait).toBeLessThanOrEqual(3_600)
    expect(await alarmsOf(curious)).toEqual([{ kind: 'search' }])
    const first = asked[answers.findIndex(({ status }) => status === 200)] ?? ''
    expect((await search(curious, first.toUpperCase())).status, 'the same words again').toBe(200)
    const admin = await signIn(api, tenantId, 'admin')
    const shown = await callConsole(api, admin, '/api/console/alarms')
    expect(shown.json.limits.map(({ kind }: { kind: string }) => kind)).toContain('search')
  })

  it('cost one while one types on, and one for every other ending', async () => {
    const agent = await signIn(api, tenantId)
    const used = async () =>
      (
        await api.owner.query(
          `select distinct subject from staff_counters where tenant_id = $1 and staff_id = $2 and kind = 'search'`,
          [tenantId, agent.staffId],
        )
      ).length
    for (const q of ['mar', 'marg', 'Margar', 'margarethe', 'margarethe b']) await search(agent, q)
    expect(await used()).toBe(1)
    for (const q of ['mar', 'mara', 'mar', 'marb', 'mar', 'marc']) await search(agent, q)
    expect(await used()).toBe(4)
    await api.owner.run(`update staff_counters set at = at - interval '2 minutes' where staff_id = $1`, [
      agent.staffId,
    ])
    await search(agent, 'marcus')
    expect(await used(), 'nobody types for two minutes').toBe(5)
  })

  it('D9: keep no words, and show no tier', async () => {
    const agent = await signIn(api, tenantId)
    const { display_name: name } = await addPerson(api, tenantId)
    const { json } = await search(agent, name)
    expect(json.people.length).toBeGreaterThan(0)
    for (const person of json.people) expect(person).not.toHaveProperty('tier')
    const kept = await api.owner.query('select subject from staff_counters where staff_id = $1', [
      agent.staffId,
    ])
    expect(kept.length).toBe(1)
    expect(JSON.stringify(kept).toLowerCase()).not.toContain(name.toLowerCase().slice(0, 5))
  })
})
