import { randomUUID } from 'node:crypto'
import { sealProbe, type StoredRequest } from '#platform/server/case-inputs.ts'
import { addProbe } from '#platform/server/db/portal-inputs.ts'
import type { Tx } from '#platform/server/db/transaction.ts'
import { readAcceptLanguage, readHints } from '#platform/server/network-data/user-agent.ts'
import type { Http } from '../callers.ts'
import type { ApiDeps } from '../deps.ts'

/** Request facts kept of one portal session. */
const mostRequests = 24

const longest = 512
const one = (value: string | string[] | undefined): string | null =>
  typeof value === 'string' ? value.slice(0, longest) : null

/** The facts of a request, as the checks of the network layer look at them (risk.md section 7.1). */
export const requestFactsOf = (http: Http, isSecureContext: boolean): StoredRequest => ({
  client: http.client,
  request: {
    httpVersion: http.httpVersion,
    isSecureContext,
    headerNames: http.headerNames.slice(0, 60).map((name) => name.slice(0, 80)),
  },
  userAgent: one(http.headers['user-agent']) ?? '',
  hints: readHints(http.headers),
  acceptLanguage: readAcceptLanguage(http.headers),
})

/** Stores a portal request's facts, sealed (security.md E1: addresses). */
export const storeRequest = async (
  deps: Pick<ApiDeps, 'keys' | 'settings'>,
  tx: Tx,
  at: { readonly sessionId: string; readonly verificationId: string },
  http: Http,
  step: string,
): Promise<void> => {
  const id = randomUUID()
  const { protocol, hostname } = new URL(deps.settings.portalUrl)
  const isSecure = protocol === 'https:' || hostname === '127.0.0.1' || hostname === 'localhost'
  const sealed = sealProbe(deps.keys, tx.tenantId, id, requestFactsOf(http, isSecure))
  await addProbe(
    tx,
    {
      id,
      verificationId: at.verificationId,
      portalSessionId: at.sessionId,
      kind: 'request',
      step,
      sealed,
      nonceOk: null,
    },
    mostRequests,
  )
}
