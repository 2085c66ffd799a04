/** API clients and their keys. Only the hash of a key is ever here (E5). */
import { raw } from 'objection'
import type { ApiScope } from '#domain/api-scopes.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { isTokenMarked, tokenMark } from '#platform/crypto/token-mark.ts'
import type { Db } from '#platform/database/connect.ts'
import { inDays, instant, now } from '#platform/database/model.ts'
import { outsideTenants, type Tx } from '#platform/database/transaction.ts'
import { ApiClient } from './models.ts'

/** The client whose key it is; the tenant comes from the key alone (I3). */
export type ApiClientRow = {
  readonly tenantId: string
  readonly clientId: string
  readonly name: string
  readonly scopes: readonly ApiScope[]
}

/** Resolves a key; null when it is unknown, revoked or expired. */
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
export type NewApiClient = Readonly<Pick<ApiClient, 'id' | 'name' | 'scopes' | 'keyHash'>> & {
  readonly days: number
}

/** Adds a client. False where one of this name has a key that is not revoked. */
export const addApiClient = (tx: Tx, keys: KeyRing, { days, ...client }: NewApiClient): Promise<boolean> => {
  const { id: clientId, scopes, keyHash: tokenHash } = client
  const mark = tokenMark(keys, 'api_clients', { tenantId: tx.tenantId, clientId, scopes, tokenHash })
  return ApiClient.add(tx, { ...client, expiresAt: inDays(days), tokenMark: mark })
}

/** Ends the key of the client with this name; returns the client's id and scopes, null where there is none. */
export const revokeApiClient = async (
  tx: Tx,
  name: string,
): Promise<Pick<ApiClient, 'id' | 'scopes'> | null> => {
  const client = ApiClient.of(tx).where({ name, revokedAt: null })
  return (await client.patch({ revokedAt: now() }).returning(['id', 'scopes'])).at(0) ?? null
}

/** A client as a list shows it. Times are ISO 8601 UTC. */
export type ApiClientLine = {
  readonly name: string
  readonly scopes: readonly string[]
  readonly state: 'good' | 'expired' | 'revoked'
  readonly expiresAt: string
  readonly lastUsedAt: string | null
}

/** Every client of the tenant, by name and age. */
export const listApiClients = async (tx: Tx): Promise<readonly ApiClientLine[]> =>
  ApiClient.of(tx)
    .select('name', 'scopes', instant('expiresAt'), instant('lastUsedAt'))
    .select(
      raw(
        `case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'good' end`,
      ).as('state'),
    )
    .orderBy(['name', 'createdAt', 'id'])
    .castTo<ApiClientLine[]>()
