/** From rows of `people` and `facts` to what the questions' domain reads; see question-facts.ts for the form of a row. */
import type {
  CalendarFacts,
  DeviceFact,
  DirectoryFacts,
  GroupFact,
  ParticipantFacts,
  TeamMember,
} from '#domain/questions/participant-facts.ts'
import type { Person } from '../people/people.ts'

/** Questions are made of these columns of a person's own row. */
export type FactPerson = Pick<
  Person,
  | 'id'
  | 'managerId'
  | 'managerName'
  | 'hiredOn'
  | 'refreshedAt'
  | 'name'
  | 'office'
  | 'country'
  | 'department'
  | 'passwordChangedAt'
  | 'mfaChangedAt'
  | 'timeZone'
> & { readonly managerRomanised: string | null }

/** A fact that is true now. */
export type FactRow = {
  readonly personId: string
  readonly family: string
  readonly value: string
  readonly validFrom: Date | null
  readonly readAt: Date
}

/** The facts of a person about other people. */
export type Around = {
  readonly team: readonly TeamMember[]
  /** Since when the person reports to the manager. */
  readonly since: number | null
  /** The name of an active person. */
  readonly nameOf: (personId: string) => string | undefined
}

const dayMs = 24 * 3600 * 1000

/** The facts of one person, as the domain reads them. */
export const factsOf = (person: FactPerson, facts: readonly FactRow[], around: Around): ParticipantFacts => ({
  participantId: person.id,
  tenureDays: person.hiredOn === null ? null : (Date.now() - Date.parse(person.hiredOn)) / dayMs,
  directory: directoryOf(person, facts, around),
  hr: hrOf(facts),
  inventory: inventoryOf(facts),
  tickets: ticketsOf(facts),
  groups: groupsOf(facts),
  calendar: calendarOf(person, facts, around),
  signIn: signInOf(person, facts),
})

const rowsOf = (facts: readonly FactRow[], family: string): readonly FactRow[] =>
  facts.filter((row) => row.family === family)

/** When a source was read last. */
const readAt = (rows: readonly FactRow[]): number => Math.max(...rows.map((row) => row.readAt.getTime()))

/**
 * The rows of the source's last reading. A row that it no longer says, or that was not read again within a day of it,
 * is not true now, however fresh the others are.
 */
const lately = (rows: readonly FactRow[]): readonly FactRow[] => {
  const newest = readAt(rows)
  return rows.filter((row) => newest - row.readAt.getTime() < dayMs)
}

const momentOf = (row: FactRow): number => (row.validFrom ?? row.readAt).getTime()

const officeOf = (person: FactPerson, facts: readonly FactRow[]): DirectoryFacts['office'] => {
  const building = rowsOf(facts, 'office')[0]
  if (building !== undefined) {
    const { name, country } = JSON.parse(building.value) as { name: string; country: string | null }
    return { name, country, asOf: building.readAt.getTime() }
  }
  return person.office === null ? null : { name: person.office, country: person.country }
}

const directoryOf = (
  person: FactPerson,
  facts: readonly FactRow[],
  { team, since }: Around,
): DirectoryFacts => {
  const { managerId, managerName, managerRomanised } = person
  const manager =
    managerId === null || managerName === null
      ? null
      : {
          id: managerId,
          name: managerName,
          otherSpellings: managerRomanised === null ? [] : [managerRomanised],
          since,
        }
  return {
    asOf: person.refreshedAt.getTime(),
    manager,
    isExecutive: managerId === null,
    team,
    office: officeOf(person, facts),
    unit: person.department,
  }
}

const hrOf = (facts: readonly FactRow[]): ParticipantFacts['hr'] => {
  const fact = rowsOf(facts, 'start_date')[0]
  const [year, month] = (fact?.value ?? '').split('-').map(Number)
  if (fact === undefined || !year || !month) return null
  const isByMerger = rowsOf(facts, 'merged').some(({ value }) => value === 'yes')
  return { asOf: fact.readAt.getTime(), startYear: year, startMonth: month, isByMerger }
}

const inventoryOf = (facts: readonly FactRow[]): ParticipantFacts['inventory'] => {
  const rows = lately(rowsOf(facts, 'device'))
  if (rows.length === 0) return null
  const devices = rows.map((row): DeviceFact => {
    const device = JSON.parse(row.value) as Omit<DeviceFact, 'seenAt'>
    return { ...device, seenAt: momentOf(row) }
  })
  return { asOf: readAt(rows), devices }
}

type Ticket = NonNullable<NonNullable<ParticipantFacts['tickets']>['last']>

const ticketsOf = (facts: readonly FactRow[]): ParticipantFacts['tickets'] => {
  const rows = lately(rowsOf(facts, 'ticket'))
  const last = rows.toSorted((a, b) => (b.validFrom?.getTime() ?? 0) - (a.validFrom?.getTime() ?? 0))[0]
  if (last === undefined) return null
  const ticket = JSON.parse(last.value) as Omit<Ticket, 'openedAt'>
  return { asOf: last.readAt.getTime(), last: { ...ticket, openedAt: momentOf(last) } }
}

const groupsOf = (facts: readonly FactRow[]): ParticipantFacts['groups'] => {
  const rows = lately(rowsOf(facts, 'group'))
  if (rows.length === 0) return null
  const groups = rows.map((row): GroupFact => {
    const group = JSON.parse(row.value) as Omit<GroupFact, 'activeAt'>
    return { ...group, activeAt: momentOf(row) }
  })
  return { asOf: readAt(rows), groups }
}

type JoinedValue = {
  readonly id: string
  readonly organiser: string
  readonly attendees: number
  readonly accepted: boolean
  readonly cancelled: boolean
}

const joinedOf = (rows: readonly FactRow[], { nameOf }: Around): CalendarFacts['joined'] =>
  rows.flatMap((row) => {
    const meeting = JSON.parse(row.value) as JoinedValue
    const organiserName = nameOf(meeting.organiser)
    if (organiserName === undefined) return []
    return [
      {
        id: meeting.id,
        organiserId: meeting.organiser,
        organiserName,
        attendees: meeting.attendees,
        isAccepted: meeting.accepted,
        isCancelled: meeting.cancelled,
        at: momentOf(row),
      },
    ]
  })

const calendarOf = (
  { timeZone }: FactPerson,
  facts: readonly FactRow[],
  around: Around,
): ParticipantFacts['calendar'] => {
  const parts = ['weekly', 'joined', 'busy_days'] as const
  const all = lately(parts.flatMap((family) => rowsOf(facts, family)))
  const [weekly, joined, busy] = parts.map((family) => rowsOf(all, family)) as [
    readonly FactRow[],
    readonly FactRow[],
    readonly FactRow[],
  ]
  if (all.length === 0) return null
  const week = busy.toSorted((a, b) => momentOf(b) - momentOf(a))[0]
  return {
    asOf: readAt(all),
    timeZone,
    weekly: weekly.map((row) => JSON.parse(row.value) as CalendarFacts['weekly'][number]),
    joined: joinedOf(joined, around),
    week:
      week === undefined
        ? null
        : {
            startsAt: momentOf(week),
            busy: (JSON.parse(week.value) as { weekdays: readonly number[] }).weekdays,
          },
  }
}

/** From the identity provider's own rows, else from what the directory says of the account. */
const signInOf = (person: FactPerson, facts: readonly FactRow[]): ParticipantFacts['signIn'] => {
  const row = rowsOf(facts, 'sign_in')[0]
  if (row === undefined) {
    return {
      asOf: person.refreshedAt.getTime(),
      passwordChangedAt: person.passwordChangedAt?.getTime() ?? null,
      secondStepChangedAt: person.mfaChangedAt?.getTime() ?? null,
    }
  }
  const changed = JSON.parse(row.value) as { password: string | null; secondStep: string | null }
  const at = (day: string | null): number | null => (day === null ? null : Date.parse(day))
  return {
    asOf: row.readAt.getTime(),
    passwordChangedAt: at(changed.password),
    secondStepChangedAt: at(changed.secondStep),
  }
}
