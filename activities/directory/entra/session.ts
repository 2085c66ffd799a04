import { randomUUID } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { readPrivateFile } from '#platform/crypto/secrets.ts'
import { DirectoryError } from '../directory-error.ts'
import { createApi, readAs, retryAfter, statusProblem, type Api } from '../rest/api.ts'
import { createAsk } from '../rest/client.ts'
import { createTokens } from '../rest/tokens.ts'
import type { EntraOptions } from './options.ts'

/** The scopes that we ask for, and nothing else (N1); all of it delegated. */
export const scopes = [
  'User.Read.All',
  'User.RevokeSessions.All',
  'UserAuthenticationMethod.ReadWrite.All',
  'RoleManagement.Read.Directory',
] as const

/** The scopes of the log of sign-ins, under a token of its own: one that was not granted refuses a token for all scopes. */
export const logScopes = ['AuditLog.Read.All', 'Directory.Read.All'] as const

/** Graph, and what was granted to us with the last token. */
export type EntraApi = Api & { readonly grantedScopes: () => readonly string[] }

const granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1).optional(),
  scope: z.string(),
})

/** Speaks to Graph under tokens that the account's refresh token brings. */
export const createEntraApi = (options: EntraOptions, asked: readonly string[] = scopes): EntraApi => {
  const ask = createAsk(options.caFile)
  const refresh = keeperOf(options.refreshTokenFile)
  let held: readonly string[] = []
  const tokens = createTokens(async () => {
    const answer = await ask({
      method: 'POST',
      url: `${options.signInUrl}/${options.organisation}/oauth2/v2.0/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: formOf(options, asked, refresh.get()).toString(),
    })
    // The token ran out or was taken back, or the app's secret is another one.
    if (answer.status === 400 || answer.status === 401) throw new DirectoryError('credentials')
    if (answer.status !== 200) throw statusProblem(answer)
    const given = readAs(granted, answer.json)
    if (given.refresh_token !== undefined) refresh.keep(given.refresh_token)
    held = given.scope.split(' ').map((scope) => scope.slice(scope.lastIndexOf('/') + 1))
    return { value: given.access_token, seconds: given.expires_in }
  })
  return { ...createApi(`${options.url}/v1.0`, ask, tokens, retryAfter), grantedScopes: () => held }
}

const formOf = (
  { url, clientId, clientSecretFile }: EntraOptions,
  asked: readonly string[],
  token: string,
): URLSearchParams =>
  new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId,
    ...(clientSecretFile === undefined ? {} : { client_secret: lineOf(clientSecretFile) }),
    refresh_token: token,
    scope: [...asked.map((scope) => `${url}/${scope}`), 'offline_access'].join(' '),
  })

const lineOf = (file: string): string => readPrivateFile(file).toString('utf8').trim()

/** Keeps a refresh token in memory, and in its file where that can be written; a new one there counts. */
const keeperOf = (file: string): { get(): string; keep(token: string): void } => {
  let [read, newest] = ['', '']
  return {
    get: () => {
      const now = lineOf(file)
      if (now !== read) [read, newest] = [now, now]
      return newest
    },
    keep: (token) => {
      newest = token
      const beside = `${file}.${randomUUID()}`
      try {
        writeFileSync(beside, `${token}\n`, { mode: 0o600, flag: 'wx' })
        renameSync(beside, file)
        read = token
      } catch {
        // A file that the operator keeps read-only: the token of before stays good for its time.
      }
    },
  }
}
