import { randomUUID } from 'node:crypto'
import type { HeaderHints } from '#domain/risk/facts.ts'
import { sealProbe, type StoredRequest } from '#platform/server/case-inputs.ts'
import { addProbe } from '#platform/server/db/portal-inputs.ts'
import type { Tx } from '#platform/server/db/transaction.ts'
import type { Http } from '../callers.ts'
import type { ApiDeps } from '../deps.ts'

/** Request facts kept of one portal session. */
const mostRequests = 24

const longest = 512
const one = (value: string | string[] | undefined): string | null =>
  typeof value === 'string' ? value.slice(0, longest) : null

const unquoted = (value: string | null): string | null =>
  value?.replace(/^"(.*)"$/, '$1').slice(0, 60) ?? null

const chromiumMajor = (brands: string | null): number | null => {
  const version = /"Chromium";v="(\d{1,4})"/.exec(brands ?? '')?.[1]
  return version === undefined ? null : Number(version)
}

/** `Sec-CH-UA*` as sent; null when the browser sent none. */
const hintsOf = (headers: Http['headers']): HeaderHints | null => {
  const brands = one(headers['sec-ch-ua'])
  const platform = unquoted(one(headers['sec-ch-ua-platform']))
  const mobile = one(headers['sec-ch-ua-mobile'])
  if (brands === null && platform === null && mobile === null) return null
  return {
    chromiumMajor: chromiumMajor(brands),
    platform,
    isMobile: mobile === null ? null : mobile === '?1',
  }
}

/** Language tags in order of preference. */
const languagesOf = (header: string | null): readonly string[] | null =>
  header === null
    ? null
    : header
        .split(',')
        .map((part) => part.split(';')[0]?.trim() ?? '')
        .filter((tag) => /^[A-Za-z0-9-]{1,35}$|^\*$/.test(tag))
        .slice(0, 24)

/** The facts of a request, as the checks of the network layer look at them (risk.md section 7.1). */
export const requestFactsOf = (http: Http, isSecureContext: boolean): StoredRequest => ({
  client: http.client,
  request: {
    httpVersion: http.httpVersion,
    isSecureContext,
    headerNames: http.headerNames.slice(0, 60).map((name) => name.slice(0, 80)),
  },
  userAgent: one(http.headers['user-agent']) ?? '',
  hints: hintsOf(http.headers),
  acceptLanguage: languagesOf(one(http.headers['accept-language'])),
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
