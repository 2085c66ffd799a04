import type { Cap } from '#domain/policy/policy.ts'
import type { Tx } from './transaction.ts'

/** What is counted for a member of staff, or for a system that calls by a key (security.md D8). */
export type CountedKind = 'look_up' | 'start' | 'reveal'

/** The same, and what people start themselves: from one address, and in all (security.md H3). */
export type Counted = CountedKind | 'self_start_address' | 'self_start'

/** How many different subjects were counted within each cap's window, in the order of the caps. */
export const staffCounts = async (
  tx: Tx,
  staffId: string,
  kind: CountedKind,
  caps: readonly Cap[],
): Promise<readonly number[]> => {
  const rows = await tx.query<{ used: number }>(
    `select (select count(distinct subject) from staff_counters c where c.tenant_id = $1 and c.staff_id = $2 and c.kind = $3
       and c.at > now() - make_interval(secs => w.seconds)) as used
     from unnest($4::integer[]) with ordinality w (seconds, place) order by w.place`,
    [tx.tenantId, staffId, kind, caps.map((cap) => cap.seconds)],
  )
  return rows.map((row) => row.used)
}

/**
 * Counts one subject unless a cap would be exceeded. The same subject again within the window costs nothing. Atomic
 * over all processes: the member's counter is locked until the transaction ends (security.md H7).
 * @returns false when a cap is reached; nothing is counted then
 */
export const countForStaff = async (
  tx: Tx,
  staffId: string,
  kind: Counted,
  subject: string,
  caps: readonly Cap[],
): Promise<boolean> => {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${tx.tenantId}/${staffId}/${kind}`,
  ])
  const seen = await tx.query<{ counted: boolean; used: number }>(
    `select coalesce(bool_or(c.subject = $4), false) as counted, count(distinct c.subject) as used
     from unnest($5::integer[]) with ordinality w (seconds, place)
     left join staff_counters c on c.tenant_id = $1 and c.staff_id = $2 and c.kind = $3
       and c.at > now() - make_interval(secs => w.seconds)
     group by w.place order by w.place`,
    [tx.tenantId, staffId, kind, subject, caps.map((cap) => cap.seconds)],
  )
  const isOver = caps.some((cap, index) => {
    const row = seen[index]
    return row !== undefined && !row.counted && row.used >= cap.max
  })
  if (isOver) return false
  await tx.run(
    `insert into staff_counters (tenant_id, staff_id, kind, subject) values ($1, $2, $3, $4) on conflict do nothing`,
    [tx.tenantId, staffId, kind, subject],
  )
  return true
}
