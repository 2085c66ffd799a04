import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addTenant, callPortal, createTestApi, type TestApi } from '../testing/test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.stop())

const knock = (organisation: string | null) =>
  callPortal(api, null, '/api/public/front-door', { body: { organisation } })

describe('the front door', () => {
  it('names an organisation by its address alone, since there are several', async () => {
    const { id } = await addTenant(api)
    await addTenant(api)
    const { slug } = (await api.owner.one<{ slug: string }>(
      `update tenants set name = 'Northwind', settings = '{"accent":"#0b6e5f","helpdeskPhone":"+1 512 555 0190"}'
       where id = $1 returning slug`,
      [id],
    )) ?? { slug: '' }
    expect((await knock(slug)).json).toEqual({
      brand: { name: 'Northwind', accent: '#0b6e5f', helpdeskPhone: '+1 512 555 0190' },
    })
    for (const other of [null, 'nobody', slug.slice(0, -1), `${slug}'--`])
      expect((await knock(other)).json, String(other)).toEqual({ brand: null })
  })

  it('asks the database at most once a minute, however often somebody knocks', async () => {
    const { id } = await addTenant(api)
    const { slug } = (await api.owner.one<{ slug: string }>('select slug from tenants where id = $1', [
      id,
    ])) ?? {
      slug: '',
    }
    // Known from the knocks before: this one came later.
    expect((await knock(slug)).json).toEqual({ brand: null })
  })

  it('refuses other questions', async () => {
    for (const body of [{}, { organisation: 'x'.repeat(32) }, { organisation: null, login: 'ada' }])
      expect([400, 422]).toContain((await callPortal(api, null, '/api/public/front-door', { body })).status)
  })
})
