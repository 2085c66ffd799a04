import type { PersonComparison } from '#domain/policy/two-people.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** The comparison of a staff account with one of several others, and the owner of that one. */
export type Compared = { readonly comparison: PersonComparison; readonly name: string }

/**
 * The order in which comparisons are reported: that they are the same person comes before a missing link of their own
 * account.
 */
const gravest: readonly PersonComparison[] = ['same', 'not_linked', 'other_not_linked']

/**
 * Compares an account with others as persons (domain/policy/two-people.ts): the first comparison that keeps it from being the
 * second person; null where it is another person than each of them.
 */
export const compareWith = async (
  tx: Tx,
  staffId: string,
  others: readonly string[],
): Promise<Compared | null> => {
  const rows = await tx.query<Compared>(
    `select compare_persons($1, $2, o.id) as comparison, coalesce(s.display_name, '') as name
     from unnest($3::uuid[]) o (id) left join staff s on s.tenant_id = $1 and s.id = o.id`,
    [tx.tenantId, staffId, others],
  )
  const of = (one: PersonComparison) => rows.find(({ comparison }) => comparison === one)
  return gravest.map(of).find((one) => one !== undefined) ?? null
}

/** Counts the different people behind these staff accounts: the disabled and those that are not linked do not count. */
export const countPersons = async (tx: Tx, ids: readonly string[]): Promise<number> => {
  const row = await tx.one<{ people: number }>(
    `select count(distinct person_of_staff(s.tenant_id, s.id))::integer as people
     from staff s where s.tenant_id = $1 and s.id::text = any ($2::text[]) and s.disabled_at is null`,
    [tx.tenantId, ids],
  )
  return row?.people ?? 0
}
