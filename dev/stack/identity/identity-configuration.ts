/** The setup of the demo's identity provider: one client, codes with PKCE, ES256, nothing asked twice. */
import type { IncomingMessage } from 'node:http'
import type { Configuration } from 'oidc-provider'
import { renderPage, renderStatus } from './identity-pages.ts'
import type { IdentityProviderOptions, StaffAccount } from './identity-options.ts'
import { createIdentityStore } from './identity-store.ts'
import { identityWords, type IdentityWords } from './identity-words.ts'

/** The worth of a sign-in at this page, which the console reads as `acr`. */
export const DEMO_ACR = 'urn:countersign:demo:password'

const HOURS = 3600

/** The words in the language of the browser. */
export const wordsOf = ({ headers }: IncomingMessage): IdentityWords =>
  identityWords(headers['accept-language'])

/** The library's configuration. `signedIn`: who has signed in since the start, by `sub`. */
export function configure(
  { keys, client }: IdentityProviderOptions,
  signedIn: Map<string, StaffAccount>,
): Configuration {
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [...client.redirectUris],
        post_logout_redirect_uris: [...client.postLogoutRedirectUris],
        backchannel_logout_uri: client.backChannelLogoutUri,
        grant_types: ['authorization_code'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    adapter: createIdentityStore(),
    jwks: { keys: keys.jwks.keys },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    cookies: {
      keys: [...keys.cookieKeys],
      names: { interaction: 'idp_interaction', resume: 'idp_resume', session: 'idp_session' },
    },
    acrValues: [DEMO_ACR],
    claims: { openid: ['sub', 'acr', 'amr'], profile: ['name'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource },
      backchannelLogout: { enabled: true },
    },
    // The library keeps requests from addresses like this machine's own. The one that is made here is the sign-out to the
    // console, whose address is no input.
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined } as RequestInit),
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    ttl: { Interaction: HOURS, Session: 12 * HOURS, Grant: 12 * HOURS, IdToken: HOURS, AccessToken: HOURS },
    loadExistingGrant: grantWithoutAsking,
    findAccount: (_ctx, sub) => {
      const found = signedIn.get(sub)
      return found && { accountId: sub, claims: () => ({ ...found, email_verified: true }) }
    },
    renderError: (ctx, out) => {
      ctx.type = 'html'
      const words = wordsOf(ctx.req)
      ctx.body = renderPage({
        title: words.problemTitle,
        body: renderStatus(words.notServed(out.error)),
        words,
      })
    },
  }
}

/** The console is the organisation's own: nobody is asked whether it may know their name. */
const grantWithoutAsking: NonNullable<Configuration['loadExistingGrant']> = async (ctx) => {
  const { client, session, provider, params } = ctx.oidc
  if (!client || !session?.accountId) return undefined
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  const scope = params?.['scope']
  grant.addOIDCScope(typeof scope === 'string' ? scope : 'openid')
  await grant.save()
  return grant
}

type LogoutSource = NonNullable<
  NonNullable<NonNullable<Configuration['features']>['rpInitiatedLogout']>['logoutSource']
>

const logoutSource: LogoutSource = (ctx, form) => {
  const words = wordsOf(ctx.req)
  const button = `<button form="op.logoutForm" name="logout" value="yes">${words.signOut}</button>`
  ctx.body = renderPage({ title: words.signOutTitle, body: form + button, words })
}
