import * as oidc from 'openid-client'
import { providerAlgorithms, providerKeys, readLogoutToken } from '#platform/crypto/logout-token.ts'
import type { Identity, SignIn, SignInHow, SignInStart } from './sign-in-port.ts'

/** The address of the identity provider, and our account there. */
export type OidcOptions = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Origin of the console; the redirect address is built from it, never from a request. */
  readonly consoleUrl: string
  /** Where the provider sends back, on another host; the console's own address where it is absent. */
  readonly redirectUri?: string
  /** `login`: a person who is signed in there already has to sign in again. */
  readonly prompt?: 'login'
  /** The claim that is the account of a person of the directory: `sub` unless told otherwise. */
  readonly accountClaim?: 'sub' | 'oid'
  /** Only for a loopback issuer; the configuration refuses anything else. */
  readonly allowHttp: boolean
  /** Asks the provider; Node's own unless told otherwise. */
  readonly fetch?: oidc.CustomFetch
}

/** The one redirect address that is registered (F7: compared exactly by the provider). */
export const callbackPath = '/auth/callback'

const methodsOf = (claims: oidc.IDToken): readonly string[] => {
  const { amr } = claims
  return Array.isArray(amr) ? amr.filter((method): method is string => typeof method === 'string') : []
}

const verifiedEmailOf = ({ email, email_verified: isVerified }: oidc.IDToken): string | null =>
  isVerified === true && typeof email === 'string' ? email : null

/** The library leaves the signature of a token that it fetched itself unchecked, unless we ask for the check (F7). */
const discover = (options: OidcOptions): Promise<oidc.Configuration> =>
  oidc.discovery(
    new URL(options.issuer),
    options.clientId,
    { client_secret: options.clientSecret },
    undefined,
    {
      execute: [oidc.enableNonRepudiationChecks, ...(options.allowHttp ? [oidc.allowInsecureRequests] : [])],
      ...(options.fetch === undefined ? {} : { [oidc.customFetch]: options.fetch }),
    },
  )

/** Discovers once, and again after a failure: the provider may start after us. */
const remembering = (options: OidcOptions): (() => Promise<oidc.Configuration>) => {
  let known: Promise<oidc.Configuration> | undefined
  return () => {
    known ??= discover(options).catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
}

/** `prompt` for providers that look at it; `max_age` makes every provider say when it saw the person. */
const parametersOf = (how: SignInHow | undefined): Record<string, string> => {
  if (how === undefined) return {}
  if (!('now' in how)) return how.again ? { prompt: 'login', max_age: '300' } : {}
  const levels = how.acrValues.join(' ')
  return { prompt: 'login', max_age: '0', ...(levels === '' ? {} : { acr_values: levels }) }
}

const begin = async (
  config: oidc.Configuration,
  redirectUri: string,
  prompt: OidcOptions['prompt'],
  how: SignInHow | undefined,
): Promise<SignInStart> => {
  const state = oidc.randomState()
  const nonce = oidc.randomNonce()
  const codeVerifier = oidc.randomPKCECodeVerifier()
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    response_type: 'code',
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...(prompt === undefined ? {} : { prompt }),
    ...parametersOf(how),
  })
  return { url: url.href, state, nonce, codeVerifier }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof oidc.ClientError ||
  error instanceof oidc.AuthorizationResponseError ||
  error instanceof oidc.ResponseBodyError

/** Sign-in with OpenID Connect: code flow with PKCE (F7). */
export const createOidcSignIn = (options: OidcOptions): SignIn => {
  const config = remembering(options)
  let keys: ReturnType<typeof providerKeys> | undefined
  const redirectUri = options.redirectUri ?? `${options.consoleUrl}${callbackPath}`
  return {
    begin: async (how) => begin(await config(), redirectUri, options.prompt, how),
    finish: async (callbackUrl, expected): Promise<Identity | null> => {
      const known = await config()
      try {
        const tokens = await oidc.authorizationCodeGrant(known, callbackUrl, {
          expectedState: expected.state,
          expectedNonce: expected.nonce,
          pkceCodeVerifier: expected.codeVerifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        const algorithm = algorithmOf(tokens.id_token ?? '')
        if (claims === undefined || !providerAlgorithms.includes(algorithm)) return null
        const account = claims[options.accountClaim ?? 'sub']
        return {
          issuer: claims.iss,
          subject: claims.sub,
          // An ID token without the claim is of nobody in the directory.
          account: typeof account === 'string' ? account : '',
          acr: typeof claims.acr === 'string' ? claims.acr : null,
          amr: methodsOf(claims),
          verifiedEmail: verifiedEmailOf(claims),
          authenticatedAt: typeof claims.auth_time === 'number' ? claims.auth_time : null,
        }
      } catch (error) {
        if (isRefusal(error)) return null
        throw error
      }
    },
    readLogout: async (token) => {
      const { issuer, jwks_uri: address } = (await config()).serverMetadata()
      if (address === undefined) return null
      keys ??= providerKeys(address)
      return readLogoutToken(token, keys, { issuer, audience: options.clientId })
    },
    signOutUrl: async () => {
      const known = await config()
      if (known.serverMetadata().end_session_endpoint === undefined) return null
      // The client's id goes along by itself, and replaces the ID token, which we do not keep.
      return oidc.buildEndSessionUrl(known, { post_logout_redirect_uri: `${options.consoleUrl}/` }).href
    },
  }
}

const algorithmOf = (token: string): string => {
  const [header] = token.split('.')
  try {
    const parsed = JSON.parse(Buffer.from(header ?? '', 'base64url').toString('utf8')) as { alg?: unknown }
    return typeof parsed.alg === 'string' ? parsed.alg : ''
  } catch {
    return ''
  }
}
