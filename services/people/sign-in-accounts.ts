/** The accounts of people at the organisation's identity provider, by which it says whose sign-in it is (F7). */
import type { Tx } from '#platform/database/transaction.ts'

/** A person of a directory that is the provider too. */
export type SyncedAccount = { readonly directoryId: string; readonly account: string }

/** Writes the accounts that changed. One that another person has already is left alone: it would be two people's sign-in. */
export const keepSignInAccounts = async (
  tx: Tx,
  directory: string,
  accounts: readonly SyncedAccount[],
): Promise<number> => {
  if (accounts.length === 0) return 0
  return tx.run(
    `update people p set sign_in_subject = n.account
     from jsonb_to_recordset($3::jsonb) as n ("directoryId" text, account text)
     where p.tenant_id = $1 and p.directory = $2 and p.directory_id = n."directoryId"
       and p.sign_in_subject is distinct from n.account
       and not exists (select from people o where o.tenant_id = $1 and o.sign_in_subject = n.account and o.id <> p.id)`,
    [tx.tenantId, directory, JSON.stringify(accounts)],
  )
}

/** A person and their account; null: they have none any more. */
export type AccountRow = { readonly personId: string; readonly account: string | null }

/** The people among these whose account another person keeps. */
export const takenAccounts = async (tx: Tx, rows: readonly AccountRow[]): Promise<ReadonlySet<string>> => {
  const found = await tx.query<{ personId: string }>(
    `with said as (select * from jsonb_to_recordset($2::jsonb) as n ("personId" uuid, account text))
     select n."personId" from said n join people o on o.tenant_id = $1 and o.sign_in_subject = n.account
     where o.id <> n."personId" and o.id not in (select "personId" from said)`,
    [tx.tenantId, JSON.stringify(rows)],
  )
  return new Set(found.map(({ personId }) => personId))
}

/** Sets these accounts, all or none; gives how many people have another one than before. */
export const setSignInAccounts = async (tx: Tx, rows: readonly AccountRow[]): Promise<number> => {
  const said = `jsonb_to_recordset($2::jsonb) as n ("personId" uuid, account text)`
  const changed = await tx.query<AccountRow>(
    `select n."personId", n.account from ${said} join people p on p.tenant_id = $1 and p.id = n."personId"
     where p.sign_in_subject is distinct from n.account`,
    [tx.tenantId, JSON.stringify(rows)],
  )
  // Two people may have changed accounts with each other: all are free before one is given away.
  for (const account of ['null', 'n.account'])
    await tx.run(
      `update people p set sign_in_subject = ${account} from ${said} where p.tenant_id = $1 and p.id = n."personId"`,
      [tx.tenantId, JSON.stringify(changed)],
    )
  return changed.length
}
