/** Synthetic verifications: ordinary people, travellers, bots and human impostors, drawn from one seed. */
import type {
  AnswerFacts,
  EndpointFacts,
  NetworkClass,
  NetworkFacts,
  PersonaFacts,
  PossessionFacts,
  RiskFacts,
} from '../facts.ts'
import { answer, contact, dayMs, facts, hourMs, input, ip, now, probe, surface } from './facts.ts'
import type { Random } from './random.ts'

type Kind = 'genuine' | 'traveller' | 'impostor' | 'bot'

/** One verification; its kind only shifts the odds, any combination may come up. */
export function synthetic(random: Random): { kind: Kind; facts: RiskFacts } {
  const kind = random.one(['genuine', 'genuine', 'genuine', 'traveller', 'impostor', 'bot'] as const)
  const isForeign = kind !== 'genuine'
  return {
    kind,
    facts: facts({
      network: networkOf(random, isForeign),
      endpoint: endpointOf(random, kind),
      persona: personaOf(random, isForeign),
      challenge: random.chance(0.7)
        ? { isComplete: true, answers: answersOf(random, kind), withQuestions30d: random.int(1, 3) }
        : { isAsked: false },
      possession: possessionOf(random, kind),
    }),
  }
}

type SyntheticPlace = { address: string; asn: number; country: string; class: NetworkClass | null }

const foreignPlaces: readonly [SyntheticPlace, ...SyntheticPlace[]] = [
  { address: '185.65.134.1', asn: 39351, country: 'NL', class: 'vpn' },
  { address: '88.99.0.1', asn: 24940, country: 'DE', class: 'hosting' },
  { address: '185.220.101.1', asn: 60729, country: 'DE', class: 'tor' },
  { address: '153.128.0.1', asn: 4713, country: 'JP', class: null },
  { address: '104.28.1.1', asn: 13335, country: 'US', class: 'relay' },
]
const homePlaces: readonly [SyntheticPlace, ...SyntheticPlace[]] = [
  { address: '86.128.0.1', asn: 2856, country: 'GB', class: null },
  { address: '165.225.0.1', asn: 22616, country: 'US', class: 'sse' },
]

function networkOf(random: Random, isForeign: boolean): Partial<NetworkFacts> {
  const place = random.one(isForeign ? foreignPlaces : homePlaces)
  const events = random.one([0, 3, 8, 40])
  return {
    ip: random.chance(0.05) ? null : ip({ ...place, country2: random.chance(0.1) ? 'FR' : null }),
    egress: { configured: true, label: random.chance(isForeign ? 0.02 : 0.2) ? 'Head office' : null },
    history: {
      events,
      countries: [{ country: 'GB', count: events }],
      asns: [{ asn: random.chance(0.6) ? place.asn : 1, count: random.int(1, 9) }],
    },
    zone: {
      name: 'Europe/London',
      offsetMinutes: random.one([0, 0, 60, 330, -300]),
      countryOffsets: [place.country === 'JP' ? 540 : 0],
    },
    velocity: {
      participants24h: random.one(isForeign ? [1, 1, 2, 3, 6] : [1, 1, 1, 1, 2]),
      linksOpened1h: random.int(0, 21),
    },
  }
}

function endpointOf(random: Random, kind: Kind): Partial<EndpointFacts> {
  const isBot = kind === 'bot'
  const isKnown = random.chance(kind === 'genuine' ? 0.6 : 0.1)
  if (random.chance(isBot ? 0.2 : 0.05))
    return { probe: null, telemetry: null, beacon: 'missing', device: deviceOf(random, false, 'absent') }
  return {
    probe: probe({
      webdriver: isBot && random.chance(0.7),
      debuggerHits: isBot && random.chance(0.9) ? 4 : 0,
      worker: surface(isBot && random.chance(0.5) ? { languages: ['en-US'] } : {}),
      graphics: { vendor: null, renderer: isBot ? 'llvmpipe (LLVM 15)' : 'ANGLE (Intel)' },
    }),
    device: deviceOf(random, isKnown, 'valid'),
  }
}

function deviceOf(random: Random, isKnown: boolean, proof: 'valid' | 'absent'): EndpointFacts['device'] {
  return {
    proof,
    known: isKnown ? { times: random.int(1, 9), lastAt: now - random.int(1, 200) * dayMs } : null,
    verifiedBefore: random.one([0, 2, 5]),
    otherParticipants30d: random.one([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]),
    isMarkedShared: false,
    isBound: true,
    cookie: { state: 'absent' },
    similar: null,
  }
}

function personaOf(random: Random, isForeign: boolean): Partial<PersonaFacts> {
  const changedAt = now - random.one([400 * dayMs, 400 * dayMs, 100 * dayMs, 10 * dayMs, 20 * hourMs])
  return {
    account: { state: random.chance(0.03) ? 'terminated' : 'active', since: null },
    contact: contact({ changedAt, origin: random.chance(0.08) ? 'typed' : 'on_file' }),
    contactChanges: random.chance(isForeign ? 0.3 : 0.1)
      ? [{ field: 'phone', at: changedAt, by: random.one(['participant', 'help_desk', null] as const) }]
      : [],
    attempts: {
      started24h: random.one(isForeign ? [1, 1, 2, 3, 5] : [1, 1, 1, 1, 2]),
      failed24h: random.one(isForeign ? [0, 0, 1, 3] : [0]),
    },
    reports: random.chance(0.02) ? [{ at: now - 5 * dayMs, isLifted: false }] : [],
  }
}

function answersOf(random: Random, kind: Kind): readonly AnswerFacts[] {
  const skill = { genuine: 0.9, traveller: 0.9, impostor: 0.4, bot: 0.2 }[kind]
  return (['Q1', 'Q6', 'Q11', 'Q12'] as const).slice(0, random.int(2, 4)).map((family) => {
    const isRight = random.chance(skill)
    return answer({
      family,
      verdict: isRight ? 'correct' : random.one(['incorrect', 'partial', 'skipped'] as const),
      points: isRight ? random.one([2, 4, 5, 9]) : random.one([-11, -9, -7, 1]),
      seconds: random.one([0.5, 12, 12, 14, 20, 20, 25, 90]),
      input: input({ blurs: random.int(0, 3) }),
    })
  })
}

function possessionOf(random: Random, kind: Kind): PossessionFacts {
  const isMatched = random.chance(kind === 'genuine' || kind === 'traveller' ? 0.95 : 0.3)
  const sent = contact({ changedAt: now - random.one([400 * dayMs, 20 * hourMs]) })
  return {
    startedBy: random.one(['agent', 'agent', 'self_service'] as const),
    matchCode: { isMatched, tries: 1 },
    approvers: [],
    returned: isMatched ? [{ kind: 'link', at: now, contact: sent }] : [],
  }
}
