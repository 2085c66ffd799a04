import { languages } from '../languages.ts'
import {
  familyDefinitions,
  importKinds,
  questionFamilies,
  type ImportKind,
  type QuestionFamily,
  type QuestionSource,
} from './definitions.ts'

export { importKinds, type ImportKind } from './definitions.ts'

/** The form of a cell; the console has a sentence for each. */
export type CellForm =
  | 'person'
  | 'text'
  | 'id'
  | 'day'
  | 'moment'
  | 'yes_no'
  | 'country'
  | 'device_kind'
  | 'group_kind'
  | 'weekday'
  | 'weekdays'
  | 'hour'
  | 'count'
  | 'network'
  | 'times'

/** One column: a missing cell is an error where it is required. */
export type ImportColumn = { readonly name: string; readonly form: CellForm; readonly isRequired: boolean }

/** A kind as people see it; one that feeds no question is for the silent checks. `facts`: the families of stored facts that it says; the first is the one that is counted. */
export type ImportForm = {
  readonly source: QuestionSource
  readonly feeds: readonly QuestionFamily[]
  readonly facts: readonly [string, ...string[]]
  readonly columns: readonly ImportColumn[]
}

const isFedBy = (family: QuestionFamily, kind: ImportKind): boolean =>
  familyDefinitions[family].fedBy.some((fed) => fed === kind)

const must = (name: string, form: CellForm): ImportColumn => ({ name, form, isRequired: true })
const can = (name: string, form: CellForm): ImportColumn => ({ name, form, isRequired: false })
const person = must('person', 'person')
/** The name of a value in each language, where the source has one. */
const named = (column: string): readonly ImportColumn[] =>
  languages.map((language) => can(`${column}_${language}`, 'text'))

/**
 * The columns of the files (docs/questions.md says what each family needs). Only the directory says who a person's manager
 * is, since that also decides who may handle and vouch for whom (D1, D7): a file only says since when.
 */
const forms: Readonly<Record<ImportKind, Omit<ImportForm, 'feeds'>>> = {
  managers: {
    source: 'directory',
    facts: ['manager'],
    columns: [person, must('manager', 'person'), must('since', 'day')],
  },
  offices: {
    source: 'directory',
    facts: ['office'],
    columns: [person, must('office', 'text'), can('country', 'country')],
  },
  start_dates: {
    source: 'hr',
    facts: ['start_date', 'merged'],
    columns: [person, must('start_date', 'day'), can('by_merger', 'yes_no')],
  },
  groups: {
    source: 'groups',
    facts: ['group'],
    columns: [
      person,
      must('group_id', 'id'),
      must('name', 'text'),
      ...named('name'),
      must('kind', 'group_kind'),
      must('last_active', 'moment'),
    ],
  },
  weekly_meetings: {
    source: 'calendar',
    facts: ['weekly'],
    columns: [
      person,
      must('meeting_id', 'id'),
      must('weekday', 'weekday'),
      must('hour', 'hour'),
      must('attendees', 'count'),
    ],
  },
  meetings: {
    source: 'calendar',
    facts: ['joined'],
    columns: [
      person,
      must('meeting_id', 'id'),
      must('organiser', 'person'),
      must('held', 'moment'),
      must('attendees', 'count'),
      must('accepted', 'yes_no'),
      can('cancelled', 'yes_no'),
    ],
  },
  busy_days: {
    source: 'calendar',
    facts: ['busy_days'],
    columns: [person, must('week_of', 'day'), can('weekdays', 'weekdays')],
  },
  sign_ins: {
    source: 'sign_ins',
    facts: ['sign_in'],
    columns: [person, can('password_changed', 'day'), can('second_step_changed', 'day')],
  },
  networks: {
    source: 'sign_ins',
    facts: ['network'],
    columns: [
      person,
      must('network', 'network'),
      can('country', 'country'),
      must('sign_ins', 'times'),
      must('last_seen', 'moment'),
    ],
  },
  devices: {
    source: 'inventory',
    facts: ['device'],
    columns: [
      person,
      must('device_id', 'id'),
      must('kind', 'device_kind'),
      must('model', 'text'),
      can('asset_tag', 'id'),
      must('last_seen', 'moment'),
    ],
  },
  tickets: {
    source: 'tickets',
    facts: ['ticket'],
    columns: [
      person,
      must('ticket_id', 'id'),
      must('category', 'text'),
      ...named('category'),
      must('opened', 'moment'),
    ],
  },
}

/** The same with the families that each kind feeds, as these say it. */
export const importForms = Object.fromEntries(
  importKinds.map((kind) => [
    kind,
    { ...forms[kind], feeds: questionFamilies.filter((family) => isFedBy(family, kind)) },
  ]),
) as unknown as Readonly<Record<ImportKind, ImportForm>>

/** The limits of one file (H9), and the number of faults that a report names. */
export const importLimits = {
  bytes: 32 * 1024 * 1024,
  rows: 250_000,
  problems: 1_000,
  /** Longest text that may be an option, in characters; longest id. */
  text: 80,
  id: 200,
  /** Imports of one tenant that are not over. */
  open: 10,
  /** Hours after which a file that nobody confirmed is thrown away. */
  hours: 24,
} as const

/** Leaving out more than this share of what is known has to be confirmed, unless it is only a few. */
export const dropToConfirm = { share: 0.2, atLeast: 10 } as const

/** True if an import that takes away so many of so many facts needs a second look. */
export const needsDropConfirmed = (gone: number, known: number): boolean =>
  gone >= dropToConfirm.atLeast && gone > known * dropToConfirm.share

/** States of an import; the last four are its end. */
export const importStates = [
  'uploading',
  'uploaded',
  'checked',
  'confirmed',
  'refused',
  'imported',
  'cancelled',
  'expired',
] as const

/** One state. */
export type ImportState = (typeof importStates)[number]

/** The faults of a row or a file; the console has a sentence for each. */
export const importProblemCodes = [
  'required',
  'too_long',
  'hidden_characters',
  'not_a_day',
  'not_a_moment',
  'in_future',
  'not_yes_or_no',
  'not_a_country',
  'not_a_choice',
  'not_a_number',
  'not_weekdays',
  'not_a_monday',
  'not_a_value',
  'unknown_column',
  'repeated_column',
  'missing_column',
  'no_header',
  'too_few_cells',
  'too_many_cells',
  'conflicting_rows',
  'unknown_person',
  'ambiguous_person',
  'empty_file',
  'no_rows',
  'not_utf8',
  'utf16_without_mark',
  'workbook',
  'broken_quotes',
  'row_too_long',
  'not_json',
  'not_an_array',
  'too_many_rows',
  'too_many_bytes',
  'changed_meanwhile',
] as const

/** One of them. */
export type ImportProblemCode = (typeof importProblemCodes)[number]

/** The place of a fault. Never the value found there: a report holds no personal data. */
export type ImportProblem = {
  /** Line of a CSV file, place in a JSON list, from 1; null for the file as a whole. */
  readonly line: number | null
  /** Name of a column of ours, or "#4" for the fourth of the file. */
  readonly column: string | null
  readonly code: ImportProblemCode
}

/** True if a problem only leaves its row out, where the import is not strict. */
export const leavesOut = (code: ImportProblemCode): boolean =>
  code === 'unknown_person' || code === 'ambiguous_person'
