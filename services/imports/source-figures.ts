/** The known facts, by family: how many, about how many people, and how old they are. */
import type { Tx } from '#platform/database/transaction.ts'

/** Figures of one family of facts that are true now. `readAt` is ISO 8601 UTC. */
export type FamilyFigures = {
  readonly family: string
  readonly rows: number
  readonly people: number
  readonly freshRows: number
  readonly readAt: string | null
  readonly importedRows: number
}

/** Figures of every family that has rows. */
export const readFamilyFigures = (tx: Tx): Promise<FamilyFigures[]> =>
  tx.query<FamilyFigures>(
    `select family, count(*) as rows, count(distinct person_id) as people,
       count(*) filter (where read_at > now() - interval '1 day') as "freshRows",
       iso_instant(max(read_at)) as "readAt", count(import_id) as "importedRows"
     from facts where tenant_id = $1 and valid_to is null group by family`,
    [tx.tenantId],
  )

/** The figures of the directory itself. */
export type DirectoryFigures = {
  readonly people: number
  readonly withManager: number
  readonly readAt: string | null
}

/** People who can be asked, and how many of them have a manager. */
export const readDirectoryFigures = async (tx: Tx): Promise<DirectoryFigures> => {
  const row = await tx.one<DirectoryFigures>(
    `select count(*) as people, count(manager_id) as "withManager", iso_instant(max(refreshed_at)) as "readAt"
     from people where tenant_id = $1 and account_state in ('active', 'locked')`,
    [tx.tenantId],
  )
  return row ?? { people: 0, withManager: 0, readAt: null }
}
