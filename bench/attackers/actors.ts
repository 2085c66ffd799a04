/**
 * The actors: genuine people and five kinds of attacker, each with what silent checks see of them, what comes back from
 * contacts on file, and what they know. The shares are assumptions; they compare rules and predict no field rate.
 */
import type { ContactFacts, IpFacts, PossessionFacts, RiskFacts } from '#domain/risk/facts.ts'
import { contact, dayMs, facts, hourMs, ip, now, probe } from '#domain/risk/testing/facts.ts'
import type { Random } from '#domain/risk/testing/random.ts'
import type { Knowledge } from './knowledge.ts'

/**
 * `remote`: a caller with open sources and without any contact on file (or with one planted within 72 hours) ·
 * `insider`: a colleague on the company's network who knows a lot · `hijacked`: a caller who holds an old contact on
 * file, such as the mailbox · `relayed`: the person themself, deceived by a caller who pretends to be the help desk.
 */
export const actorKinds = ['genuine', 'bot', 'remote', 'insider', 'hijacked', 'relayed'] as const

/** One of them. */
export type ActorKind = (typeof actorKinds)[number]

/** One try. */
export type Actor = {
  readonly kind: ActorKind
  readonly facts: RiskFacts
  readonly knowledge: Knowledge
  readonly hasSecondContact: boolean
  /** A code to another contact would come back. */
  readonly givesSecondCode: boolean
  /** A contact changed within the policy's hours. */
  readonly isContactChanged: boolean
  /** Answers are filled in by a script. */
  readonly isScripted: boolean
}

const home = ip()
const residentialAbroad = ip({ address: '153.128.0.1', country: 'JP', asn: 4713, asnName: 'NTT' })
const residentialHere = ip({ address: '86.128.9.1', asn: 5089, asnName: 'Virgin Media' })
const hosting = ip({
  address: '88.99.0.1',
  country: 'DE',
  asn: 24940,
  asnName: 'Hetzner Online GmbH',
  class: 'hosting',
  classBy: 'list',
})
const vpn = ip({
  address: '185.65.134.1',
  country: 'NL',
  asn: 39351,
  asnName: '31173 Services AB',
  class: 'vpn',
  classBy: 'list',
})
const offsetOf: Readonly<Record<string, number>> = { GB: 0, JP: 540, DE: 60, NL: 60 }

type Place = { readonly ip: IpFacts; readonly isUsual: boolean; readonly zoneFits: boolean }

const networkOf = ({ ip: from, isUsual, zoneFits }: Place) => {
  const offset = offsetOf[from.country ?? 'GB'] ?? 0
  return {
    client: { address: from.address, hops: 1, problem: null },
    ip: from,
    history: {
      events: 40,
      countries: [{ country: 'GB', count: 40 }],
      asns: [{ asn: isUsual ? (from.asn ?? 0) : 1, count: 20 }],
    },
    zone: { name: null, offsetMinutes: zoneFits ? offset : 0, countryOffsets: [offset] },
  }
}

type Device = { readonly isKnown: boolean; readonly debuggerHits?: number; readonly webdriver?: boolean }

const endpointOf = ({ isKnown, debuggerHits = 0, webdriver = false }: Device) => ({
  probe: probe({ debuggerHits, webdriver }),
  device: {
    proof: 'valid' as const,
    known: isKnown ? { times: 3, lastAt: now - 20 * dayMs } : null,
    verifiedBefore: 3,
    otherParticipants30d: 0,
    isMarkedShared: false,
    isBound: true,
    cookie: { state: 'absent' } as const,
    similar: null,
  },
})

const returned = (...contacts: readonly ContactFacts[]): PossessionFacts => ({
  startedBy: 'agent',
  matchCode: { isMatched: contacts.length > 0, tries: 1 },
  returned: contacts.map((one) => ({ kind: 'link', at: now, contact: one })),
  approvers: [],
})

/** A contact by its age, with what the directory's log says of the change. */
const contactAged = (age: number) => {
  const aged = contact({ changedAt: now - age })
  const isRecent = age < 14 * dayMs
  const change = { field: 'phone', at: now - age, by: 'participant' } as const
  return {
    aged,
    persona: { contact: aged, contactChanges: isRecent ? [change] : [] },
    isContactChanged: age < 72 * hourMs,
  }
}

type Parts = {
  readonly place: Place
  readonly device: Device
  readonly contactAge: number
  readonly holdsContact: boolean
}

const factsOf = ({ place, device, contactAge, holdsContact }: Parts) => {
  const { aged, persona, isContactChanged } = contactAged(contactAge)
  return {
    isContactChanged,
    facts: facts({
      network: networkOf(place),
      endpoint: endpointOf(device),
      persona,
      possession: holdsContact ? returned(aged) : returned(),
    }),
  }
}

const genuinePlace = (random: Random): Place & { readonly isKnown: boolean } => {
  const draw = random.int(1, 100)
  if (draw <= 45) return { ip: home, isUsual: true, zoneFits: true, isKnown: true }
  if (draw <= 70) return { ip: home, isUsual: true, zoneFits: true, isKnown: false }
  if (draw <= 88) return { ip: residentialHere, isUsual: false, zoneFits: true, isKnown: random.chance(0.5) }
  if (draw <= 96)
    return {
      ip: residentialAbroad,
      isUsual: false,
      zoneFits: random.chance(0.8),
      isKnown: random.chance(0.7),
    }
  return { ip: vpn, isUsual: false, zoneFits: false, isKnown: random.chance(0.6) }
}

const genuine = (random: Random): Omit<Actor, 'kind'> => {
  const { isKnown, ...place } = genuinePlace(random)
  const contactAge = random.one([400, 400, 400, 400, 400, 400, 200, 40, 10, 1] as const) * dayMs
  const hasSecondContact = random.chance(0.9)
  return {
    ...factsOf({ place, device: { isKnown }, contactAge, holdsContact: true }),
    knowledge: 'genuine',
    hasSecondContact,
    givesSecondCode: hasSecondContact,
    isScripted: false,
  }
}

const attackerPlace = (random: Random): Place => {
  const from = random.one([residentialHere, residentialHere, residentialAbroad, vpn, hosting] as const)
  return { ip: from, isUsual: false, zoneFits: random.chance(0.7) }
}

const attackers: Readonly<
  Record<Exclude<ActorKind, 'genuine'>, (random: Random) => Omit<Actor, 'kind' | 'hasSecondContact'>>
> = {
  bot: (random) => ({
    ...factsOf({
      place: attackerPlace(random),
      device: { isKnown: false, debuggerHits: 3, webdriver: random.chance(0.6) },
      contactAge: 400 * dayMs,
      holdsContact: false,
    }),
    knowledge: random.one(['blind', 'osint'] as const),
    givesSecondCode: false,
    isScripted: random.chance(0.7),
  }),
  remote: (random) => {
    const hasPlanted = random.chance(0.3)
    return {
      ...factsOf({
        place: attackerPlace(random),
        device: { isKnown: false },
        contactAge: (hasPlanted ? random.int(1, 71) : 400 * 24) * hourMs,
        holdsContact: hasPlanted,
      }),
      knowledge: 'osint',
      givesSecondCode: false,
      isScripted: false,
    }
  },
  insider: (random) => ({
    ...factsOf({
      place: { ip: home, isUsual: true, zoneFits: true },
      device: { isKnown: random.chance(0.1) },
      contactAge: 400 * dayMs,
      holdsContact: false,
    }),
    knowledge: 'insider',
    givesSecondCode: false,
    isScripted: false,
  }),
  hijacked: (random) => ({
    ...factsOf({
      place: attackerPlace(random),
      device: { isKnown: false },
      contactAge: random.one([400, 400, 200, 10, 5] as const) * dayMs,
      holdsContact: true,
    }),
    knowledge: 'osint',
    givesSecondCode: false,
    isScripted: false,
  }),
  relayed: (random) => ({ ...genuine(random), knowledge: 'genuine' }),
}

/** One try of a kind, drawn from a seed. */
export const actorOf = (kind: ActorKind, random: Random): Actor =>
  kind === 'genuine'
    ? { kind, ...genuine(random) }
    : { kind, hasSecondContact: random.chance(0.9), ...attackers[kind](random) }
