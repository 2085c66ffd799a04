import { expect, it } from 'vitest'
import { roles } from './roles.ts'
import { staffSessions } from './sessions.ts'

it('F3: every role has an idle time below the absolute one, and admins the shortest', () => {
  expect(Object.keys(staffSessions.idle)).toEqual([...roles])
  for (const role of roles) {
    expect(staffSessions.idle[role]).toBeGreaterThanOrEqual(staffSessions.idle.admin)
    expect(staffSessions.idle[role]).toBeLessThan(staffSessions.absolute)
  }
  expect(staffSessions.idle).toMatchObject({ admin: 600, agent: 900 })
})
