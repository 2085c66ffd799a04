import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cohortReports } from '../testing/reports.ts'
import { Cohort } from './cohort.ts'
import type { CohortInput } from './cohort.ts'

const input: CohortInput = {
  tenant: '6f2c2f38-2a55-4d2e-9a3e-0d6f6b5a7c11',
  from: '2026-03-01T00:00:00Z',
  to: '2026-04-01T00:00:00Z',
  timeZone: 'Europe/Berlin',
}
const refusedField = (change: Partial<Record<keyof CohortInput, unknown>>): string =>
  Cohort.safeParse({ ...input, ...change }).error?.issues[0]?.path.join('.') ?? 'accepted'

describe('parameters', () => {
  it('are accepted with and without slices', () => {
    expect(Cohort.parse(input)).toMatchObject({ purpose: '', channel: '' })
    expect(Cohort.parse({ ...input, purpose: 'mfa_reset', channel: 'sms' })).toMatchObject({ channel: 'sms' })
  })

  it.each([
    ['tenant', 'all'],
    ['from', 'yesterday'],
    ['to', '2026-03-01'],
    ['timeZone', 'Mars/Olympus'],
    ['timeZone', '+02:00'],
    ['timeZone', "UTC') or 1=1 --"],
    ['purpose', "x' or 1=1"],
    ['channel', 'fax'],
  ] as const)('K1: refuses a wrong %s and names it', (field, value) => {
    expect(refusedField({ [field]: value })).toBe(field)
  })

  it('refuses unknown keys, a backward period and one that is too long', () => {
    expect(Cohort.safeParse({ ...input, table: 'events' }).success).toBe(false)
    expect(refusedField({ to: input.from })).toBe('to')
    expect(refusedField({ to: '2027-06-01T00:00:00Z' })).toBe('to')
  })
})

describe('questions', () => {
  it.each(cohortReports.map((report) => [report.name, report.sql]))(
    'I2: %s asks for one tenant, bound as a parameter',
    (_name, sql) => {
      expect(sql).toContain('tenant_id = {tenant:UUID}')
      // One table, read once: no second reading that forgets the tenant.
      expect(sql.match(/\bfrom\s+\w+/g)?.filter((part) => !/from\s+select/.test(part))).toEqual([
        'from verifications',
      ])
    },
  )

  it('K1: every placeholder is a parameter, and every parameter but the time zone is in every question', () => {
    const known = Object.keys(Cohort.shape)
    for (const { sql } of cohortReports) {
      const used = new Set([...sql.matchAll(/\{(\w+):/g)].map(([, name]) => name))
      expect(known).toEqual(expect.arrayContaining([...used]))
      expect([...used]).toEqual(expect.arrayContaining(['tenant', 'from', 'to', 'purpose', 'channel']))
    }
  })

  it('every file of a question is among those tested here', () => {
    const files = readdirSync(import.meta.dirname).filter((name) => /^[\w-]+\.ts$/.test(name))
    const asking = files.filter((name) =>
      readFileSync(`${import.meta.dirname}/${name}`, 'utf8').includes('from ${cohort}'),
    )
    expect(asking).toHaveLength(new Set(cohortReports.map(({ name }) => name.replace(/^by-.*/, 'by'))).size)
  })
})
