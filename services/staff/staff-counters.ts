import type { Cap } from '#domain/policy/policy.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** The acts that are counted for a member of staff, or for a system that calls by a key (D8). */
export type CountedKind = 'look_up' | 'search' | 'start' | 'reveal'

/** The same, and what people start themselves: from one address, and in all (H3). */
export type Counted = CountedKind | 'self_start_address' | 'self_start'

/** An act to count. */
export type ToCount = {
  readonly kind: Counted
  readonly subject: string
  readonly caps: readonly Cap[]
  /** Subjects of the last minute that this one continues, as a longer word does a shorter one: it takes their place. */
  readonly replaces?: readonly string[]
}

/** A cap is reached. `again`: when there is room again; null: never. */
export type Over = { readonly again: Date | null }

/** When there is room again under caps that are all used up: when the last subject that has to leave its window leaves it. */
const roomAgain = async (
  tx: Tx,
  staffId: string,
  kind: Counted,
  caps: readonly Cap[],
): Promise<Date | null> => {
  const row = await tx.one<{ again: Date | null }>(
    `select max(s.leaves) as again from unnest($4::integer[], $5::integer[]) w (seconds, most)
     cross join lateral (
       select max(c.at) + make_interval(secs => w.seconds) as leaves, row_number() over (order by max(c.at) desc) as place
       from staff_counters c where c.tenant_id = $1 and c.staff_id = $2 and c.kind = $3
         and c.at > now() - make_interval(secs => w.seconds) group by c.subject) s
     where s.place = w.most`,
    [tx.tenantId, staffId, kind, caps.map(({ seconds }) => seconds), caps.map(({ max }) => max)],
  )
  return row?.again ?? null
}

/**
 * Counts one subject unless a cap would be exceeded. The same subject again within the window costs nothing. Atomic
 * over all processes: the member's counter is locked until the transaction ends (H7).
 * @returns null where it is counted; else nothing is, once the transaction is rolled back
 */
export const countForStaff = async (
  tx: Tx,
  staffId: string,
  { kind, subject, caps, replaces = [] }: ToCount,
): Promise<Over | null> => {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${tx.tenantId}/${staffId}/${kind}`,
  ])
  if (replaces.length > 0)
    await tx.run(
      `delete from staff_counters where tenant_id = $1 and staff_id = $2 and kind = $3 and subject = any ($4)
       and at > now() - interval '1 minute'`,
      [tx.tenantId, staffId, kind, replaces],
    )
  const seen = await tx.query<{ counted: boolean; used: number }>(
    `select coalesce(bool_or(c.subject = $4), false) as counted, count(distinct c.subject) as used
     from unnest($5::integer[]) with ordinality w (seconds, place)
     left join staff_counters c on c.tenant_id = $1 and c.staff_id = $2 and c.kind = $3
       and c.at > now() - make_interval(secs => w.seconds)
     group by w.place order by w.place`,
    [tx.tenantId, staffId, kind, subject, caps.map((cap) => cap.seconds)],
  )
  const over = caps.filter((cap, index) => {
    const row = seen[index]
    return row !== undefined && !row.counted && row.used >= cap.max
  })
  if (over.length > 0) return { again: await roomAgain(tx, staffId, kind, over) }
  await tx.run(
    `insert into staff_counters (tenant_id, staff_id, kind, subject) values ($1, $2, $3, $4) on conflict do nothing`,
    [tx.tenantId, staffId, kind, subject],
  )
  return null
}
