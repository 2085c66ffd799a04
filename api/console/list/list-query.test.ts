import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Role } from '#domain/roles.ts'
import type { StaffCaller } from '../../http/callers.ts'
import { ListQuery } from '../../contract/console-verifications.ts'
import { filterOf } from './list-query.ts'

const as = (role: Role) => ({ role }) as StaffCaller
const filter = (query: Record<string, string>) => filterOf(ListQuery.parse(query), as('supervisor'))

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-04T10:20:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the query of the list', () => {
  it('counts days back to a midnight of the reader', () => {
    expect(filter({ days: '7', timeZone: 'Europe/Berlin' })).toEqual({
      from: '2026-02-25T23:00:00.000Z',
      sort: 'started',
      order: 'desc',
      limit: 50,
    })
    expect(filter({ days: '1' }).from).toBe('2026-03-04T00:00:00.000Z')
  })

  it('turns an hour of the week into the pieces of its period', () => {
    expect(filter({ days: '8', weekday: '3', hour: '9' }).within).toEqual([
      ['2026-02-25T09:00:00.000Z', '2026-02-25T10:00:00.000Z'],
      ['2026-03-04T09:00:00.000Z', '2026-03-04T10:00:00.000Z'],
    ])
    const none = { weekday: '1', hour: '9', from: '2026-03-03T00:00:00Z', to: '2026-03-04T00:00:00Z' }
    expect(filter(none).within).toEqual([])
  })

  it('knows steps by their place', () => {
    expect(filter({ step: 'sent' }).step).toBe(1)
    expect(filter({ step: 'done' }).step).toBe(8)
  })

  it.each([
    'riskFrom=',
    'riskTo=%20',
    'hour=',
    'days=1e2',
    'limit=0x10',
    'limit=%2B5',
    'weekday=1,5',
    'days=7.5',
  ])('does not take %s for a number', (text) => {
    const { error } = ListQuery.safeParse(Object.fromEntries(new URLSearchParams(text)))
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([text.split('=')[0]])
  })

  it('takes numbers as people write them', () => {
    const query = { riskFrom: '0', riskTo: '7.5', days: '30', limit: '100' }
    expect(ListQuery.parse(query)).toMatchObject({ riskFrom: 0, riskTo: 7.5, days: 30, limit: 100 })
    expect(ListQuery.parse({})).toMatchObject({ limit: 50 })
  })

  it.each(['sort=risk', 'riskFrom=1', 'reason=NET_TOR_EXIT'])('refuses %s to who may not see it', (text) => {
    const query = ListQuery.parse(Object.fromEntries(new URLSearchParams(text)))
    expect(() => filterOf(query, as('agent'))).toThrow('not_permitted')
    expect(() => filterOf(query, as('auditor'))).not.toThrow()
  })
})
