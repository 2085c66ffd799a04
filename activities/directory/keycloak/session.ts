import { z } from 'zod'
import { readPrivateFile } from '#platform/crypto/secrets.ts'
import { DirectoryError } from '../directory-error.ts'
import { createApi, readAs, retryAfter, statusProblem, type Api } from '../rest/api.ts'
import { createAsk } from '../rest/client.ts'
import { createTokens, type Tokens } from '../rest/tokens.ts'
import type { KeycloakOptions } from './options.ts'

/** The administration of one realm, and what our own token says of us. */
export type KeycloakApi = Api & { readonly ownId: () => Promise<string> }

const granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })
const claims = z.object({ sub: z.string().min(1) })

/** A secret of one line, read for each use, so that a changed one needs no restart. */
export const secretOf = (file: string): string =>
  readPrivateFile(file)
    .toString('utf8')
    .replace(/\r?\n$/, '')

/** Speaks to a realm under the service account's token. */
export const createKeycloakApi = (options: KeycloakOptions): KeycloakApi => {
  const ask = createAsk(options.caFile)
  const tokens: Tokens = createTokens(async () => {
    const answer = await ask({
      method: 'POST',
      url: `${options.url}/realms/${options.realm}/protocol/openid-connect/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: options.clientId,
        client_secret: secretOf(options.clientSecretFile),
      }).toString(),
    })
    // A wrong secret, an unknown client and one without a service account are all told by 400 or 401.
    if (answer.status === 400 || answer.status === 401) throw new DirectoryError('credentials')
    if (answer.status !== 200) throw statusProblem(answer)
    const { access_token: value, expires_in: seconds } = readAs(granted, answer.json)
    return { value, seconds }
  })
  const api = createApi(`${options.url}/admin/realms/${options.realm}`, ask, tokens, retryAfter)
  return { ...api, ownId: async () => readAs(claims, payloadOf(await tokens.get())).sub }
}

/** The payload of a token. It came from the server itself, by TLS, so its signature tells nothing more. */
const payloadOf = (token: string): unknown => {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as unknown
  } catch {
    throw new DirectoryError('answer')
  }
}
