import { z } from 'zod'
import type { ListQuery } from '../contract/console-verifications.ts'
import { may } from '#domain/roles.ts'
import type { ListFilter } from '#platform/server/db/verifications-read.ts'
import type { StaffCaller } from '../callers.ts'
import { InvalidInput, Refused } from '../errors.ts'

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
  const [key] = parsed.data
  const isOfSort =
    sort === 'started'
      ? key === null
      : sort === 'risk'
        ? Number.isInteger(key) && Math.abs(Number(key)) <= 1000
        : typeof key === 'string' && (sort !== 'completed' || isMoment(key))
  if (!isOfSort) throw fault
  return parsed.data
}

const isMoment = (text: string): boolean => text === '-infinity' || !Number.isNaN(Date.parse(text))

/**
 * The list's query as the database takes it.
 * @throws Refused not_permitted when someone who may not see scores filters or sorts by them
 */
export const filterOf = (query: ListQuery, staff: StaffCaller): ListFilter => {
  const asksForRisk = query.riskFrom !== undefined || query.riskTo !== undefined || query.sort === 'risk'
  if (asksForRisk && !may(staff.role, 'scores.read')) throw new Refused('not_permitted')
  const { cursor, ...filter } = query
  return { ...filter, ...(cursor === undefined ? {} : { after: afterOf(cursor, query.sort) }) }
}
