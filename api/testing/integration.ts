/** API clients and their calls, as another system makes them: a key, and nothing that a browser adds. */
import { randomUUID } from 'node:crypto'
import { newApiKey } from '#platform/crypto/api-key.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import { tokenHash } from '#platform/crypto/sealing.ts'
import { tokenMark } from '#platform/crypto/token-mark.ts'
import { rawRequest, type Answer } from './http.ts'
import type { TestApi } from './test-api.ts'

/** A client and its key. */
export type KeyHolder = { readonly id: string; readonly key: string; readonly tenantId: string }

/** A client with a key that is good for a day. */
export const addClient = async (
  api: TestApi,
  tenantId: string,
  row: Readonly<Record<string, unknown>> = {},
): Promise<KeyHolder> => {
  const id = randomUUID()
  const key = newApiKey()
  const made = {
    tenant_id: tenantId,
    id,
    name: `client ${id}`,
    scopes: ['sources.import'],
    key_hash: tokenHash(key),
    expires_at: new Date(Date.now() + 86_400_000),
    ...row,
  }
  const about = { tenantId, clientId: id, scopes: made.scopes, tokenHash: made.key_hash }
  const mark = tokenMark(api.keys.api, 'api_clients', about)
  await insertRow(api.owner, 'api_clients', { ...made, token_mark: mark })
  return { id, key, tenantId }
}

type Sent = {
  readonly method?: string
  readonly body?: unknown
  /** The idempotency key. */
  readonly once?: string
  readonly headers?: Readonly<Record<string, string>>
}

const textOf = (body: unknown): string | Buffer =>
  typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)

/** Calls a route of API clients; text and bytes go as they are, anything else as JSON. */
export const callIntegration = (
  api: TestApi,
  as: Pick<KeyHolder, 'key'> | null,
  path: string,
  { method, body, once, headers = {} }: Sent = {},
): Promise<Answer> => {
  const sent = body === undefined ? undefined : textOf(body)
  return rawRequest(api.ports.console, {
    method: method ?? (sent === undefined ? 'GET' : 'POST'),
    path,
    headers: {
      host: new URL(api.consoleUrl).host,
      ...(as === null ? {} : { authorization: `Bearer ${as.key}` }),
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      ...(once === undefined ? {} : { 'idempotency-key': once }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  })
}
