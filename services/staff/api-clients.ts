/** API clients and who stands behind a key. Only the hash of a key is ever here (E5). */
import type { ApiScope } from '#domain/api-scopes.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { isTokenMarked, tokenMark } from '#platform/crypto/token-mark.ts'
import type { Db } from '#platform/database/connect.ts'
import { outsideTenants, type Tx } from '#platform/database/transaction.ts'

/** Whose key it is; the tenant comes from the key alone (I3). */
export type ApiClientRow = {
  readonly tenantId: string
  readonly clientId: string
  readonly name: string
  readonly scopes: readonly ApiScope[]
}

/** Who a key stands for; null when it is unknown, revoked or expired. */
export const readApiClient = async (db: Db, keys: KeyRing, keyHash: Buffer): Promise<ApiClientRow | null> => {
  const [row] = await outsideTenants(db).named<{
    answer: (ApiClientRow & { readonly tokenMark: string }) | null
  }>('read_api_client', 'select read_api_client($1) as answer', [keyHash])
  if (!row?.answer) return null
  const { tokenMark: mark, ...client } = row.answer
  const marked = { ...client, tokenHash: keyHash }
  return isTokenMarked(keys, 'api_clients', marked, Buffer.from(mark, 'hex')) ? client : null
}

/** A client as an operator makes it. */
export type NewApiClient = {
  readonly id: string
  readonly name: string
  readonly scopes: readonly ApiScope[]
  readonly keyHash: Buffer
  readonly createdBy: string
  readonly days: number
}

/** Adds a client. False where one of this name has a key that is not revoked. */
export const addApiClient = async (tx: Tx, keys: KeyRing, client: NewApiClient): Promise<boolean> => {
  const added = await tx.run(
    `insert into api_clients (tenant_id, id, name, scopes, key_hash, created_by, expires_at, token_mark)
     values ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7), $8)
     on conflict (tenant_id, name) where revoked_at is null do nothing`,
    [
      tx.tenantId,
      client.id,
      client.name,
      client.scopes,
      client.keyHash,
      client.createdBy,
      client.days,
      tokenMark(keys, 'api_clients', {
        tenantId: tx.tenantId,
        clientId: client.id,
        scopes: client.scopes,
        tokenHash: client.keyHash,
      }),
    ],
  )
  return added === 1
}

/** Ends the key of the client with this name; gives the client's id and scopes, null where there is none. */
export const revokeApiClient = async (
  tx: Tx,
  name: string,
): Promise<{ id: string; scopes: readonly string[] } | null> =>
  (await tx.one<{ id: string; scopes: readonly string[] }>(
    `update api_clients set revoked_at = now() where tenant_id = $1 and name = $2 and revoked_at is null
     returning id, scopes`,
    [tx.tenantId, name],
  )) ?? null

/** A client as a list shows it. Times are ISO 8601 UTC. */
export type ApiClientLine = {
  readonly name: string
  readonly scopes: readonly string[]
  readonly state: 'good' | 'expired' | 'revoked'
  readonly expiresAt: string
  readonly lastUsedAt: string | null
}

/** Every client of the tenant, by name and age. */
export const listApiClients = (tx: Tx): Promise<readonly ApiClientLine[]> =>
  tx.query<ApiClientLine>(
    `select name, scopes, case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired'
       else 'good' end as state, iso_instant(expires_at) as "expiresAt", iso_instant(last_used_at) as "lastUsedAt"
     from api_clients where tenant_id = $1 order by name, created_at, id`,
    [tx.tenantId],
  )
