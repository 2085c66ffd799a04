/** Counts recent messages by person, number, range and organisation, as the limits need it (H3). */
import { numberPrefix } from '#domain/contact.ts'
import type { Cap } from '#domain/policy/policy.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { valueIndex } from '#platform/crypto/sealing.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { ContactOnFile } from '../people/contacts.ts'

/** The thing that a limit counts by. */
type CountedBy = 'person' | 'number' | 'prefix' | 'tenant'

/** One list of caps, and the messages that they count; a null value counts nothing, except for the tenant. */
export type ToCount = {
  readonly by: CountedBy
  readonly value: string | Buffer | null
  readonly caps: readonly Cap[]
  /**
   * Counts only notices of starts that anybody may have asked for, since such a notice must reach a victim: for a range and
   * for the organisation always, for a person and a contact only among themselves, so that they keep no agent from sending.
   */
  readonly withNotices?: boolean
}

/** Starts of a member of staff, counted beside the messages (D8). */
export type StartsToCount = {
  readonly by: 'starts'
  readonly value: string | null
  readonly caps: readonly Cap[]
}

/** A number without its last four digits, as an index: what pumping of a whole range is counted by. Null for e-mail. */
export const prefixIndexOf = (
  keys: KeyRing,
  tenantId: string,
  { kind, value }: Pick<ContactOnFile, 'kind' | 'value'>,
): Buffer | null =>
  kind === 'phone' && value !== null ? valueIndex(keys, tenantId, 'phone_prefix', numberPrefix(value)) : null

/** Sends of one tenant take turns from here to the end of the transaction, so that counts hold across replicas (H7). */
export const takeSendTurn = async (tx: Tx): Promise<void> => {
  await tx.query(
    'select pg_advisory_xact_lock(hashtextextended($1, 0))',
    [`send/${tx.tenantId}`],
    'take_turn',
  )
}

/** A person who is asked to vouch can still be verified themself. `w`: one window of `windows`. */
const conditions: Readonly<Record<CountedBy, string>> = {
  person: "person_id = w.id and kind <> 'approver_request'",
  number: 'number_index = w.index',
  prefix: 'prefix_index = w.index',
  tenant: 'true',
}

const windows = `unnest($2::text[], $3::uuid[], $4::bytea[], $5::integer[], $6::integer[], $7::boolean[])
  with ordinality w (counted, id, index, seconds, most, with_notices, place)`

const within = 'now() - make_interval(secs => w.seconds)'

const countOf = (by: CountedBy): string => `when '${by}' then
    (select count(*) from deliveries where tenant_id = $1 and kind <> 'notice' and begun_at > ${within} and ${conditions[by]})
    + case when w.with_notices then
        (select count(*) from notices where tenant_id = $1 and counted_at > ${within} and ${conditions[by]})
      else 0 end`

const startsOf = `when 'starts' then
    (select count(distinct c.subject) from staff_counters c
      where c.tenant_id = $1 and c.staff_id = w.id and c.kind = 'start' and c.at > ${within})`

const countSql = (...more: readonly string[]): string =>
  `select case w.counted ${[countOf('person'), countOf('number'), countOf('prefix'), countOf('tenant'), ...more].join(' ')}
     else 0 end as n
   from ${windows} order by w.place`

/** The worker may not read what staff looked at, so that a statement names their starts only where they are counted. */
const statements = {
  sends: { name: 'count_sends', sql: countSql() },
  sendsAndStarts: { name: 'count_sends_and_starts', sql: countSql(startsOf) },
} as const

const paramsOf = (asked: readonly (ToCount | StartsToCount)[]): readonly unknown[][] => {
  const rows = asked.flatMap((one) => one.caps.map((cap) => ({ ...one, ...cap })))
  return [
    rows.map(({ by }) => by),
    rows.map(({ value }) => (typeof value === 'string' ? value : null)),
    rows.map(({ value }) => (typeof value === 'string' ? null : value)),
    rows.map(({ seconds }) => seconds),
    rows.map(({ max }) => max),
    rows.map(
      (row) => row.by !== 'starts' && (row.withNotices ?? (row.by === 'prefix' || row.by === 'tenant')),
    ),
  ]
}

/** Counts within the window of every cap, in one statement; a list for each of what was asked, in the order of its caps. */
export const countSends = async (
  tx: Tx,
  asked: readonly (ToCount | StartsToCount)[],
): Promise<readonly (readonly number[])[]> => {
  const { name, sql } = statements[asked.some(({ by }) => by === 'starts') ? 'sendsAndStarts' : 'sends']
  const rows = await tx.named<{ n: number }>(name, sql, [tx.tenantId, ...paramsOf(asked)])
  let taken = 0
  return asked.map(({ caps }) => rows.slice(taken, (taken += caps.length)).map(({ n }) => n))
}

const fillingOf = (by: CountedBy): string => `
      select begun_at as at from deliveries where w.counted = '${by}' and tenant_id = $1 and kind <> 'notice'
        and begun_at > ${within} and ${conditions[by]}
      union all
      select counted_at from notices where w.counted = '${by}' and w.with_notices and tenant_id = $1
        and counted_at > ${within} and ${conditions[by]}`

const nextSql =
  // Up to the millisecond that the process knows, never before its time.
  `select date_trunc('milliseconds', max(filling.at + make_interval(secs => w.seconds)) + interval '1 millisecond') as at
   from ${windows} cross join lateral (
     select at from (${(['person', 'number', 'prefix', 'tenant'] as const).map(fillingOf).join(' union all ')}
     ) sent order by at desc offset w.most - 1 limit 1
   ) filling`

/**
 * When one more message keeps within all the caps, by the database's clock: as soon as the oldest of those that fill a window
 * leaves it. Null: now.
 */
export const nextSendAt = async (tx: Tx, asked: readonly ToCount[]): Promise<Date | null> => {
  const row = await tx.one<{ at: Date | null }>(nextSql, [tx.tenantId, ...paramsOf(asked)], 'next_send_at')
  return row?.at ?? null
}
