import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { openForWorker } from '#platform/crypto/sealed-inputs.ts'
import { addPerson, addTenant, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useTestApi } from '../../testing/use-test-api.ts'

const api = useTestApi()
let tenantId: string
let agent: SignedIn
beforeEach(async () => {
  tenantId = (await addTenant(api)).id
  agent = await signIn(api, tenantId)
  api.verifications.calls.length = 0
})

const offers = (list: readonly string[]) =>
  api.owner.run(`insert into directory_syncs (tenant_id, directory, offers) values ($1, 'corp', $2)`, [
    tenantId,
    list,
  ])
/** The worker stored and answered this. */
const finds = (personIds: readonly string[], change: { more?: boolean; silent?: readonly string[] } = {}) => {
  api.verifications.searched = { personIds, more: false, silent: [], ...change }
}
const search = (q: string, by: SignedIn = agent) =>
  callConsole(api, by, '/api/console/people/search-directories', { body: { q } })
const asked = () => api.verifications.calls.filter(({ name }) => name === 'searchDirectories')
const audited = () =>
  api.owner.query<{ payload: Record<string, unknown> }>(
    `select payload from audit where tenant_id = $1 and type = 'people.searched' order by seq`,
    [tenantId],
  )

describe('searching in the directories', () => {
  it('D9: shows whom the worker stored, masked, in its order, and is audited without the words', async () => {
    await offers(['search'])
    const [first, second] = [await addPerson(api, tenantId), await addPerson(api, tenantId)]
    finds([second.id, first.id], { more: true, silent: ['lab'] })
    const answer = await search('  Margarethe   B ')
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ more: true, silent: ['lab'] })
    expect(answer.json.people.map(({ id }: { id: string }) => id)).toEqual([second.id, first.id])
    expect(answer.text).not.toMatch(/\+44|directoryId|handle/)
    expect(await audited()).toEqual([
      { payload: { place: 'directory', characters: 12, found: 2, more: true, silent: 1 } },
    ])
  })

  it('M3: hands the words on sealed to the worker, cleaned, for this search and tenant alone', async () => {
    await offers(['search'])
    await search('  Margarethe   B ')
    const [call] = asked()
    const [input] = call?.args as [{ tenantId: string; searchId: string; sealedWords: string }]
    expect([input.tenantId, Object.keys(input).length, JSON.stringify(input)]).toEqual([
      tenantId,
      3,
      expect.not.stringContaining('Margarethe'),
    ])
    const sealed = Buffer.from(input.sealedWords, 'base64')
    const place = { verificationId: input.searchId, kind: 'directory_search', row: input.searchId } as const
    const ring = api.keys.worker
    expect(openForWorker(ring, { tenantId, ...place }, sealed).toString('utf8')).toBe('Margarethe B')
    expect(() => openForWorker(ring, { tenantId: randomUUID(), ...place }, sealed)).toThrow()
  })

  it.each(['', 'ab', ' a b ', '***', '%%%%', '*)(', '???', 'a*b', 'x'.repeat(101), '\u200b\u200b\u200b'])(
    'D9: %j is refused and nobody is asked',
    async (q) => {
      await offers(['search'])
      const answer = await search(q)
      expect([answer.status, answer.json.issues?.[0]?.path]).toEqual([422, 'q'])
      expect(asked()).toEqual([])
    },
  )

  it('I2, D7: shows nobody of another tenant, nor oneself, one’s manager or reports', async () => {
    await offers(['search'])
    const other = await addPerson(api, (await addTenant(api)).id)
    const [me, boss] = [await addPerson(api, tenantId), await addPerson(api, tenantId)]
    const report = await addPerson(api, tenantId, { manager_id: me.id })
    await api.owner.run('update people set manager_id = $2 where id = $1', [me.id, boss.id])
    await api.owner.run('update staff set person_id = $2 where id = $1', [agent.staffId, me.id])
    const stranger = await addPerson(api, tenantId)
    finds([other.id, me.id, boss.id, report.id, stranger.id])
    const answer = await search('somebody')
    expect(answer.json.people.map(({ id }: { id: string }) => id)).toEqual([stranger.id])
  })

  it('D8: counts each search as a look-up, the same words once; beyond the limit it asks nobody and raises an alarm', async () => {
    await offers(['search'])
    for (let index = 0; index < 30; index += 1)
      expect((await search(`word ${String(index)}`)).status).toBe(200)
    expect((await search('word 7')).status).toBe(200)
    const before = asked().length
    const over = await search('one more')
    expect([over.status, over.json.code, asked().length]).toEqual([429, 'agent_limit_reached', before])
    const alarms = await api.owner.query(
      `select from audit where tenant_id = $1 and type = 'staff.limit_reached'`,
      [tenantId],
    )
    expect(alarms.length).toBe(1)
    const subjects = await api.owner.query<{ subject: string }>(
      'select subject from staff_counters where tenant_id = $1',
      [tenantId],
    )
    expect(JSON.stringify(subjects)).not.toContain('word')
  })

  it('is refused, and not offered, where all people are our own rows or the directory cannot be searched', async () => {
    const offered = async () =>
      (await callConsole(api, agent, '/api/console/people/search', { body: { q: 'somebody' } })).json
        .canAskDirectories as boolean
    expect([(await search('somebody')).json.code, await offered()]).toEqual(['directory_cannot', false])
    await offers(['sync'])
    expect([(await search('somebody')).json.code, await offered()]).toEqual(['directory_cannot', false])
    expect(asked()).toEqual([])
    await api.owner.run(`update directory_syncs set offers = '{search}' where tenant_id = $1`, [tenantId])
    expect(await offered()).toBe(true)
  })

  it.each(['pending', 'unavailable'] as const)(
    'R12: says that it cannot know where the worker’s answer is %s',
    async (kind) => {
      await offers(['search'])
      api.verifications.answers.searchDirectories = () => ({ kind })
      const answer = await search('somebody')
      api.verifications.answers = {}
      expect([answer.status, answer.json.code]).toEqual([503, 'unavailable'])
    },
  )

  it('is closed to staff who may not read people, and takes no other fields', async () => {
    await offers(['search'])
    const extra = await callConsole(api, agent, '/api/console/people/search-directories', {
      body: { q: 'somebody', directory: 'corp' },
    })
    expect([extra.status, asked()]).toEqual([400, []])
  })
})
