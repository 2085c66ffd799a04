import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addPerson,
  addTenant,
  callConsole,
  createTestApi,
  signIn,
  type SignedIn,
  type TestApi,
} from '../../testing/test-api.ts'

let api: TestApi
let tenantId: string
let agent: SignedIn
let admin: SignedIn
let person: Awaited<ReturnType<typeof addPerson>>
beforeAll(async () => {
  api = await createTestApi()
  tenantId = (await addTenant(api)).id
  agent = await signIn(api, tenantId)
  admin = await signIn(api, tenantId, 'admin')
  person = await addPerson(api, tenantId, { directory: 'corp' })
})
afterAll(() => api.stop())

/** Stores how the last reading of the directory ended. */
const reading = (problem: string | null) =>
  api.owner.run(
    `insert into directory_syncs as s (tenant_id, directory, people, problem, held_people, held_contacts, held_since)
     select $1, 'corp', 40, $2, d.held, d.held, d.since
     from (select case when $2 = 'drop' then 30 end as held, case when $2 = 'drop' then now() end as since) d
     on conflict (tenant_id, directory) do update set problem = excluded.problem, held_people = excluded.held_people,
       held_contacts = excluded.held_contacts, held_since = excluded.held_since`,
    [tenantId, problem],
  )

const away = [{ key: 'warning.directory_away', slots: {} }]
const held = [{ key: 'warning.directory_held', slots: {} }]

describe('R18: a directory that gives no answer, or is not believed', () => {
  it.each([
    ['unreachable', away],
    ['credentials', away],
    ['drop', held],
    ['cursor_over', []],
    [null, []],
  ])('after %s is shown at the search, on the card, in the case and to admins', async (problem, notes) => {
    await reading(problem)
    const found = await callConsole(api, agent, '/api/console/people/search', { body: { q: 'xyz' } })
    expect(found.json.note).toEqual(notes[0] ?? null)
    const card = await callConsole(api, agent, `/api/console/people/${person.id}`)
    const own = card.json.warnings.filter(({ key }: { key: string }) => key.startsWith('warning.directory_'))
    expect(own).toEqual(notes)
    const page = await callConsole(api, admin, '/api/console/sources')
    const trouble = notes[0]?.key.replace('warning.directory_', '') ?? null
    expect(page.json.directories).toMatchObject([{ name: 'corp', people: 40, trouble }])
  })

  it('is shown in an open case, and no more when nothing is asked of it', async () => {
    await reading('unreachable')
    const started = await callConsole(api, agent, '/api/console/verifications', {
      key: 'directory-away',
      body: { personId: person.id, purpose: 'identity_check', contactId: person.phone.id, ticket: 'INC-1' },
    })
    const { verificationId } = started.json
    const note = async () =>
      (await callConsole(api, agent, `/api/console/verifications/${verificationId}`)).json.directoryNote
    expect(await note()).toEqual(away[0])
    await api.owner.run(
      `update verifications set state = 'closed', outcome = 'cancelled', closed_at = now() where id = $1`,
      [verificationId],
    )
    expect(await note()).toBeNull()
  })

  it('of another person’s directory says nothing on the card', async () => {
    await reading('unreachable')
    const other = await addPerson(api, tenantId)
    const card = await callConsole(api, agent, `/api/console/people/${other.id}`)
    expect(JSON.stringify(card.json.warnings)).not.toContain('directory_')
  })
})
