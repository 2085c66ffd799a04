/**
 * The actors: genuine people, and attackers who hold the contact. Each with what silent checks see, what comes back from
 * contacts on file, and how they answer. The shares are assumptions; they compare rules and predict no field rate.
 */
import type { PlannedQuestion } from '#domain/questions/plan.ts'
import type { ContactFacts, IpFacts, RiskFacts } from '#domain/risk/facts.ts'
import { contact, dayMs, facts, hourMs, input, ip, now, probe } from '#domain/risk/testing/facts.ts'
import type { InputReport } from '#domain/risk/probe.ts'
import type { Random } from '#domain/risk/testing/random.ts'
import {
  memories,
  personAnswers,
  strangerAnswers,
  strangers,
  type Course,
  type Memory,
  type Stranger,
} from './knowledge.ts'

/** One try. */
export type Actor = {
  readonly isGenuine: boolean
  readonly facts: RiskFacts
  readonly courseOf: (question: PlannedQuestion) => Course
  readonly hasSecondContact: boolean
  /** A code to another contact comes back. */
  readonly givesSecondCode: boolean
  /** A contact changed within the policy's hours. */
  readonly isContactChanged: boolean
  /** The way in which an answer was put in. */
  readonly input: InputReport
  /** Milliseconds for one answer. */
  readonly answerMs: () => number
}

/** A row of the table: one kind of person or attacker. */
export type Kind = {
  readonly name: string
  readonly isGenuine: boolean
  /** Highest share, per cent, that one kind of proof may let in (attackers) or that may be asked for more (people). */
  readonly limit: number | null
  readonly draw: (random: Random) => Actor
}

const home = ip()
const elsewhere = ip({ address: '86.128.9.1', asn: 5089, asnName: 'Virgin Media' })
const abroad = ip({ address: '153.128.0.1', country: 'JP', asn: 4713, asnName: 'NTT' })
const hosting = ip({
  ...{ address: '88.99.0.1', country: 'DE', asn: 24940, asnName: 'Hetzner Online GmbH' },
  ...{ class: 'hosting', classBy: 'list' },
})
const offsetOf: Readonly<Record<string, number>> = { GB: 0, JP: 540, DE: 60 }

/** The network, seen from a person who has always come from `home` in Great Britain. */
const networkOf = (from: IpFacts) => {
  const offset = offsetOf[from.country ?? 'GB'] ?? 0
  return {
    client: { address: from.address, hops: 1, problem: null },
    ip: from,
    history: {
      events: 40,
      countries: [{ country: 'GB', count: 40 }],
      asns: [{ asn: home.asn ?? 0, count: 40 }],
    },
    zone: { name: null, offsetMinutes: offset, countryOffsets: [offset] },
  }
}

const deviceOf = (isKnown: boolean): RiskFacts['endpoint']['device'] => ({
  ...facts().endpoint.device,
  known: isKnown ? { times: 3, lastAt: now - 20 * dayMs } : null,
  verifiedBefore: 3,
})

/** A link to it came back. */
type Held = Partial<ContactFacts> & { readonly ageHours?: number }
const phone: Held = { channel: 'sms' }
const privateMailbox: Held = { channel: 'email', lineType: null, masked: 'j•••@example.org' }
const ownMailbox: Held = { ...privateMailbox, isOwnMailbox: true }

type Tool = 'by_hand' | 'program' | 'driven' | 'stealth' | 'dictation'

const typed: Readonly<Record<Tool, InputReport>> = {
  by_hand: input(),
  program: input({ keydowns: 0, inputs: 1, untrusted: ['click'] }),
  driven: input({ mouse: { presses: 3, centred: 3 } }),
  stealth: input({ mouse: { presses: 3, centred: 3 } }),
  dictation: input({ keydowns: 0, inputs: 3, assisted: 3, accessibility: true }),
}

type Parts = {
  readonly from: IpFacts
  readonly isKnown: boolean
  readonly holds: Held
  readonly tool?: Tool
}

const endpointOf = ({ isKnown, tool = 'by_hand' }: Parts): Partial<RiskFacts['endpoint']> => {
  const codes = [{ step: 'match_code', input: typed[tool] }] as const
  if (tool === 'program')
    return {
      ...{ probe: null, beacon: 'missing', telemetry: null, codes },
      device: { ...deviceOf(false), proof: 'absent', isBound: false },
    }
  if (tool === 'driven')
    return { probe: probe({ webdriver: true, debuggerHits: 3 }), device: deviceOf(false), codes }
  return { device: deviceOf(isKnown), codes }
}

const factsOf = (parts: Parts) => {
  const { ageHours = 400 * 24, ...held } = parts.holds
  const one = contact({ ...held, changedAt: now - ageHours * hourMs })
  const isRecent = ageHours < 14 * 24
  const change = { field: 'phone', at: one.changedAt ?? now, by: 'participant' } as const
  return {
    isContactChanged: ageHours < 72,
    facts: facts({
      network: networkOf(parts.from),
      endpoint: endpointOf(parts),
      persona: { contact: one, contactChanges: isRecent ? [change] : [] },
      possession: {
        startedBy: 'agent',
        matchCode: { isMatched: true, tries: 1 },
        returned: [{ kind: 'link', at: now, contact: one }],
        approvers: [],
      },
    }),
  }
}

const msOf = (tool: Tool, random: Random) => (): number =>
  tool === 'program' || tool === 'driven' ? 700 : random.int(6_000, 40_000)

const person = (random: Random, memory: Memory, parts: Parts): Actor => {
  const hasSecondContact = random.chance(0.9)
  return {
    isGenuine: true,
    ...factsOf(parts),
    courseOf: () => personAnswers(memory, random),
    hasSecondContact,
    givesSecondCode: hasSecondContact,
    input: typed[parts.tool ?? 'by_hand'],
    answerMs: msOf(parts.tool ?? 'by_hand', random),
  }
}

const attacker = (random: Random, stranger: Stranger, parts: Parts): Actor => ({
  isGenuine: false,
  ...factsOf(parts),
  courseOf: (question) => strangerAnswers(stranger, question, random),
  hasSecondContact: random.chance(0.9),
  givesSecondCode: false,
  input: typed[parts.tool ?? 'by_hand'],
  answerMs: msOf(parts.tool ?? 'by_hand', random),
})

type Situation = readonly [name: string, limit: number | null, parts: Parts]

const situations: readonly Situation[] = [
  ['known device, usual network', 3, { from: home, isKnown: true, holds: phone }],
  ['known device, other network', 3, { from: elsewhere, isKnown: true, holds: phone }],
  ['new phone, usual network', 10, { from: home, isKnown: false, holds: phone }],
  ['new phone, other network', null, { from: elsewhere, isKnown: false, holds: phone }],
  ['known device, first time abroad', null, { from: abroad, isKnown: true, holds: phone }],
  ['dictates, usual network', 3, { from: home, isKnown: true, holds: phone, tool: 'dictation' }],
  ['work mailbox only', null, { from: home, isKnown: true, holds: ownMailbox }],
]

const people = (Object.keys(memories) as Memory[]).flatMap((memory) =>
  situations.map(([name, limit, parts]): Kind => ({
    name: `${name}; ${memories[memory].join('/')}`,
    isGenuine: true,
    // The limits were set for people who answer as most do.
    limit: memory === 'good' ? limit : null,
    draw: (random) => person(random, memory, parts),
  })),
)

/** Attackers who hold the mailbox of the account, on a new device, in the network where the person always is. */
const onMailbox = strangers.map((stranger): Kind => ({
  name: `work mailbox, ${stranger}`,
  isGenuine: false,
  limit: 1,
  draw: (random) => attacker(random, stranger, { from: home, isKnown: false, holds: ownMailbox }),
}))

const tools = (['program', 'driven', 'stealth'] as const).map((tool): Kind => ({
  name: `work mailbox, OSINT, ${tool}`,
  isGenuine: false,
  limit: 1,
  draw: (random) => attacker(random, 'OSINT', { from: home, isKnown: false, holds: ownMailbox, tool }),
}))

type Attack = readonly [name: string, limit: number | null, stranger: Stranger, parts: Parts]

const others: readonly Attack[] = [
  [
    'private mailbox, OSINT, other network',
    1,
    'OSINT',
    { from: elsewhere, isKnown: false, holds: privateMailbox },
  ],
  ['private mailbox, OSINT, hosting', 1, 'OSINT', { from: hosting, isKnown: false, holds: privateMailbox }],
  [
    'private mailbox, OSINT, usual network',
    null,
    'OSINT',
    { from: home, isKnown: false, holds: privateMailbox },
  ],
  [
    'private mailbox, colleague, usual network',
    null,
    'colleague',
    { from: home, isKnown: false, holds: privateMailbox },
  ],
  [
    'private mailbox, OSINT, program, usual network',
    1,
    'OSINT',
    { from: home, isKnown: false, holds: privateMailbox, tool: 'program' },
  ],
  [
    'private mailbox, OSINT, driven, usual network',
    1,
    'OSINT',
    { from: home, isKnown: false, holds: privateMailbox, tool: 'driven' },
  ],
  ['planted phone, OSINT', 1, 'OSINT', { from: home, isKnown: false, holds: { ...phone, ageHours: 40 } }],
  ['SIM swap, OSINT', 1, 'OSINT', { from: elsewhere, isKnown: false, holds: phone }],
  ['stolen phone, unlocked, blind', null, 'blind', { from: elsewhere, isKnown: true, holds: phone }],
  [
    'stolen phone, unlocked, mail reader',
    null,
    'mail reader',
    { from: elsewhere, isKnown: true, holds: phone },
  ],
]

/** Every row of the table. */
export const kinds: readonly Kind[] = [
  ...people,
  ...onMailbox,
  ...tools,
  ...others.map(([name, limit, stranger, parts]): Kind => ({
    name,
    isGenuine: false,
    limit,
    draw: (random) => attacker(random, stranger, parts),
  })),
]
