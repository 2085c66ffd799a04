import { randomUUID } from 'node:crypto'
import { importPKCS8, SignJWT } from 'jose'
import { z } from 'zod'
import { readPrivateFile } from '#platform/crypto/secrets.ts'
import { DirectoryError } from '../directory-error.ts'
import { createApi, readAs, statusProblem, type Api } from '../rest/api.ts'
import { createAsk, type Answered } from '../rest/client.ts'
import { createTokens } from '../rest/tokens.ts'
import type { OktaOptions } from './options.ts'

/** The scopes that we ask for, and nothing else (N1). */
const scopes = ['okta.users.read', 'okta.users.manage', 'okta.roles.read'] as const
/** The scope of the log, under a token of its own: an organisation that did not grant it refuses a token for all scopes. */
export const logScope = 'okta.logs.read'

const granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })
const refusal = z.object({ error: z.string() })

/** Speaks to an organisation under a token of the service app. */
export const createOktaApi = (options: OktaOptions, asked: readonly string[] = scopes): Api => {
  const ask = createAsk(options.caFile)
  const address = `${options.url}/oauth2/v1/token`
  const tokens = createTokens(async () => {
    const answer = await ask({
      method: 'POST',
      url: address,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: asked.join(' '),
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await assertion(options, address),
      }).toString(),
    })
    if (answer.status !== 200) throw tokenProblem(answer)
    const { access_token: value, expires_in: seconds } = readAs(granted, answer.json)
    return { value, seconds }
  })
  return createApi(options.url, ask, tokens, resetOf)
}

const tokenProblem = (answer: Answered): DirectoryError => {
  const error = refusal.safeParse(answer.json).data?.error
  if (error === 'invalid_scope') return new DirectoryError('rights')
  return answer.status === 400 ? new DirectoryError('credentials') : statusProblem(answer)
}

/** Proves who we are, for two minutes, once. */
const assertion = async (
  { clientId, privateKeyFile, keyId, keyAlgorithm }: OktaOptions,
  audience: string,
): Promise<string> => {
  const pem = readPrivateFile(privateKeyFile).toString('utf8')
  const key = await importPKCS8(pem, keyAlgorithm).catch(() => {
    throw new DirectoryError('credentials')
  })
  return new SignJWT()
    .setProtectedHeader({ alg: keyAlgorithm, ...(keyId === undefined ? {} : { kid: keyId }) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('2m')
    .sign(key)
}

/** A throttled organisation wants to be left alone this long, by its own clock in both headers. Milliseconds. */
const resetOf = ({ headers }: Answered): number | null => {
  const reset = headers['x-rate-limit-reset']
  const now = Date.parse(headers.date ?? '')
  if (typeof reset !== 'string' || !/^\d{1,12}$/.test(reset) || Number.isNaN(now)) return null
  return Math.max(0, Number(reset) * 1000 - now)
}
