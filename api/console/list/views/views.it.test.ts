import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  addTenant,
  callConsole,
  createTestApi,
  signIn,
  type SignedIn,
  type TestApi,
} from '../../../testing/test-api.ts'

let api: TestApi
let tenantId: string
let supervisor: SignedIn
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  ;({ id: tenantId } = await addTenant(api))
  supervisor = await signIn(api, tenantId, 'supervisor')
})

const views = '/api/console/views'
const list = async (as = supervisor) => (await callConsole(api, as, views)).json.views
const save = (name: string, query = {}, columns: string[] | null = null, as = supervisor) =>
  callConsole(api, as, views, { body: { name, query, columns } })
const remove = (id: string, as = supervisor) => callConsole(api, as, `${views}/${id}/delete`, { body: {} })

describe('saved views', () => {
  it('keep filters, sort and columns as the address has them, by name', async () => {
    const query = { outcome: 'failed,passed', riskFrom: '7.5', days: '30', sort: 'risk', order: 'desc' }
    const { status, json } = await save('  Risky ones ', query, ['participant', 'risk'])
    expect(status).toBe(200)
    expect(json).toMatchObject({
      name: 'Risky ones',
      // The usual choices are not kept.
      query: { outcome: 'failed,passed', riskFrom: '7.5', days: '30', sort: 'risk' },
      columns: ['participant', 'risk'],
    })
    await save('all of them')
    expect((await list()).map(({ name }: { name: string }) => name)).toEqual(['all of them', 'Risky ones'])
    const opened = new URLSearchParams(json.query).toString()
    expect((await callConsole(api, supervisor, `/api/console/verifications?${opened}`)).status).toBe(200)
  })

  it('replace one of the same name, whatever its letters', async () => {
    const first = await save('Mine', { state: 'opened' })
    const second = await save('mine', { state: 'created' })
    expect(second.json.id).toBe(first.json.id)
    expect(await list()).toEqual([second.json])
  })

  it('hold nothing that the list would refuse', async () => {
    const faults: [object, number, string][] = [
      [{ outcome: 'won' }, 422, 'query.outcome.0'],
      [{ sort: 'name' }, 422, 'query.sort'],
      [{ days: '7', from: '2026-10-01T00:00:00Z' }, 422, 'days'],
      [{ weekday: '1', hour: '9' }, 422, 'hour'],
      [{ cursor: 'ff' }, 400, 'query.cursor'],
      [{ limit: '5' }, 400, 'query.limit'],
      [{ tenantId }, 400, 'query.tenantId'],
    ]
    for (const [query, status, path] of faults) {
      const answer = await save('x', query)
      expect([query, answer.status, answer.json.issues?.[0].path]).toEqual([query, status, path])
    }
    expect((await save('x'.repeat(61))).json.issues[0].path).toBe('name')
    expect((await save(' ')).status).toBe(422)
    expect((await save('x', {}, ['password'])).json.issues[0].path).toBe('columns.0')
    expect(await list()).toEqual([])
  })

  it('hold no filter that their owner may not use', async () => {
    const agent = await signIn(api, tenantId)
    for (const query of [{ riskFrom: '7' }, { sort: 'risk' }, { reason: 'NET_TOR_EXIT' }])
      expect((await save('x', query, null, agent)).status).toBe(403)
    expect((await save('x', { band: 'high' }, null, agent)).status).toBe(200)
  })

  it('are thirty at most, also when two are saved at once', async () => {
    for (let n = 1; n <= 29; n += 1) expect((await save(`View ${n}`)).status).toBe(200)
    const both = await Promise.all([save('one'), save('other')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await save('View 3', { state: 'opened' })).status).toBe(200)
    expect(await list()).toHaveLength(30)
    expect((await save('one more')).json.code).toBe('view_limit_reached')
    await remove((await list())[0].id)
    expect((await save('one more')).status).toBe(200)
  })

  it('I2: belong to one member of staff: nobody else sees or deletes them, of this tenant or another', async () => {
    const { json: mine } = await save('Mine')
    const colleague = await signIn(api, tenantId, 'supervisor')
    const { id: elsewhere } = await addTenant(api)
    const foreigner = await signIn(api, elsewhere, 'supervisor')
    for (const other of [colleague, foreigner]) {
      expect(await list(other)).toEqual([])
      const answer = await remove(mine.id, other)
      const missing = await remove(randomUUID(), other)
      expect([answer.status, answer.json.code]).toEqual([missing.status, missing.json.code])
      expect(answer.status).toBe(404)
    }
    expect(await list()).toEqual([mine])
    expect((await remove(mine.id)).json).toEqual({ done: true })
    expect((await remove(mine.id)).status).toBe(404)
    expect(await list()).toEqual([])
  })
})
