import { expect, it } from 'vitest'
import { schedules, schedulesFor } from './schedules.ts'

it('directories are read where the operator names some; everything else is done everywhere', () => {
  expect(schedulesFor({ hasDirectories: true })).toEqual(schedules)
  const without = schedulesFor({ hasDirectories: false }).map(({ name }) => name)
  expect(without).toEqual(
    schedules.map(({ name }) => name).filter((name) => !['directories', 'sign-in-logs'].includes(name)),
  )
})

it('every schedule has a name and an activity of its own', () => {
  expect(new Set(schedules.map(({ name }) => name)).size).toBe(schedules.length)
  expect(new Set(schedules.map(({ activity }) => activity)).size).toBe(schedules.length)
})
