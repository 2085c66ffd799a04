import { mostWithout } from '#analytics/queries/cohort.ts'
import { dashboard as ask } from '#analytics/queries/dashboard.ts'
import { staffNames } from '#services/staff/staff.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { readCasesOf } from '#services/verifications/verifications.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { InvalidInput, Unavailable } from '../../http/errors.ts'
import { excludedPeople } from '../scope.ts'
import { isTimeZone } from '../list/zoned.ts'

/** Longest period, days: two of them are read, this one and the one before. */
const longestDays = 366
const dayMs = 86_400_000

const fault = (path: string, message: string): InvalidInput =>
  new InvalidInput(422, [{ path, code: 'custom', message }])

const requirePeriod = (query: {
  readonly from: string
  readonly to: string
  readonly timeZone: string
}): void => {
  const ms = Date.parse(query.to) - Date.parse(query.from)
  if (ms <= 0) throw fault('to', 'must be after from')
  if (ms > longestDays * dayMs) throw fault('from', `at most ${longestDays} days before to`)
  if (!isTimeZone(query.timeZone)) throw fault('timeZone', 'not a time zone')
}

/** Cases that the list does not show to this caller (D7), of the period and of the one before it. */
const ownCases = async (
  tx: Tx,
  staff: StaffCaller,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly string[]> => {
  const people = await excludedPeople(tx, staff)
  if (people.length === 0) return []
  const before = new Date(2 * Date.parse(from) - Date.parse(to)).toISOString()
  return readCasesOf(tx, people, { from: before, to }, mostWithout)
}

/** The dashboard, from the analytics store; it knows agents by id, the names are added here. */
export const dashboard = ({ db, querier, log }: ApiDeps) =>
  bind('console.dashboard', async ({ staff, query }) => {
    requirePeriod(query)
    const { purpose, channel, ...period } = query
    const without = await inTenant(db, staff.tenantId, (tx) => ownCases(tx, staff, period))
    const figures = await ask(querier, staff.tenantId, {
      ...period,
      without,
      ...(purpose === undefined ? {} : { purpose }),
      ...(channel === undefined ? {} : { channel }),
    }).catch((error: unknown) => {
      log.error('analytics store did not answer', { error })
      throw new Unavailable(10)
    })
    const ids = figures.byAgent.map(({ key }) => key).filter((key) => /^[0-9a-f-]{36}$/.test(key))
    const names = await inTenant(db, staff.tenantId, (tx) => staffNames(tx, ids))
    const slice = <T extends { readonly key: string }>(row: T) => ({
      ...row,
      name: names.get(row.key) ?? row.key,
    })
    return {
      ...figures,
      outcomesByDay: figures.outcomesByDay.map((day) => ({ day: day.day, counts: { ...day.counts } })),
      timeByDay: [...figures.timeByDay],
      funnel: [...figures.funnel],
      riskBins: [...figures.riskBins],
      byChannel: figures.byChannel.map(slice),
      byPurpose: figures.byPurpose.map(slice),
      byAgent: figures.byAgent.map(slice),
      hourOfWeek: figures.hourOfWeek.map((row) => [...row]),
      topReasons: [...figures.topReasons],
    }
  })
