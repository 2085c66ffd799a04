/** Facts about address, request and device, from the probe rows of a verification. */
import type {
  CodeInput,
  EndpointFacts,
  NetworkFacts,
  SessionVisit,
  TelemetryFacts,
} from '#domain/risk/facts.ts'
import { driftOf, type DeviceTraits, type SeenTraits } from '#domain/risk/likeness.ts'
import type { DeviceProof } from '#domain/risk/probe.ts'
import { openProbe, type StoredProbe, type StoredRequest } from '#platform/crypto/case-inputs.ts'
import {
  isNonceOfOther,
  readDevice,
  readProbeRows,
  type DeviceRow,
  type ProbeRow,
  type RiskCase,
  readOtherRequests,
  readPassedSession,
} from './check-rows.ts'
import type { SignInCounts } from './risk-rows.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { deviceKeyDigest, proofOfReport } from '#platform/crypto/device-proof.ts'
import type { FactDeps } from '#platform/facts/fact-deps.ts'
import { likestDevice } from './risk-facts-person.ts'
import { traitDigests, type DeviceDigests } from './sighting-facts.ts'
import { deviceKeyId, holds } from '../tenants/places.ts'

type Seen<Report> = {
  readonly at: number
  readonly step: string
  readonly nonceOk: boolean | null
  readonly report: Report
}

/** The probe rows of a verification, opened, oldest first. */
export type Probes = {
  readonly requests: readonly Seen<StoredRequest>[]
  /** Those with a nonce of this case: what the page itself sent. */
  readonly beacons: readonly Seen<StoredProbe>[]
  /** The same and those with a made-up or copied nonce, which count as none. */
  readonly claimed: readonly Seen<StoredProbe>[]
}

/** Reads and opens the probe rows. @throws SealBroken */
export const readProbes = async (deps: FactDeps, tx: Tx, verificationId: string): Promise<Probes> =>
  openProbes(deps, tx.tenantId, await readProbeRows(tx, verificationId))

/** Opens probe rows. @throws SealBroken */
export const openProbes = (deps: FactDeps, tenantId: string, rows: readonly ProbeRow[]): Probes => {
  const requests: Seen<StoredRequest>[] = []
  const claimed: Seen<StoredProbe>[] = []
  for (const { id, kind, step, sealed, nonceOk, at } of rows) {
    const seen = { at: at.getTime(), step, nonceOk }
    if (kind === 'request') requests.push({ ...seen, report: openProbe(deps.keys, tenantId, id, sealed) })
    else claimed.push({ ...seen, report: openProbe(deps.keys, tenantId, id, sealed) })
  }
  return { requests, beacons: claimed.filter((seen) => seen.nonceOk === true), claimed }
}

/** Facts about the network, from the request that carried the newest facts; `journeys`: countries of the travel calendar. */
export const networkFacts = (
  deps: FactDeps,
  of: RiskCase,
  { requests, beacons }: Probes,
  known: { readonly signIns: readonly SignInCounts[]; readonly journeys: readonly string[] },
  at: number,
): Omit<NetworkFacts, 'velocity' | 'place' | 'lastTrusted' | 'phone'> => {
  const newest = requests.at(-1)?.report ?? null
  const address = newest === null ? null : newest.client.address
  const ip = lookUp(deps, of, address)
  return {
    client: newest && newest.client,
    ip,
    request: newest && newest.request,
    egress: egressOf(of, address),
    gatewayLabel: gatewayOf(of, address),
    expectedCountries: expectedCountries(of, known),
    history: historyOf(known.signIns),
    zone: zoneOf(deps, beacons.at(-1)?.report, ip?.country ?? null, at),
    visits: requests.map((seen) => visitOf(deps, of, seen, beacons)),
  }
}

/** The office that the address is in. */
const egressOf = ({ settings }: RiskCase, address: string | null): NetworkFacts['egress'] => {
  const cidrs = settings.egressCidrs ?? []
  return { configured: cidrs.length > 0, label: cidrs.find((cidr) => holds(cidr, address)) ?? null }
}

const gatewayOf = ({ settings }: RiskCase, address: string | null): string | null =>
  settings.gateways?.find(({ cidr }) => holds(cidr, address))?.label ?? null

/** The network of an address; one that the organisation names as a mobile carrier is one, whatever our data say. */
const lookUp = (
  { factTools }: FactDeps,
  { settings }: RiskCase,
  address: string | null,
): NetworkFacts['ip'] => {
  const found = address === null ? null : factTools.lookUp(address)
  const isCarrier = found?.asn != null && settings.carriers?.some(({ asn }) => asn === found.asn)
  return found !== null && isCarrier === true ? { ...found, class: 'mobile' } : found
}

const zoneOf = (
  { factTools }: FactDeps,
  beacon: StoredProbe | undefined,
  country: string | null,
  at: number,
): NetworkFacts['zone'] =>
  beacon === undefined
    ? null
    : {
        name: beacon.page.timeZone,
        offsetMinutes: beacon.offsetMinutes,
        countryOffsets: country === null ? null : factTools.countryOffsets(country, at),
      }

const visitKinds: Readonly<Record<string, SessionVisit['kind']>> = {
  match_code: 'opened',
  question: 'answered',
}

const visitOf = (
  deps: FactDeps,
  of: RiskCase,
  { at, step, report }: Seen<StoredRequest>,
  beacons: Probes['beacons'],
): SessionVisit => {
  const { asn, country, class: kind } = lookUp(deps, of, report.client.address) ?? nowhere
  const device = beacons.findLast((beacon) => beacon.at <= at)?.report.device
  return { at, kind: visitKinds[step] ?? 'other', asn, country, class: kind, deviceKeyId: keyIdOf(device) }
}

const nowhere = { asn: null, country: null, class: null }

const keyIdOf = (device: DeviceProof | null | undefined): string | null =>
  device ? deviceKeyId(deviceKeyDigest(device.publicKey)) : null

const expectedCountries = (
  of: RiskCase,
  { signIns, journeys }: { readonly signIns: readonly SignInCounts[]; readonly journeys: readonly string[] },
): readonly string[] | null => {
  const recent = signIns.flatMap((row) => (row.isRecent && row.country !== null ? [row.country] : []))
  const own = of.country === null ? [] : [of.country]
  const all = [...new Set([...own, ...(of.settings.expectedCountries ?? []), ...journeys, ...recent])]
  return all.length === 0 ? null : all
}

const historyOf = (signIns: readonly SignInCounts[]): NetworkFacts['history'] => {
  if (signIns.length === 0) return null
  const sumBy = <Key extends string | number>(keyOf: (row: SignInCounts) => Key | null): Map<Key, number> => {
    const sums = new Map<Key, number>()
    for (const row of signIns) {
      const key = keyOf(row)
      if (key !== null) sums.set(key, (sums.get(key) ?? 0) + row.n)
    }
    return sums
  }
  return {
    events: signIns.reduce((sum, row) => sum + row.n, 0),
    countries: [...sumBy((row) => row.country)].map(([country, count]) => ({ country, count })),
    asns: [...sumBy((row) => row.asn)].map(([asn, count]) => ({ asn, count })),
  }
}

/** The facts of the browser from the newest request. */
const browserFacts = (
  { factTools }: FactDeps,
  newest: StoredRequest | undefined,
): Pick<EndpointFacts, 'userAgent' | 'hints' | 'acceptLanguage' | 'versions'> =>
  newest === undefined
    ? { userAgent: null, hints: null, acceptLanguage: null, versions: null }
    : {
        userAgent: factTools.readUserAgent(newest.userAgent),
        hints: newest.hints,
        acceptLanguage: newest.acceptLanguage,
        versions: factTools.versionsOf(newest.userAgent),
      }

/** The case that a page belongs to, when it first ran, and what its device is. */
type Page = {
  readonly verificationId: string
  readonly startedAt: Date | null
  readonly isBound: boolean | null
  readonly device: DeviceDigests | null
  readonly ip: NetworkFacts['ip']
}

/** Facts about browser and device; visits of scanners are added by the caller. */
export const endpointFacts = async (
  deps: FactDeps,
  tx: Tx,
  of: RiskCase,
  { requests, beacons, claimed }: Probes,
  { verificationId, startedAt, isBound, device, ip }: Page,
): Promise<Omit<EndpointFacts, 'scannerVisits'>> => {
  const newest = requests.at(-1)?.report
  const beacon = beacons.at(-1)
  const browser = browserFacts(deps, newest)
  const name = browser.userAgent?.browser ?? null
  const traits = device && traitDigests(deps.keys, tx.tenantId, device.parts, name, ip)
  return {
    ...browser,
    ...arrivalOf(beacon, startedAt),
    telemetry: telemetryOf(claimed, await nonceState(tx, verificationId, claimed)),
    device: {
      ...(await deviceOf(tx, of, beacon, traits)),
      ...(await elsewhereOf(deps, tx, of, verificationId, beacon)),
      isBound,
      cookie: await cookieOf(tx, of, newest?.deviceCookie ?? null),
      similar: await likestDevice(tx, of.personId, device),
    },
    codes: codesOf(requests),
    hasVirtualDesktops: of.settings.hasVirtualDesktops ?? false,
  }
}

/** The newest report of each step that takes a code. */
export const codesOf = (requests: Probes['requests']): readonly CodeInput[] =>
  (['match_code', 'second_code'] as const).flatMap((step) => {
    const input = requests.findLast((seen) => seen.step === step)?.report.input
    return input ? [{ step, input }] : []
  })

const arrivalOf = (
  beacon: Seen<StoredProbe> | undefined,
  startedAt: Date | null,
): Pick<EndpointFacts, 'probe' | 'beacon'> =>
  beacon === undefined
    ? { probe: null, beacon: startedAt === null ? 'not_rendered' : 'missing' }
    : { probe: beacon.report, beacon: 'arrived' }

/** Asked of the tables only where a beacon came without this session's nonce. */
const nonceState = async (
  tx: Tx,
  verificationId: string,
  beacons: Probes['beacons'],
): Promise<TelemetryFacts['nonce']> => {
  const foreign = beacons.filter((seen) => seen.nonceOk === false).map(({ report }) => report.nonce)
  if (foreign.length === 0) return 'valid'
  return (await isNonceOfOther(tx, verificationId, foreign)) ? 'reused' : 'wrong'
}

const telemetryOf = (beacons: Probes['beacons'], nonce: TelemetryFacts['nonce']): TelemetryFacts | null => {
  const [first] = beacons
  const last = beacons.at(-1)
  if (first === undefined || last === undefined) return null
  const skew = (seen: Seen<StoredProbe>): number => seen.report.clockMs - seen.at
  const sessions = new Set(beacons.map((seen) => seen.report.nonce))
  const sequences = beacons.filter((seen) => seen.report.nonce === last.report.nonce)
  return {
    nonce,
    hasSequenceGap: sequences.some((seen, index) => seen.report.sequence !== index),
    skewChangeMs: beacons.length < 2 ? null : skew(last) - skew(first),
    isResumed: sessions.size > 1,
  }
}

const deviceOf = async (
  tx: Tx,
  of: RiskCase,
  beacon: Seen<StoredProbe> | undefined,
  traits: DeviceTraits | null,
): Promise<Omit<EndpointFacts['device'], 'cookie' | 'similar' | 'isBound' | 'elsewhere'>> => {
  const proof = beacon?.report.device ?? null
  const digest = proof === null ? Buffer.alloc(0) : deviceKeyDigest(proof.publicKey)
  const row = await readDevice(tx, of.personId, digest)
  const state = proofOfReport(beacon?.report)
  return {
    proof: state,
    known: knownOf(row, traits),
    verifiedBefore: row.verifiedBefore,
    otherParticipants30d: proof === null ? null : row.others,
    // A key that the page only names, without its signature, could be anybody's.
    isMarkedShared: state === 'valid' && isMarked(of, deviceKeyId(digest)),
  }
}

const isMarked = ({ settings }: RiskCase, id: string): boolean =>
  settings.sharedDevices?.some(({ keyId }) => keyId === id) ?? false

const cookieOf = async (
  tx: Tx,
  of: RiskCase,
  cookie: StoredRequest['deviceCookie'],
): Promise<EndpointFacts['device']['cookie']> => {
  if (cookie === null) return { state: 'absent' }
  const passed = cookie === 'foreign' ? undefined : await readPassedSession(tx, cookie.sessionId, of.personId)
  return passed === undefined ? { state: 'foreign' } : { state: 'known', lastAt: passed.at.getTime() }
}

const knownOf = (row: DeviceRow, traits: DeviceTraits | null): EndpointFacts['device']['known'] => {
  const { times, lastAt } = row
  if (times === null || lastAt === null) return null
  const drift = traits === null ? {} : { drift: driftOf(seenOf(row), traits) }
  return { times, lastAt: lastAt.getTime(), ...drift }
}

/** The traits that a key was seen with; of devices that are known for longer, the newest screen and graphics are on file at least. */
const seenOf = ({ parts, seen }: DeviceRow): SeenTraits => ({
  ...(parts?.['screen'] === undefined ? {} : { screen: [parts['screen']] }),
  ...(parts?.['graphics'] === undefined ? {} : { graphics: [parts['graphics']] }),
  ...seen,
})

/** Finds where else the key was used in the last hour; the operator's own ways out tell no place. */
const elsewhereOf = async (
  deps: FactDeps,
  tx: Tx,
  of: RiskCase,
  verificationId: string,
  beacon: Seen<StoredProbe> | undefined,
): Promise<Pick<EndpointFacts['device'], 'elsewhere'>> => {
  const device = beacon?.report.device ?? null
  if (device === null) return {}
  const rows = await readOtherRequests(tx, verificationId, device.publicKey)
  const { requests } = openProbes(deps, tx.tenantId, rows)
  const outside = requests.filter(
    ({ report: { client } }) =>
      egressOf(of, client.address).label === null && gatewayOf(of, client.address) === null,
  )
  return {
    elsewhere: outside.map(({ at, report }) => {
      const { asn, country, class: kind } = lookUp(deps, of, report.client.address) ?? nowhere
      return { at, asn, country, class: kind }
    }),
  }
}
