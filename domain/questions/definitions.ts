/** The question families, what they ask about and where that comes from. */

/** Kinds of files that can be imported, in the order of the page. */
export const importKinds = [
  'managers',
  'offices',
  'start_dates',
  'groups',
  'weekly_meetings',
  'meetings',
  'busy_days',
  'sign_ins',
  'networks',
  'devices',
  'tickets',
] as const

/** One kind. */
export type ImportKind = (typeof importKinds)[number]

/** All sources, in the order in which people look for them. */
export const questionSources = [
  'directory',
  'hr',
  'groups',
  'calendar',
  'sign_ins',
  'inventory',
  'tickets',
] as const

/** Where a family's facts come from. A set needs two of them. */
export type QuestionSource = (typeof questionSources)[number]

/** The ease with which a stranger finds the fact: p_osint >= .3, .1 to .29, < .1. */
export type Exposure = 'public' | 'internal' | 'private'

/** The kind of device that a question is about; the portal has a word for each. */
export const deviceKinds = ['laptop', 'desktop', 'other'] as const
export type DeviceKind = (typeof deviceKinds)[number]

/** Which part of signing in was changed; the portal has words for each. */
export const signInChanges = ['password', 'second_step'] as const
export type SignInChange = (typeof signInChanges)[number]

/** The slots that a sentence may have. */
type Slots = {
  readonly device: DeviceKind
  readonly what: SignInChange
  readonly characters: number
  /** IANA time zone in which hours are meant; null where nobody says. */
  readonly zone: string | null
}

type Definition = {
  /** Where the fact comes from, and how exposed it is. Every instance says the same (a test holds both). */
  readonly source: QuestionSource
  readonly exposure: Exposure
  /** True if a fresh policy asks it. */
  readonly isOn: boolean
  /** Files that feed it (import-kinds.ts). */
  readonly fedBy: readonly ImportKind[]
  /** Its sentences by key, with their slots; the words are in `domain/words/`. */
  readonly sentences: Readonly<Record<`question.${string}`, readonly (keyof Slots)[]>>
}

/** The question families of this release, in the fixed order of asking. When each is asked, and how: `families/`. */
export const familyDefinitions = {
  manager: {
    source: 'directory',
    exposure: 'public',
    isOn: true,
    fedBy: ['managers'],
    sentences: { 'question.manager.choice': [], 'question.manager.typed': [] },
  },
  team_mate: {
    source: 'directory',
    exposure: 'public',
    isOn: true,
    fedBy: ['managers'],
    sentences: { 'question.team_mate.choice': [] },
  },
  office: {
    source: 'directory',
    exposure: 'public',
    isOn: true,
    fedBy: ['offices'],
    sentences: { 'question.office.choice': [] },
  },
  start_month: {
    source: 'hr',
    exposure: 'public',
    isOn: true,
    fedBy: ['start_dates'],
    sentences: {
      'question.start_month.choice': [],
      'question.start_month.typed': [],
      'question.start_month.year': [],
    },
  },
  group: {
    source: 'groups',
    exposure: 'internal',
    isOn: true,
    fedBy: ['groups'],
    sentences: { 'question.group.choice': [] },
  },
  sign_in_change: {
    source: 'sign_ins',
    exposure: 'internal',
    isOn: true,
    fedBy: ['sign_ins'],
    sentences: { 'question.sign_in_change.choice': ['what'] },
  },
  free_weekday: {
    source: 'calendar',
    exposure: 'internal',
    isOn: true,
    fedBy: ['busy_days'],
    sentences: { 'question.free_weekday.choice': [] },
  },
  meeting_slot: {
    source: 'calendar',
    exposure: 'private',
    isOn: true,
    fedBy: ['weekly_meetings'],
    sentences: { 'question.meeting_slot.choice': ['zone'] },
  },
  meeting_organiser: {
    source: 'calendar',
    exposure: 'private',
    isOn: true,
    fedBy: ['meetings'],
    sentences: { 'question.meeting_organiser.choice': [] },
  },
  device_model: {
    source: 'inventory',
    exposure: 'internal',
    isOn: true,
    fedBy: ['devices'],
    sentences: { 'question.device_model.choice': ['device'] },
  },
  ticket_category: {
    source: 'tickets',
    exposure: 'private',
    isOn: true,
    fedBy: ['tickets'],
    sentences: { 'question.ticket_category.choice': [] },
  },
  asset_tag: {
    source: 'inventory',
    exposure: 'private',
    isOn: true,
    fedBy: ['devices'],
    sentences: { 'question.asset_tag.typed': ['device', 'characters'] },
  },
} as const satisfies Readonly<Record<string, Definition>>

type Definitions = typeof familyDefinitions

/** One question family. */
export type QuestionFamily = keyof Definitions

/** All of them, in the order of asking. */
export const questionFamilies = Object.keys(familyDefinitions) as [QuestionFamily, ...QuestionFamily[]]

type TextOf<S> = {
  [Key in keyof S]: { readonly key: Key } & {
    readonly [Slot in Extract<S[Key], readonly (keyof Slots)[]>[number]]: Slots[Slot]
  }
}[keyof S]

/** The question's sentence: a message key of the portal's copy and its typed slots (no generated wording). */
export type QuestionText = {
  [Family in QuestionFamily]: TextOf<Definitions[Family]['sentences']>
}[QuestionFamily]

/** Every sentence with the names of its slots. */
export const questionSentences: readonly (readonly [QuestionText['key'], readonly (keyof Slots)[]])[] =
  Object.values(familyDefinitions).flatMap(({ sentences }: Definition) =>
    (Object.entries(sentences) as [QuestionText['key'], readonly (keyof Slots)[]][]).map(
      ([key, slots]) => [key, slots] as const,
    ),
  )
