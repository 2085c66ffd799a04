import { openProbe, type StoredProbe, type StoredRequest } from '#platform/server/case-inputs.ts'
import type { VerificationPanel } from '../../contract/console-verifications.ts'
import type { ApiDeps } from '../../deps.ts'
import { bytesOf } from '../../portal/portal-case.ts'
import { instantOrNull, type RawVerification } from './raw.ts'

type Device = VerificationPanel['device']
type Deps = Pick<ApiDeps, 'keys' | 'factTools'>

/** The network part of an address: /24 or /48. */
export const maskAddress = (address: string): string => {
  if (address.includes('.')) return `${address.split('.').slice(0, 3).join('.')}.x`
  return `${address.split(':').slice(0, 3).join(':')}::/48`
}

const newest = <Report extends StoredProbe | StoredRequest>(
  { keys }: Deps,
  tenantId: string,
  raw: RawVerification,
  kind: 'collector' | 'request',
): Report | null => {
  const row = raw.probes.find((probe) => probe.kind === kind)
  return row === undefined ? null : openProbe<Report>(keys, tenantId, row.id, bytesOf(row.report_sealed))
}

/** Device and session as the newest request and beacon tell; null before the participant came. */
export const deviceOf = (deps: Deps, tenantId: string, raw: RawVerification): Device => {
  const request = newest<StoredRequest>(deps, tenantId, raw, 'request')
  const beacon = newest<StoredProbe>(deps, tenantId, raw, 'collector')
  if (request === null && beacon === null && raw.session === null) return null
  const agent = request === null ? null : deps.factTools.readUserAgent(request.userAgent)
  const address = request?.client.address ?? null
  const facts = address === null ? null : deps.factTools.lookUp(address)
  const known = raw.scoring?.results.find(({ code }) => code === 'END_KNOWN_KEY')
  return {
    browser: agent?.browser == null ? null : `${agent.browser} ${agent.major ?? ''}`.trim(),
    os: agent?.os ?? null,
    language: beacon?.page.languages[0] ?? request?.acceptLanguage?.[0] ?? raw.session?.language ?? null,
    timeZone: beacon?.page.timeZone ?? null,
    addressMasked: address === null ? null : maskAddress(address),
    country: facts?.country ?? null,
    network: facts?.asnName ?? null,
    known: known === undefined ? null : known.status === 'pass',
    sessionStartedAt: instantOrNull(raw.session?.started_at),
    sessionEndedAt: instantOrNull(raw.session?.ended_at),
  }
}
