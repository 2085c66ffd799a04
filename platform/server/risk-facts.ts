/** Gathers everything that silent checks may look at, from the rows of one verification. Used by worker and API alike. */
import type {
  ChallengeFacts,
  ContactFacts,
  IpFacts,
  NetworkFacts,
  PersonaFacts,
  PossessionFacts,
  RiskFacts,
} from '#domain/risk/facts.ts'
import { readContact, readContacts, type OpenContact } from './db/contacts-read.ts'
import {
  countAttempts,
  countSignIns,
  readManagerChange,
  readMatchCode,
  readReports,
  readReturned,
  readRiskCase,
  readScannerVisits,
  readSessionStart,
  type RiskCase,
  type SignInCounts,
} from './db/risk-reads.ts'
import { readPersonRow, type PersonRow } from './db/risk-reads-person.ts'
import type { Tx } from './db/transaction.ts'
import type { FactDeps } from './fact-deps.ts'
import { numbersInDoubt, type InDoubt } from './numbers-in-doubt.ts'
import { calendarOf, personFacts, type FurtherFacts } from './risk-facts-person.ts'
import { placeFacts } from './risk-facts-places.ts'
import { endpointFacts, networkFacts, readProbes } from './risk-facts-portal.ts'
import { deviceDigests } from './sighting-facts.ts'

const dayMs = 24 * 3600 * 1000

/**
 * The facts of a verification as they are now. `challenge` comes from the caller, who knows plan and answers; before the
 * questions it says that none was asked.
 */
export const gatherRiskFacts = async (
  deps: FactDeps,
  tx: Tx,
  verificationId: string,
  challenge: ChallengeFacts,
  at: number,
): Promise<RiskFacts> => {
  const of = await readRiskCase(tx, verificationId)
  const person = await readPersonRow(tx, of.personId, verificationId)
  const probes = await readProbes(deps, tx, verificationId)
  const report = probes.beacons.at(-1)?.report
  const device = report === undefined ? null : deviceDigests(deps.keys, tx.tenantId, report)
  const signIns = await countSignIns(tx, of.personId)
  const scannerVisits = await readScannerVisits(tx, verificationId)
  const inDoubt = await numbersInDoubt(tx, verificationId)
  const contact = await readContact(tx, deps.keys, of.contactId)
  const network = networkFacts(deps, of, probes, { signIns, journeys: journeysOf(person, at) }, at)
  const seen = { ip: network.ip, device, at }
  const address = network.client === null ? null : network.client.address
  const about = { personId: of.personId, verificationId }
  return {
    at,
    network: {
      ...network,
      ...(await placeFacts(deps, tx, about, network.ip, address)),
      phone: phoneOf(deps, contact, network.ip),
    },
    endpoint: {
      ...(await endpointFacts(
        deps,
        tx,
        of,
        probes,
        { startedAt: await readSessionStart(tx, verificationId), device },
        at,
      )),
      scannerVisits: scannerVisits.map((visit) => ({
        at: visit.at.getTime(),
        sign: visit.family ?? 'scanner',
      })),
    },
    persona: {
      ...(await personaFacts(deps, tx, { ...of, inDoubt }, contact, signIns, at)),
      ...(await personFacts(deps, tx, of, person, seen)),
    },
    challenge,
    possession: await possessionFacts(deps, tx, { ...of, inDoubt }, verificationId),
  }
}

/** No question was asked yet, or the route has none. */
export const noChallenge: ChallengeFacts = {
  isAsked: false,
  isComplete: false,
  minAnswered: 0,
  answers: [],
  withQuestions30d: null,
  contradictions: null,
}

type DoubtedCase = RiskCase & { readonly inDoubt: InDoubt }

const contactFacts = (deps: FactDeps, of: DoubtedCase, contact: OpenContact): ContactFacts => ({
  id: contact.id,
  channel: contact.kind === 'phone' ? 'sms' : 'email',
  origin: 'on_file',
  changedAt: contact.lastChangedAt.getTime(),
  masked: contact.masked,
  lineType: contact.lineType,
  domain:
    contact.kind === 'phone' ? null : deps.factTools.mailDomain(contact.value, [domainOf(of.workEmail)]),
  ...(of.inDoubt(contact) ? { isInDoubt: true } : {}),
})

/** The calling code of the phone that the link went to, against that of the country of the address. */
const phoneOf = (
  { factTools }: FactDeps,
  contact: OpenContact | undefined,
  ip: IpFacts | null,
): NetworkFacts['phone'] => {
  const contactCode = contact?.kind === 'phone' ? factTools.callingCodeOf(contact.value) : null
  if (contactCode === null) return null
  const country = ip === null ? null : ip.country
  return { contactCode, countryCode: country === null ? null : factTools.callingCodeOfCountry(country) }
}

const journeysOf = ({ calendar }: PersonRow, at: number): readonly string[] =>
  calendar === null ? [] : calendarOf(calendar, at).travelCountries

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

const changers = {
  participant: 'participant',
  help_desk: 'help_desk',
  directory: 'system',
  hr: 'system',
} as const

const personaFacts = async (
  deps: FactDeps,
  tx: Tx,
  of: DoubtedCase,
  contact: OpenContact | undefined,
  signIns: readonly SignInCounts[],
  at: number,
): Promise<Omit<PersonaFacts, keyof FurtherFacts>> => {
  const reports = await readReports(tx, of.personId)
  const { mfaChangedAt } = of
  return {
    account: { state: of.accountState === 'locked' ? 'active' : of.accountState, since: null },
    contactChanges: await contactChanges(deps, tx, of, at),
    mfaEvents: mfaChangedAt === null ? [] : [{ kind: 'reset', at: mfaChangedAt.getTime() }],
    attempts: await countAttempts(tx, of.personId),
    contact: contact === undefined ? null : contactFacts(deps, of, contact),
    hours: hoursOf(of, signIns, at),
    reports: reports.map((report) => ({ at: report.at.getTime() })),
  }
}

const contactChanges = async (
  deps: FactDeps,
  tx: Tx,
  of: RiskCase,
  at: number,
): Promise<PersonaFacts['contactChanges']> => {
  const since = at - 14 * dayMs
  const contacts = await readContacts(tx, deps.keys, of.personId)
  const manager = await readManagerChange(tx, of.personId)
  const changes = contacts
    .filter((contact) => contact.lastChangedAt.getTime() > since)
    .map((contact) => ({
      field: contact.kind,
      at: contact.lastChangedAt.getTime(),
      by: contact.changedBy === null ? null : changers[contact.changedBy],
    }))
  if (manager === null || manager.getTime() <= since) return changes
  return [...changes, { field: 'manager', at: manager.getTime(), by: null }]
}

/** The participant's local hour against past sign-ins; null where zone or history is unknown. */
const hoursOf = (of: RiskCase, signIns: readonly SignInCounts[], at: number): PersonaFacts['hours'] => {
  if (of.timeZone === null) return null
  const histogram = Array.from({ length: 24 }, (_, hour) =>
    signIns.filter((row) => row.hour === hour).reduce((sum, row) => sum + row.n, 0),
  )
  if (histogram.every((count) => count === 0)) return null
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: of.timeZone,
    hour: '2-digit',
    hourCycle: 'h23',
  })
  return { hour: Number(format.format(at)), histogram, isOnShift: null }
}

const starters = { agent: 'agent', self_service: 'self_service', api_client: 'api' } as const

const possessionFacts = async (
  deps: FactDeps,
  tx: Tx,
  of: DoubtedCase,
  verificationId: string,
): Promise<PossessionFacts> => {
  const returned: PossessionFacts['returned'][number][] = []
  for (const row of await readReturned(tx, verificationId)) {
    // A contact that was removed since is no evidence any more (C12).
    const contact = await readContact(tx, deps.keys, row.contactId)
    if (contact !== undefined) {
      returned.push({ kind: row.kind, at: row.at.getTime(), contact: contactFacts(deps, of, contact) })
    }
  }
  return {
    startedBy: starters[of.referrerKind],
    matchCode: await readMatchCode(tx, verificationId),
    returned,
  }
}
