import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertRow } from '#platform/database/testing/factories.ts'
import { addTenant, callConsole, createTestApi, signIn, type TestApi } from '../../testing/test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.stop())

const raise = (tenantId: string, daysAgo: number, row: Readonly<Record<string, unknown>> = {}) => {
  const at = new Date(Date.now() - daysAgo * 86_400_000)
  return insertRow(api.owner, 'harvest_alarms', {
    tenant_id: tenantId,
    family: 'manager',
    day: at.toISOString().slice(0, 10),
    cases: 30,
    lists: 11,
    lists_in_force: 12,
    usual_cases: 1.5,
    raised_at: at,
    ...row,
  })
}

describe('alarms of collected lists', () => {
  it('are on the policy’s page for thirty days, newest first, and for their own organisation only', async () => {
    const { id } = await addTenant(api)
    const { id: other } = await addTenant(api)
    await raise(id, 31)
    await raise(id, 5)
    await raise(id, 0.1, { asn: 65_550 })
    const page = async (tenantId: string) =>
      (await callConsole(api, await signIn(api, tenantId, 'supervisor'), '/api/console/policy')).json
    expect((await page(id)).harvests).toMatchObject([
      { family: 'manager', asn: 65_550, cases: 30, lists: 11, listsInForce: 12, usualCases: 1.5 },
      { family: 'manager', asn: null },
    ])
    expect((await page(other)).harvests).toEqual([])
  })

  it('are a banner for a day to those who may do something about it', async () => {
    const { id } = await addTenant(api)
    const banners = async (role: 'agent' | 'supervisor' | 'admin' | 'auditor') =>
      (await callConsole(api, await signIn(api, id, role), '/api/console/session')).json.banners as string[]
    await raise(id, 1.1)
    expect(await banners('supervisor')).not.toContain('harvest_suspected')
    // From one network: both may be of the same calendar day.
    await raise(id, 0.9, { asn: 65_550 })
    expect(await banners('supervisor')).toContain('harvest_suspected')
    expect(await banners('admin')).toContain('harvest_suspected')
    expect(await banners('agent')).not.toContain('harvest_suspected')
    expect(await banners('auditor')).not.toContain('harvest_suspected')
  })
})
