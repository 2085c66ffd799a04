import { z } from 'zod'
import type { ListQuery } from '../../contract/console-verifications.ts'
import { may } from '#domain/roles.ts'
import { placeOfStep } from '#domain/verification/funnel.ts'
import type { ListFilter } from '#services/verifications/verifications.ts'
import type { StaffCaller } from '../../http/callers.ts'
import { InvalidInput, Refused } from '../../http/errors.ts'
import { hourPieces, isTimeZone, startOfDays, type HourOfWeek } from './zoned.ts'

const Cursor = z.tuple([z.union([z.string(), z.number()]).nullable(), z.string().max(40), z.uuid()])

/** A cursor is a place in the sort order; it holds nothing that its page did not show. */
const afterOf = (cursor: string, sort: ListFilter['sort']): NonNullable<ListFilter['after']> => {
  const fault = new InvalidInput(422, [
    { path: 'cursor', code: 'invalid_format', message: 'not a cursor of this list' },
  ])
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(cursor, 'hex').toString('utf8'))
  } catch {
    throw fault
  }
  const parsed = Cursor.safeParse(value)
  if (!parsed.success || Number.isNaN(Date.parse(parsed.data[1]))) throw fault
  if (!isKeyOf(sort, parsed.data[0])) throw fault
  return parsed.data
}

/** Says whether a cursor's key is one of this sort. */
const isKeyOf = (sort: ListFilter['sort'], key: string | number | null): boolean => {
  if (sort === 'started') return key === null
  if (sort === 'risk' || sort === 'outcome') return Number.isInteger(key) && Math.abs(Number(key)) <= 1000
  return typeof key === 'string' && (sort !== 'completed' || isMoment(key))
}

const isMoment = (text: string): boolean => text === '-infinity' || !Number.isNaN(Date.parse(text))

const fault = (path: string, message: string): InvalidInput =>
  new InvalidInput(422, [{ path, code: 'custom', message }])

/** Longest period in which an hour of the week is looked for: each week is a range of its own. */
const longestDays = 366
const dayMs = 86_400_000

type Period = { readonly from?: string | undefined; readonly to?: string | undefined }

const periodOf = ({ from, to, days, timeZone = 'UTC' }: ListQuery): Period => {
  if (!isTimeZone(timeZone)) throw fault('timeZone', 'not a time zone')
  if (days === undefined) return { from, to }
  if (from !== undefined || to !== undefined) throw fault('days', 'not together with from or to')
  return { from: startOfDays(days, timeZone) }
}

/** The hour of the week that is asked for, if one is. */
const hourOf = ({ weekday, hour, timeZone = 'UTC' }: ListQuery): HourOfWeek | undefined => {
  if (weekday === undefined && hour === undefined) return undefined
  if (weekday === undefined) throw fault('weekday', 'goes with hour')
  if (hour === undefined) throw fault('hour', 'goes with weekday')
  return { weekday, hour, timeZone }
}

/** The pieces of the period that fall into an hour of the week; undefined when none is asked for. */
const withinOf = (query: ListQuery, { from, to }: Period): ListFilter['within'] => {
  const hour = hourOf(query)
  if (hour === undefined) return undefined
  const end = to ?? (query.days === undefined ? undefined : new Date(Date.now() + dayMs).toISOString())
  if (from === undefined || end === undefined) throw fault('hour', 'needs a period: from and to, or days')
  if (Date.parse(end) - Date.parse(from) > (longestDays + 1) * dayMs)
    throw fault('from', `at most ${longestDays} days before to`)
  return hourPieces(from, end, hour)
}

const isNotPermitted = (query: ListQuery, { role }: StaffCaller): boolean => {
  const asksForRisk = query.riskFrom !== undefined || query.riskTo !== undefined || query.sort === 'risk'
  return (
    (asksForRisk && !may(role, 'scores.read')) || (query.reason !== undefined && !may(role, 'checks.read'))
  )
}

/**
 * The list's query as the database takes it.
 * @throws Refused not_permitted when someone who may not see scores or checks filters or sorts by them; InvalidInput for
 * fields that do not go together
 */
export const filterOf = (query: ListQuery, staff: StaffCaller): ListFilter => {
  if (isNotPermitted(query, staff)) throw new Refused('not_permitted')
  const { cursor, step, days: _days, weekday: _weekday, hour: _hour, timeZone: _timeZone, ...filter } = query
  const period = periodOf(query)
  const within = withinOf(query, period)
  return {
    ...filter,
    ...period,
    ...(step === undefined ? {} : { step: placeOfStep(step) }),
    ...(within === undefined ? {} : { within }),
    ...(cursor === undefined ? {} : { after: afterOf(cursor, query.sort) }),
  }
}
