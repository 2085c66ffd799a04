import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import type { StoredContact } from '#services/people/contacts.ts'
import { personWarnings, type Warned } from './person-warnings.ts'

const now = new Date('2026-11-26T12:00:00Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

const person = (changedAt: Date): Warned => ({
  tier: 'standard',
  accountState: 'active',
  passwordChangedAt: changedAt,
  mfaChangedAt: changedAt,
  neverViaHelpDesk: false,
  isBlocked: false,
})
const contact = (id: string, lastChangedAt: Date): StoredContact => ({
  id,
  kind: 'phone',
  label: 'mobile',
  masked: '••• 42',
  lineType: null,
  source: 'hr',
  firstSeenAt: minutesAgo(1_000_000),
  lastChangedAt,
  valueSealed: Buffer.alloc(0),
})
const warningsOf = (changedAt: Date) =>
  personWarnings({
    person: person(changedAt),
    contacts: [contact('1', changedAt), contact('2', minutesAgo(1_000_000))],
    recent: [],
    reports: 0,
    policy: defaultPolicy(),
    now,
  })

describe('warnings of changes', () => {
  it('tell the age in whole hours', () => {
    expect(warningsOf(minutesAgo(119))).toEqual([
      { key: 'warning.password_changed', slots: { hours: 1 } },
      { key: 'warning.mfa_changed', slots: { hours: 1 } },
      { key: 'warning.contact_changed', slots: { contact: '••• 42', contactLabel: 'mobile', hours: 1 } },
    ])
  })

  it('never say "0 hours ago"', () => {
    expect(warningsOf(minutesAgo(59))).toEqual([
      { key: 'warning.password_changed_now', slots: {} },
      { key: 'warning.mfa_changed_now', slots: {} },
      { key: 'warning.contact_changed_now', slots: { contact: '••• 42', contactLabel: 'mobile' } },
    ])
  })
})
