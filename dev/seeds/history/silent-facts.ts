/** The facts for silent checks in a past case, made as `risk-facts.ts` gathers them from rows. */
import { maskContact } from '#domain/contact.ts'
import type {
  ChallengeFacts,
  ContactFacts,
  EndpointFacts,
  IpFacts,
  NetworkFacts,
  PersonaFacts,
  PossessionFacts,
  RiskFacts,
} from '#domain/risk/facts.ts'
import { mailDomainKind } from '#platform/facts/email-domain.ts'
import type { SeedContact } from '../contacts.ts'
import { officeOf } from '../offices.ts'
import { offsetAt, offsetsIn } from './zones.ts'
import type { StoredProbe, StoredRequest } from '#platform/crypto/case-inputs.ts'
import { hintsOf, userAgentOf, type Device } from './devices.ts'
import type { Story } from './story.ts'

const dayMs = 24 * 3600 * 1000

/** Whom the portal met: the device, where it is, what its clock says. */
export type Visitor = {
  readonly device: Device
  readonly ip: IpFacts
  /** IANA zone of the visitor's clock. */
  readonly timeZone: string
  readonly language: string
  readonly nonce: string
  readonly openedAt: number
  readonly request: StoredRequest
  readonly beacon: StoredProbe
}

/** When a contact was last changed as of a moment; a change still to come has not happened yet. */
export const changedAt = (contact: SeedContact, seededAt: Date, now: number): number => {
  const changed = seededAt.getTime() - contact.changedDaysAgo * dayMs
  const first = seededAt.getTime() - contact.firstSeenDaysAgo * dayMs
  return changed <= now ? changed : Math.min(first, now)
}

const lineTypes = { mobile: 'mobile', fixed: 'fixed_line', voip: 'voip' } as const

const contactFacts = (story: Story, contact: SeedContact): ContactFacts => ({
  id: contact.id,
  channel: contact.kind === 'phone' ? 'sms' : 'email',
  origin: 'on_file',
  changedAt: changedAt(contact, story.world.at, story.now),
  masked: maskContact(contact.kind, contact.value),
  lineType: contact.lineType === null ? null : lineTypes[contact.lineType],
  domain: contact.kind === 'phone' ? null : mailDomainKind(contact.value, [story.world.chart.domain]),
  ...(contact.kind === 'email' && contact.label === 'work' ? { isOwnMailbox: true } : {}),
})

const networkFacts = (story: Story, visitor: Visitor): NetworkFacts => {
  const { world, case: past } = story
  const signIns = world.signInsOf(past.person)
  const { ip, device, request } = visitor
  const visit = {
    asn: ip.asn,
    country: ip.country,
    class: ip.class,
    deviceKeyId: device.keyDigest.toString('hex').slice(0, 16),
  }
  return {
    client: request.client,
    ip,
    request: request.request,
    egress: { configured: false, label: null },
    gatewayLabel: null,
    expectedCountries: [
      ...new Set([
        officeOf(past.person.office).country,
        'CA',
        'DE',
        'FR',
        'GB',
        'US',
        ...signIns.countries.keys(),
      ]),
    ],
    history: {
      events: signIns.events,
      countries: [...signIns.countries].map(([country, count]) => ({ country, count })),
      asns: [...signIns.asns].map(([asn, count]) => ({ asn, count })),
    },
    zone: {
      name: visitor.timeZone,
      offsetMinutes: visitor.beacon.offsetMinutes,
      countryOffsets: ip.country === null ? null : offsetsIn(ip.country, visitor.openedAt),
    },
    visits: [
      { at: visitor.openedAt, kind: 'opened', ...visit },
      { at: story.now, kind: 'answered', ...visit },
    ],
    velocity: null,
    place: null,
    lastTrusted: null,
    phone: null,
  }
}

const endpointFacts = (story: Story, visitor: Visitor): EndpointFacts => {
  const { device } = visitor
  const memory = story.world.memoryOf(story.case.person)
  const known = memory.devices.find(
    (one) => one.device.key.publicKey === device.key.publicKey && one.times > 0,
  )
  return {
    userAgent: userAgentOf(device),
    hints: hintsOf(device),
    acceptLanguage: [visitor.language, visitor.language.slice(0, 2)],
    probe: visitor.beacon,
    beacon: 'arrived',
    telemetry: { nonce: 'valid', hasSequenceGap: false, skewChangeMs: null, isResumed: false },
    device: {
      proof: 'valid',
      known: known === undefined ? null : { times: known.times, lastAt: known.lastAt },
      verifiedBefore: memory.devices.reduce((sum, one) => sum + one.times, 0),
      otherParticipants30d: 0,
      isMarkedShared: false,
      isBound: true,
      cookie: { state: 'absent' },
      similar: null,
    },
    codes: [],
    hasVirtualDesktops: false,
    versions: null,
    scannerVisits: [],
  }
}

const changers = {
  participant: 'participant',
  help_desk: 'help_desk',
  directory: 'system',
  hr: 'system',
} as const

const personaFacts = (story: Story): PersonaFacts => {
  const { world, case: past, now } = story
  const memory = world.memoryOf(past.person)
  const changes = world.contactsOf(past.person).map((contact) => ({
    field: contact.kind,
    at: changedAt(contact, world.at, now),
    by: changers[contact.changedBy],
  }))
  const today = memory.starts.filter((start) => start.at > now - dayMs)
  const mfa = past.person.mfaDaysAgo
  const mfaAt = mfa === null ? Infinity : world.at.getTime() - mfa * dayMs
  return {
    account: { state: 'active', since: null },
    contactChanges: changes.filter((change) => change.at > now - 14 * dayMs),
    mfaEvents: mfaAt > now ? [] : [{ kind: 'reset', at: mfaAt }],
    attempts: { started24h: today.length, failed24h: today.filter((start) => start.isFailed).length },
    contact: contactFacts(story, past.contact),
    hours: hoursOf(story),
    reports: memory.reports.filter((at) => at > now - 30 * dayMs).map((at) => ({ at, isLifted: false })),
    // Facts for later checks were not kept of the past.
    tenure: { hiredAt: null, lastSignInAt: null },
    locale: null,
    past: null,
    usualTimes: {},
    habits: [],
    campaign: null,
    signals: notConnected,
  }
}

const notConnected: PersonaFacts['signals'] = {
  identityRisk: { configured: false },
  recentSignIn: { configured: false },
  calendar: { configured: false },
  agentAlarm: { configured: false },
}

const hoursOf = ({ world, case: past, now }: Story): PersonaFacts['hours'] => {
  const { hours } = world.signInsOf(past.person)
  const local = new Date(now + offsetAt(officeOf(past.person.office).timeZone, now) * 60_000)
  return hours.every((count) => count === 0)
    ? null
    : { hour: local.getUTCHours(), histogram: hours, isOnShift: null }
}

/** Secrets that came back so far. */
export type Returned = {
  readonly tries: number
  readonly linkAt: number
  readonly second: SecondReturn | null
}

/** A code that went to another contact and came back. */
export type SecondReturn = { readonly contact: SeedContact; readonly at: number }

const starters = { agent: 'agent', self_service: 'self_service', api_client: 'api' } as const

const possessionFacts = (story: Story, { tries, linkAt, second }: Returned): PossessionFacts => {
  const link = { kind: 'link', at: linkAt, contact: contactFacts(story, story.case.contact) } as const
  return {
    startedBy: starters[story.case.referrer.kind],
    matchCode: { isMatched: true, tries },
    approvers: [],
    returned:
      second === null
        ? [link]
        : [link, { kind: 'code', at: second.at, contact: contactFacts(story, second.contact) }],
  }
}

/** The facts of a case now. */
export const factsOf = (
  story: Story,
  visitor: Visitor,
  challenge: ChallengeFacts,
  returned: Returned,
): RiskFacts => ({
  at: story.now,
  network: networkFacts(story, visitor),
  endpoint: endpointFacts(story, visitor),
  persona: personaFacts(story),
  challenge,
  possession: possessionFacts(story, returned),
})
