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
import { familyName } from '#domain/questions/answer-facts.ts'
import { isOwnMailbox, mailDomainOf } from '../messages/send-contact.ts'
import { readContacts, type OpenContact } from '../people/contacts.ts'
import { readPasskeyFacts } from '../passkeys/passkey-requests.ts'
import { readSheetFacts } from '../recovery-sheets/recovery-code-requests.ts'
import { readSignInFacts } from '../provider-sign-ins/provider-sign-ins.ts'
import { readPushFacts } from '../pushes/push-requests.ts'
import { openHabits } from './habits.ts'
import { readRiskRows, type RiskRows } from './risk-rows.ts'
import { readPersonHistory, type PersonHistory } from './check-rows.ts'
import { isOnShift } from '../tenants/places.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { pinned, type FactDeps } from '#platform/facts/fact-deps.ts'
import { approverFacts } from './risk-facts-approvers.ts'
import { numbersInDoubt, type InDoubt } from './numbers-in-doubt.ts'
import { calendarOf, personFacts, type FurtherFacts } from './risk-facts-person.ts'
import { placeFacts } from './risk-facts-places.ts'
import { endpointFacts, networkFacts, openProbes } from './risk-facts-portal.ts'
import { deviceDigests } from './sighting-facts.ts'

const dayMs = 24 * 3600 * 1000

/** The facts of a verification that are read before it is weighed; the contacts on file, opened. */
export type RiskInput = {
  readonly rows: RiskRows
  readonly contacts: readonly OpenContact[]
  readonly person: PersonHistory
}

/** Reads it. @throws when there is no such verification */
export const readRiskInput = async (
  deps: Pick<FactDeps, 'keys'>,
  tx: Tx,
  verificationId: string,
): Promise<RiskInput> => {
  const rows = await readRiskRows(tx, verificationId)
  const { personId } = rows
  const [contacts, person] = await Promise.all([
    readContacts(tx, deps.keys, personId),
    readPersonHistory(tx, personId, verificationId),
  ])
  return { rows, contacts, person }
}

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
): Promise<RiskFacts> =>
  riskFactsOf(deps, tx, verificationId, await readRiskInput(deps, tx, verificationId), challenge, at)

/** The same over what was read already. */
export const riskFactsOf = async (
  given: FactDeps,
  tx: Tx,
  verificationId: string,
  { rows, contacts, person }: RiskInput,
  challenge: ChallengeFacts,
  at: number,
): Promise<RiskFacts> => {
  const deps: FactDeps = { keys: given.keys, factTools: pinned(given.factTools) }
  const { personId, signIns } = rows
  const probes = openProbes(deps, tx.tenantId, rows.probes)
  const report = probes.beacons.at(-1)?.report
  const device = report === undefined ? null : deviceDigests(deps.keys, tx.tenantId, report)
  const of = { ...rows, contacts, tenantId: tx.tenantId, inDoubt: numbersInDoubt(rows) }
  const contact = contactOf(of, rows.contactId)
  const network = networkFacts(deps, rows, probes, { signIns, journeys: journeysOf(person, at) }, at)
  const seen = { ip: network.ip, device, at }
  const address = network.client === null ? null : network.client.address
  const page = {
    verificationId,
    startedAt: rows.sessionStartedAt,
    isBound: rows.isBound,
    device,
    ip: network.ip,
  }
  // None of them waits for another: what they ask first travels together.
  const [approvers, place, endpoint, further, passkey, providerSignIn, push, recoverySheet] =
    await Promise.all([
      approverFacts(deps, tx, verificationId, rows.contactRules, at),
      placeFacts(deps, tx, { personId, verificationId }, network.ip, address),
      endpointFacts(deps, tx, rows, probes, page),
      personFacts(deps, tx, rows, person, seen),
      passkeyFacts(tx, verificationId, personId),
      signInFacts(tx, verificationId, personId),
      pushFacts(tx, verificationId),
      sheetFacts(tx, verificationId),
    ])
  return {
    at,
    network: { ...network, ...place, phone: phoneOf(deps, contact, network.ip) },
    endpoint: {
      ...endpoint,
      scannerVisits: rows.scannerVisits.map((visit) => ({
        at: visit.at.getTime(),
        sign: visit.family ?? 'scanner',
      })),
    },
    persona: { ...personaFacts(deps, of, contact, at), ...further },
    challenge,
    possession: {
      ...possessionFacts(deps, of),
      approvers,
      ...passkey,
      ...providerSignIn,
      ...push,
      ...recoverySheet,
    },
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

/** A case with its participant's contacts, and which of their numbers are in doubt. */
type CaseWithContacts = RiskRows & {
  readonly contacts: readonly OpenContact[]
  readonly tenantId: string
  readonly inDoubt: InDoubt
}

const contactOf = ({ contacts }: CaseWithContacts, id: string): OpenContact | undefined =>
  contacts.find((contact) => contact.id === id)

const contactFacts = (deps: FactDeps, of: CaseWithContacts, contact: OpenContact): ContactFacts => {
  const domain = mailDomainOf(deps.factTools, contact, of)
  return {
    id: contact.id,
    channel: contact.kind === 'phone' ? 'sms' : 'email',
    origin: 'on_file',
    changedAt: contact.lastChangedAt.getTime(),
    masked: contact.masked,
    lineType: contact.lineType,
    domain,
    ...(isOwnMailbox(contact, domain, of) ? { isOwnMailbox: true } : {}),
    ...(of.inDoubt(contact) ? { isInDoubt: true } : {}),
  }
}

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

const journeysOf = ({ calendar }: PersonHistory, at: number): readonly string[] =>
  calendar === null ? [] : calendarOf(calendar, at).travelCountries

const changers = {
  participant: 'participant',
  help_desk: 'help_desk',
  directory: 'system',
  hr: 'system',
} as const

const personaFacts = (
  deps: FactDeps,
  of: CaseWithContacts,
  contact: OpenContact | undefined,
  at: number,
): Omit<PersonaFacts, keyof FurtherFacts> => {
  const { mfaChangedAt, attempts, reports, liftedReports } = of
  const reported = (isLifted: boolean) => (at: Date) => ({ at: at.getTime(), isLifted })
  return {
    account: { state: of.accountState === 'locked' ? 'active' : of.accountState, since: null },
    contactChanges: contactChanges(of, at),
    mfaEvents: mfaChangedAt === null ? [] : [{ kind: 'reset', at: mfaChangedAt.getTime() }],
    attempts,
    contact: contact === undefined ? null : contactFacts(deps, of, contact),
    hours: hoursOf(of, at),
    usualTimes: usualTimesOf(of),
    habits: openHabits(deps.keys, of.tenantId, of.personId, of.habits),
    reports: [...reports.map(reported(false)), ...liftedReports.map(reported(true))],
  }
}

/** By the names that answers carry as facts. */
export const usualTimesOf = ({ answerTimes }: Pick<RiskRows, 'answerTimes'>): PersonaFacts['usualTimes'] =>
  Object.fromEntries(
    Object.entries(answerTimes ?? {}).map(([family, { low, high }]) => [
      familyName(family),
      { low: low / 10, high: high / 10 },
    ]),
  )

const contactChanges = (
  { contacts, managerSince }: CaseWithContacts,
  at: number,
): PersonaFacts['contactChanges'] => {
  const since = at - 14 * dayMs
  const changes = contacts
    .filter((contact) => contact.lastChangedAt.getTime() > since)
    .map((contact) => ({
      field: contact.kind,
      at: contact.lastChangedAt.getTime(),
      by: contact.changedBy === null ? null : changers[contact.changedBy],
    }))
  if (managerSince === null || managerSince.getTime() <= since) return changes
  return [...changes, { field: 'manager', at: managerSince.getTime(), by: null }]
}

/** The participant's local hour against past sign-ins; null where zone or history is unknown. */
const hoursOf = (
  { timeZone, signIns, settings, department }: RiskRows,
  at: number,
): PersonaFacts['hours'] => {
  if (timeZone === null) return null
  const histogram = Array.from({ length: 24 }, (_, hour) =>
    signIns.filter((row) => row.hour === hour).reduce((sum, row) => sum + row.n, 0),
  )
  if (histogram.every((count) => count === 0)) return null
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    hourCycle: 'h23',
  })
  const hour = Number(format.format(at))
  return { hour, histogram, isOnShift: isOnShift(settings.shifts, department, hour) }
}

/** The starters of a case, as facts name them. */
export const starters = { agent: 'agent', self_service: 'self_service', api_client: 'api' } as const

/** Where a passkey of the participant counts, and the answer to the request. */
const passkeyFacts = async (
  tx: Tx,
  verificationId: string,
  personId: string,
): Promise<Pick<PossessionFacts, 'passkey'>> => {
  const facts = await readPasskeyFacts(tx, verificationId, personId)
  if (facts === undefined) return {}
  const { isGivenUp, proven } = facts
  if (proven === null) return { passkey: { isGivenUp, proven } }
  const { name, enrolledAt, at } = proven
  return { passkey: { isGivenUp, proven: { name, enrolledAt: enrolledAt.getTime(), at: at.getTime() } } }
}

/** Where the organisation's provider knows the participant, and the answer to the request. */
const signInFacts = async (
  tx: Tx,
  verificationId: string,
  personId: string,
): Promise<Pick<PossessionFacts, 'providerSignIn'>> => {
  const facts = await readSignInFacts(tx, verificationId, personId)
  if (facts === undefined) return {}
  const { isGivenUp, isWeak, otherAccountAt, proven } = facts
  return {
    providerSignIn: {
      ...{ isGivenUp, isWeak, foreignAt: otherAccountAt?.getTime() ?? null },
      proven: proven === null ? null : { ...proven, at: proven.at.getTime() },
    },
  }
}

/** Where the case asked for a push, and the answer. */
const pushFacts = async (tx: Tx, verificationId: string): Promise<Pick<PossessionFacts, 'push'>> => {
  const facts = await readPushFacts(tx, verificationId)
  if (facts === undefined) return {}
  const { provenAt, deniedAt, isGivenUp } = facts
  const at = (date: Date | null): number | null => date?.getTime() ?? null
  return { push: { provenAt: at(provenAt), deniedAt: at(deniedAt), isGivenUp } }
}

/** Where the case asked for a code of a printed sheet, and the answer. */
const sheetFacts = async (
  tx: Tx,
  verificationId: string,
): Promise<Pick<PossessionFacts, 'recoverySheet'>> => {
  const facts = await readSheetFacts(tx, verificationId)
  if (facts === undefined) return {}
  const { isGivenUp, proven } = facts
  if (proven === null) return { recoverySheet: { isGivenUp, proven } }
  return { recoverySheet: { isGivenUp, proven: { left: proven.left, madeAt: proven.madeAt.getTime() } } }
}

const possessionFacts = (deps: FactDeps, of: CaseWithContacts): Omit<PossessionFacts, 'approvers'> => ({
  startedBy: starters[of.referrerKind],
  matchCode: of.matchCode,
  returned: of.returned.flatMap(({ kind, at, contactId }) => {
    // A contact that was removed since is no evidence any more (C12).
    const contact = contactOf(of, contactId)
    return contact === undefined ? [] : [{ kind, at: at.getTime(), contact: contactFacts(deps, of, contact) }]
  }),
})
