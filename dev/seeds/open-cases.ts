import type { Channel, Purpose } from '#domain/verification/verification.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { type DemoPerson, demoPeople } from './answers.ts'
import { type Chart, charts, northwind } from './charts.ts'
import { contactsOf } from './contacts.ts'
import { everCalls } from './history/cases.ts'
import { officeOf } from './offices.ts'
import { peopleOf, seedId, type SeedPerson, tenantIdOf } from './people.ts'

/** A verification that the stack may start, as an agent would: open cases of a demo are real workflows. */
export type OpenCase = {
  readonly tenantId: string
  readonly staffId: string
  readonly personId: string
  readonly contactId: string
  readonly channel: Channel
  readonly purpose: Purpose
  readonly ticket: string
}

/** Two or three of each organisation, of people outside the help desk's own circle. */
export const openCases = (): readonly OpenCase[] => charts.flatMap(openCasesOf)

/**
 * A verification that the stack may play until a member of staff has to act: by the pages of console and portal, as agent and
 * participant do. `until`: what the participant waits for then.
 */
export type PlayedCase = Pick<OpenCase, 'tenantId' | 'purpose' | 'ticket'> & {
  readonly organisation: Chart['slug']
  readonly agentLogin: string
  readonly supervisorLogin: string
  readonly person: DemoPerson
  /** IANA zone of the participant's office. */
  readonly timeZone: string
  readonly until: 'first_approval' | 'decision' | 'scheduled'
}

/** One case of each kind of waiting, of people who have two settled contacts and were not asked anything lately. */
export const playedCases = (): readonly PlayedCase[] => {
  const chart = northwind
  const people = peopleOf(chart)
  const agents = people.filter(({ desk }) => desk?.role === 'agent')
  const supervisorLogin = people.find(({ desk }) => desk?.role === 'supervisor')?.login ?? ''
  const settled = settledPeople(chart, people)
  const [privileged] = demoPeople(chart.slug, 'privileged').filter(({ login }) => settled.has(login))
  // From the end, since the cases above take theirs from the beginning.
  const standard = demoPeople(chart.slug).filter(({ login }) => settled.has(login))
  const of = [
    { person: privileged, purpose: 'password_reset', until: 'first_approval' },
    { person: standard.at(-1), purpose: 'mfa_reset', until: 'decision' },
    { person: standard.at(-2), purpose: 'mfa_reset', until: 'scheduled' },
  ] as const
  return of.flatMap(({ person, ...one }, index) => {
    const agentLogin = agents[index + 1]?.login
    const timeZone = person && settled.get(person.login)
    if (person === undefined || agentLogin === undefined || timeZone === undefined) return []
    const ticket = `INC-${String(60_010 + index)}`
    const tenantId = tenantIdOf(chart)
    return [
      { ...one, tenantId, organisation: chart.slug, agentLogin, supervisorLogin, person, timeZone, ticket },
    ]
  })
}

/** Days for which a contact must be as it is, so that no policy doubts it. */
const settledDays = 7

/** Logins of people who may bring two kinds of evidence, with the zone of their office. */
const settledPeople = (chart: Chart, people: readonly SeedPerson[]): ReadonlyMap<string, string> => {
  const contacts = contactsOf(chart, people)
  const isSettled = (person: SeedPerson): boolean => {
    const own = contacts.filter(({ personId }) => personId === person.id)
    const labels = own
      .filter(({ lineType }) => lineType !== 'voip' && lineType !== 'fixed')
      .map(({ label }) => label)
    const isOld = own.every(({ changedDaysAgo }) => changedDaysAgo > settledDays)
    return isOld && labels.includes('mobile') && labels.includes('work') && person.hiredDaysAgo > 365
  }
  return new Map(
    people
      .filter((person) => person.level === 'member' && !everCalls(chart, person) && isSettled(person))
      .map(({ login, office }) => [login, officeOf(office).timeZone]),
  )
}

/** True if a case was opened before: its ticket is used once in a demo. */
export const wasOpened = async (tx: Tx, { ticket }: Pick<OpenCase, 'ticket'>): Promise<boolean> =>
  (
    await tx.query('select from verifications where tenant_id = $1 and ticket collate "C" = $2 limit 1', [
      tx.tenantId,
      ticket,
    ])
  ).length > 0

const openCasesOf = (chart: Chart): readonly OpenCase[] => {
  const people = peopleOf(chart)
  const contacts = contactsOf(chart, people)
  const agents = people.filter(({ desk }) => desk?.role === 'agent')
  const called = people.filter(
    ({ level, tier, accountState, department }) =>
      level === 'member' && tier === 'standard' && accountState === 'active' && department !== 'Technology',
  )
  return agents.slice(0, 3).flatMap((agent, index) => {
    const person = called[index * 11]
    const contact = contacts.find((one) => one.personId === person?.id && one.label === 'work')
    if (person === undefined || contact === undefined) return []
    return [
      {
        tenantId: tenantIdOf(chart),
        staffId: seedId(chart, 'staff', agent.login),
        personId: person.id,
        contactId: contact.id,
        channel: contact.kind === 'phone' ? ('sms' as const) : ('email' as const),
        purpose: index === 2 ? ('identity_check' as const) : ('password_reset' as const),
        ticket: `INC-${String(60_000 + index)}`,
      },
    ]
  })
}
