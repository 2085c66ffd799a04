import { randomUUID } from 'node:crypto'
import type { InputReport, ProbeReport } from '#domain/risk/probe.ts'
import { sealProbe, type StoredRequest } from '#platform/crypto/case-inputs.ts'
import { addProbe } from '#services/verifications/portal-inputs.ts'
import { addSighting } from '#services/risk/sightings.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { sessionOfDeviceCookie } from '#platform/crypto/device-cookie.ts'
import { readJa4 } from '#platform/network-data/ja4.ts'
import { readAcceptLanguage, readHints } from '#platform/network-data/user-agent.ts'
import { addressDigests, deviceDigests } from '#services/risk/sighting-facts.ts'
import type { Http } from '../http/callers.ts'
import { deviceCookie, readCookie } from '../http/cookies.ts'
import type { ApiDeps } from '../deps.ts'

/** Request facts kept of one portal session. */
const mostRequests = 24

const longest = 512
const one = (value: string | string[] | undefined): string | null =>
  typeof value === 'string' ? value.slice(0, longest) : null

/** The facts of a request, as the checks of the network layer look at them. */
export const requestFactsOf = (
  http: Pick<Http, 'client' | 'httpVersion' | 'headerNames' | 'headers'>,
  isSecureContext: boolean,
  cookie: StoredRequest['deviceCookie'],
  input: InputReport | null = null,
  ja4: string | null = null,
): StoredRequest => ({
  client: http.client,
  request: {
    httpVersion: http.httpVersion,
    isSecureContext,
    headerNames: http.headerNames.slice(0, 60).map((name) => name.slice(0, 80)),
    ja4,
  },
  userAgent: one(http.headers['user-agent']) ?? '',
  hints: readHints(http.headers),
  acceptLanguage: readAcceptLanguage(http.headers),
  deviceCookie: cookie,
  input,
})

/** Reads the cookie of a known device under this tenant's key, so that another's is foreign here. */
const readDeviceCookie = (
  { keys }: Pick<ApiDeps, 'keys'>,
  tenantId: string,
  http: Http,
): StoredRequest['deviceCookie'] => {
  const value = readCookie(one(http.headers.cookie) ?? undefined, deviceCookie)
  if (value === null) return null
  const sessionId = sessionOfDeviceCookie(keys, tenantId, value)
  return sessionId === null ? 'foreign' : { sessionId }
}

type Deps = Pick<ApiDeps, 'keys' | 'settings' | 'factTools'>
type Session = { readonly sessionId: string; readonly verificationId: string }

/** Remembers where a case comes from, as digests that can be counted; nothing where the address is a shared one. */
const see = async (
  deps: Deps,
  tx: Tx,
  at: Session,
  http: Http,
  report: ProbeReport | null,
): Promise<void> => {
  const { address } = http.client
  const digests = addressDigests(deps.keys, tx.tenantId, address)
  if (address === null || digests === null) return
  const ip = deps.factTools.lookUp(address)
  await addSighting(tx, {
    verificationId: at.verificationId,
    portalSessionId: at.sessionId,
    addressDigest: digests.address,
    networkDigest: digests.network,
    deviceDigest: report === null ? null : deviceDigests(deps.keys, tx.tenantId, report).whole,
    asn: ip === null ? null : ip.asn,
    country: ip === null ? null : ip.country,
    networkClass: ip === null ? null : ip.class,
  })
}

/** A request may carry the beacon of the page, or say how a code was entered. */
type Told = { readonly report?: ProbeReport | null; readonly input?: InputReport }

/** Stores a portal request's facts, sealed (E1: addresses). */
export const storeRequest = async (
  deps: Deps,
  tx: Tx,
  at: Session,
  http: Http,
  step: string,
  { report = null, input }: Told = {},
): Promise<void> => {
  await see(deps, tx, at, http, report)
  const id = randomUUID()
  const { protocol, hostname } = new URL(deps.settings.portalUrl)
  const isLoopback = hostname === '127.0.0.1' || /(^|\.)localhost$/.test(hostname)
  const isSecure = protocol === 'https:' || isLoopback
  const sealed = sealProbe(
    deps.keys,
    tx.tenantId,
    id,
    requestFactsOf(
      http,
      isSecure,
      readDeviceCookie(deps, tx.tenantId, http),
      input,
      readJa4(http.headers, deps.settings.ja4),
    ),
  )
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
