import { describe, expect, it } from 'vitest'
import { addTenant, callConsole, signIn } from '../../testing/test-api.ts'
import { useTestApi } from '../../testing/use-test-api.ts'

const api = useTestApi({ deps: { querier: { query: () => Promise.reject(new Error('the store is away')) } } })

const week = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-08T00:00:00.000Z', timeZone: 'Europe/Berlin' }
const ask = async (change: Partial<typeof week> = {}) => {
  const supervisor = await signIn(api, (await addTenant(api)).id, 'supervisor')
  const query = new URLSearchParams({ ...week, ...change }).toString()
  return callConsole(api, supervisor, `/api/console/reports/dashboard?${query}`)
}

describe('the dashboard', () => {
  it.each([
    ['to', { to: week.from }],
    ['from', { from: '2025-10-01T00:00:00.000Z' }],
    ['timeZone', { timeZone: 'Europe/Nowhere' }],
  ])('H11: refuses a period that cannot be read, and names %s', async (path, change) => {
    const { status, json } = await ask(change)
    expect([status, json.issues]).toMatchObject([422, [{ path }]])
  })

  it('says when to come again while the store of the analytics is away', async () => {
    const { status, headers } = await ask()
    expect([status, headers['retry-after']]).toEqual([503, '10'])
    expect(api.lines.some((line) => line.includes('analytics store did not answer'))).toBe(true)
  })
})
