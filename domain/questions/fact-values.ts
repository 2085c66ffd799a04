import { cleanText } from '../person.ts'
import { isSensitive } from './sensitive.ts'
import { lastMonday, monthValue } from './moments.ts'
import type { Names, OptionLabel, QuestionFamily, SignInChange, TextTools } from './plan.ts'
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

/** One fact that counts, of the family that says it. */
export type Value = Pick<FactRow, 'value' | 'label' | 'band'>

/** Invisible letters must not set one option apart from another, nor turn the page around (K6). */
export const text = (shown: string, names: Names = {}): OptionLabel => {
  const clean = Object.entries(names).map(([language, name]) => [language, cleanText(name)])
  const all = clean.length === 0 ? {} : { names: Object.fromEntries(clean) as Names }
  return { kind: 'text', text: cleanText(shown), ...all }
}

/** Characters of an asset tag that are asked for. */
export const tagCharacters = 4

/** The last characters of an asset tag, letters and digits only; null when there are too few. */
export const tagEnd = (tag: string | null): string | null => {
  const plain = (tag ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '')
  return plain.length < tagCharacters ? null : plain.slice(-tagCharacters)
}

const byWords = (a: string, b: string): number => (a < b ? -1 : 1)

/**
 * The member of a team whose name the list shows: the one who has reported to its manager for longest, so that nobody who
 * joins changes the list. Everybody else of the team is asked about this person (Q3: cells of teams).
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

/** The tools that look words through. */
export type Ascii = Pick<TextTools, 'toAscii'>

/** True if the words, or their names in another language, may be in no option. */
export const isSensitiveText = (words: string, tools: Ascii, names: Names = {}): boolean =>
  [words, ...Object.values(names)].some((one) => isSensitive(tools.toAscii(one).toLowerCase()))

/** True if a group may be asked about at all: its source says that it is about work, and no sensitive word names it. */
export const isAskableGroup = (group: GroupFact, tools: Ascii): boolean =>
  group.kind === 'work' && !isSensitiveText(group.name, tools, group.names)

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

/** Meetings that count for Q9: the participant took part, others did too, and another person called them. */
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

/** "password 2026-08". */
export const changeValue = (what: SignInChange, month: number): string =>
  `${what} ${monthValue(Math.floor(month / 12), (month % 12) + 1)}`
