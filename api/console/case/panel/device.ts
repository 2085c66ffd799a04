import { openProbe, type StoredProbe, type StoredRequest } from '#platform/crypto/case-inputs.ts'
import type { VerificationPanel } from '../../../contract/console-verifications.ts'
import type { ApiDeps } from '../../../deps.ts'
import { bytesOf } from '../../../portal/portal-case.ts'
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

type Seen = { readonly request: StoredRequest | null; readonly beacon: StoredProbe | null }

const browserOf = ({ factTools }: Deps, { request }: Seen): Pick<NonNullable<Device>, 'browser' | 'os'> => {
  const agent = request === null ? null : factTools.readUserAgent(request.userAgent)
  if (agent === null) return { browser: null, os: null }
  const { browser, major, os } = agent
  return { browser: browser === null ? null : `${browser} ${major ?? ''}`.trim(), os }
}

const networkOf = (
  { factTools }: Deps,
  { request }: Seen,
): Pick<NonNullable<Device>, 'addressMasked' | 'country' | 'network'> => {
  const address = request === null ? null : request.client.address
  if (address === null) return { addressMasked: null, country: null, network: null }
  const facts = factTools.lookUp(address)
  return {
    addressMasked: maskAddress(address),
    country: facts?.country ?? null,
    network: facts?.asnName ?? null,
  }
}

const languageOf = ({ request, beacon }: Seen, { session }: RawVerification): string | null => {
  const [spoken] = beacon === null ? [] : beacon.page.languages
  const [accepted] = request?.acceptLanguage ?? []
  return spoken ?? accepted ?? session?.language ?? null
}

/** Device and session as the newest request and beacon tell; null before the participant came. */
export const deviceOf = (deps: Deps, tenantId: string, raw: RawVerification): Device => {
  const seen: Seen = {
    request: newest<StoredRequest>(deps, tenantId, raw, 'request'),
    beacon: newest<StoredProbe>(deps, tenantId, raw, 'collector'),
  }
  if (seen.request === null && seen.beacon === null && raw.session === null) return null
  const known = raw.scoring?.results.find(({ code }) => code === 'END_KNOWN_KEY')
  return {
    ...browserOf(deps, seen),
    ...networkOf(deps, seen),
    language: languageOf(seen, raw),
    timeZone: seen.beacon === null ? null : seen.beacon.page.timeZone,
    known: known === undefined ? null : known.status === 'pass' && known.weight > 0,
    sessionStartedAt: instantOrNull(raw.session?.started_at),
    sessionEndedAt: instantOrNull(raw.session?.ended_at),
  }
}
