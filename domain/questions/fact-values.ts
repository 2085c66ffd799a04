import { cleanText } from '../person.ts'
import { isSensitive } from './sensitive.ts'
import { lastMonday, monthIndex, monthValue } from './moments.ts'
import type { OptionLabel, QuestionFamily, SignInChange, TextTools } from './plan.ts'
import type {
  CalendarFacts,
  DirectoryFacts,
  GroupFact,
  ParticipantFacts,
  TeamMember,
} from './participant-facts.ts'

/** One fact of one person, as the whole tenant is counted: the base of cells and of top guesses. */
export type FactRow = {
  readonly personId: string
  readonly family: QuestionFamily
  readonly value: string
  readonly label: OptionLabel
  /** Country or language band of the value. */
  readonly band?: string
  /** Organisational unit of the person. */
  readonly unit?: string
}

type Value = Pick<FactRow, 'family' | 'value' | 'label' | 'band'>

/** Invisible letters must not set one option apart from another, nor turn the page around (K6). */
const text = (shown: string): OptionLabel => ({ kind: 'text', text: cleanText(shown) })

/** Characters of an asset tag that are asked for. */
export const tagCharacters = 4

/** The last characters of an asset tag, letters and digits only; null when there are too few. */
export const tagEnd = (tag: string | null): string | null => {
  const plain = (tag ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '')
  return plain.length < tagCharacters ? null : plain.slice(-tagCharacters)
}

const byWords = (a: string, b: string): number => (a < b ? -1 : 1)

/**
 * The one person of a team whose name stands in a list: who has reported to its manager for longest, so that nobody who
 * joins changes the list. Everybody else of the team is asked about that one (Q3: cells of teams).
 */
export const teamFace = (team: readonly TeamMember[]): TeamMember | undefined =>
  [...team].sort((a, b) => (a.since ?? 0) - (b.since ?? 0) || byWords(a.id, b.id))[0]

/** Fewer would say too much about each. */
const smallestTeam = 4

/** The team's face, for those who are asked about it: not the face, and not in a team of three. */
export const faceFor = (personId: string, { team }: DirectoryFacts): TeamMember | undefined => {
  const face = team.length < smallestTeam ? undefined : teamFace(team)
  return face?.id === personId ? undefined : face
}

const directoryValues = ({ participantId, directory }: ParticipantFacts): readonly Value[] => {
  if (directory === null) return []
  const { manager, office } = directory
  const face = faceFor(participantId, directory)
  const values: Value[] = []
  if (manager) values.push({ family: 'manager', value: manager.id, label: text(manager.name) })
  if (face) values.push({ family: 'team_mate', value: face.id, label: text(face.name) })
  if (office) {
    const band = office.country === null ? {} : { band: office.country }
    values.push({ family: 'office', value: office.name, label: text(office.name), ...band })
  }
  return values
}

const startValues = ({ hr }: ParticipantFacts): readonly Value[] => {
  if (hr === null) return []
  const start = monthValue(hr.startYear, hr.startMonth)
  return [{ family: 'start_month', value: start, label: text(start) }]
}

const deviceValues = ({ inventory }: ParticipantFacts): readonly Value[] => {
  if (inventory === null) return []
  const models = new Set(inventory.devices.map((device) => device.model))
  return [
    ...[...models].map((model): Value => ({ family: 'device_model', value: model, label: text(model) })),
    ...inventory.devices.flatMap((device): readonly Value[] => {
      const end = tagEnd(device.assetTag)
      return end === null ? [] : [{ family: 'asset_tag', value: end, label: text(end) }]
    }),
  ]
}

type Ascii = Pick<TextTools, 'toAscii'>

/** True if the words may be in no option. */
export const isSensitiveText = (words: string, tools: Ascii): boolean =>
  isSensitive(tools.toAscii(words).toLowerCase())

const ticketValues = ({ tickets }: ParticipantFacts, tools: Ascii): readonly Value[] => {
  const last = tickets === null ? null : tickets.last
  if (last === null || isSensitiveText(last.category, tools)) return []
  return [{ family: 'ticket_category', value: last.category, label: text(last.category) }]
}

/** True if a group may be asked about at all: no security group, nothing that names a project, no sensitive words. */
export const isAskableGroup = (group: GroupFact, tools: Ascii): boolean =>
  group.kind === 'list' && !isSensitiveText(group.name, tools)

const groupValues = ({ groups }: ParticipantFacts, tools: Ascii): readonly Value[] =>
  (groups?.groups ?? [])
    .filter((group) => isAskableGroup(group, tools))
    .map((group) => ({ family: 'group', value: group.id, label: text(group.name) }))

/** Attendees of the weekly meeting that is asked about, the participant included (Q8). */
const attendees = { least: 5, most: 10 }

/** "1-09": Monday at nine. */
export const slotValue = (weekday: number, hour: number): string =>
  `${weekday}-${String(hour).padStart(2, '0')}`

/** The slots of the weekly meetings of five to ten people. */
export const slotsOf = ({ weekly }: CalendarFacts): readonly CalendarFacts['weekly'][number][] =>
  weekly.filter((event) => event.attendees >= attendees.least && event.attendees <= attendees.most)

/** The one working day of last week without meetings; null when there is none, or more than one. */
export const freeWeekday = ({ week }: CalendarFacts, now: number): number | null => {
  if (week === null || week.startsAt !== lastMonday(now)) return null
  const free = [1, 2, 3, 4, 5].filter((weekday) => !week.busy.includes(weekday))
  const [only, ...others] = free
  return only === undefined || others.length > 0 ? null : only
}

/** Least attendees of a meeting that is asked about (Q9). */
const leastAttendees = 3

/** Meetings that count for Q9: taken part in, with others, and somebody else's. */
export const meetingsOf = ({
  participantId,
  calendar,
}: Pick<ParticipantFacts, 'participantId'> & {
  readonly calendar: CalendarFacts
}): readonly CalendarFacts['joined'][number][] =>
  calendar.joined.filter(
    (meeting) =>
      meeting.isAccepted &&
      !meeting.isCancelled &&
      meeting.attendees >= leastAttendees &&
      meeting.organiserId !== participantId,
  )

const calendarValues = ({ participantId, calendar }: ParticipantFacts): readonly Value[] => {
  if (calendar === null) return []
  const free = freeWeekday(calendar, calendar.asOf)
  const organisers = new Map(
    meetingsOf({ participantId, calendar }).map((meeting) => [meeting.organiserId, meeting.organiserName]),
  )
  return [
    ...slotsOf(calendar).map(({ weekday, hour }): Value => ({
      family: 'meeting_slot',
      value: slotValue(weekday, hour),
      label: { kind: 'slot', weekday, hour },
    })),
    ...(free === null ? [] : [weekdayValue(free)]),
    ...[...organisers].map(([id, name]): Value => ({
      family: 'meeting_organiser',
      value: id,
      label: text(name),
    })),
  ]
}

const weekdayValue = (weekday: number): Value => ({
  family: 'free_weekday',
  value: String(weekday),
  label: { kind: 'weekday', weekday },
})

/** "password 2026-08". */
export const changeValue = (what: SignInChange, month: number): string =>
  `${what} ${monthValue(Math.floor(month / 12), (month % 12) + 1)}`

const signInValues = ({ signIn }: ParticipantFacts): readonly Value[] => {
  if (signIn === null) return []
  const valueAt = (what: SignInChange, at: number | null): readonly Value[] => {
    if (at === null) return []
    const value = changeValue(what, monthIndex(at))
    return [{ family: 'sign_in_change', value, label: text(value) }]
  }
  return [
    ...valueAt('password', signIn.passwordChangedAt),
    ...valueAt('second_step', signIn.secondStepChangedAt),
  ]
}

/** A person's facts as rows, for counting and cutting. Sensitive words are left out here already. */
export const factRowsOf = (facts: ParticipantFacts, tools: Ascii): readonly FactRow[] => {
  const unit = facts.directory?.unit ?? null
  const ofUnit = unit === null ? {} : { unit }
  return [
    ...directoryValues(facts),
    ...startValues(facts),
    ...groupValues(facts, tools),
    ...signInValues(facts),
    ...calendarValues(facts),
    ...deviceValues(facts),
    ...ticketValues(facts, tools),
  ].map((value) => ({ personId: facts.participantId, ...value, ...ofUnit }))
}
