import { expect, test } from 'vitest'
import { may, permissionsOf, roles } from './roles.ts'

test('agents see no numbers, no checks and no transcript by default', () => {
  for (const permission of ['scores.read', 'checks.read', 'transcripts.read'] as const) {
    expect(may('agent', permission)).toBe(false)
    expect(may('supervisor', permission)).toBe(true)
  }
})

test('the auditor and the admin change nothing in a case', () => {
  for (const role of ['auditor', 'admin'] as const)
    for (const permission of [
      'verifications.start',
      'verifications.steer',
      'verifications.decide',
      'verifications.label',
    ] as const)
      expect(may(role, permission)).toBe(false)
})

test('every role may see and end its own session, and no permission is listed twice', () => {
  for (const role of roles) {
    expect(may(role, 'session.own')).toBe(true)
    expect(new Set(permissionsOf[role]).size).toBe(permissionsOf[role].length)
  }
})

test('D6: no role both edits the policy and approves', () => {
  for (const role of roles)
    expect(
      may(role, 'policy.write') && (may(role, 'verifications.decide') || may(role, 'verifications.second')),
    ).toBe(false)
})
