import { isApiKey } from '#platform/crypto/api-key.ts'
import { readApiClient } from '#services/staff/api-clients.ts'
import { tokenHash } from '#platform/crypto/sealing.ts'
import type { ApiDeps } from '../deps.ts'
import type { RateLimit } from '../http/middleware/rate-limit.ts'
import type { Step } from '../http/state.ts'

/** The key of `Authorization: Bearer …`; what cannot be a key is none, and nothing is looked up for it. */
const keyIn = (header: string): string | null => {
  const [, key = ''] = /^Bearer ([\w-]+)$/i.exec(header) ?? []
  return isApiKey(key) ? key : null
}

/**
 * Finds the API client behind the key, if there is one. The header is the only way in: a session's cookie opens nothing here,
 * so that no page of another site can act for anybody (F8). Only the hash reaches the database.
 */
export const apiKey =
  ({ db, keys }: Pick<ApiDeps, 'db' | 'keys'>, perClient: RateLimit): Step =>
  async (ctx, next) => {
    const key = keyIn(ctx.get('authorization'))
    const client = key === null ? null : await readApiClient(db, keys, tokenHash(key))
    if (client === null) ctx.set('WWW-Authenticate', 'Bearer')
    else {
      await perClient.consume(client.clientId)
      ctx.state.apiClient = client
    }
    await next()
  }
