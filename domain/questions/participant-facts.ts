import type { DeviceKind, Names } from './plan.ts'

/** A device as the inventory knows it. Times in milliseconds since 1970. */
export type DeviceFact = {
  readonly id: string
  readonly kind: DeviceKind
  readonly model: string
  readonly assetTag: string | null
  /** When the inventory last saw it. */
  readonly seenAt: number
}

/** A person with the same manager. `since`: reports to that manager since, null when not known. */
export type TeamMember = { readonly id: string; readonly name: string; readonly since: number | null }

/** The directory, read at `asOf`. */
export type DirectoryFacts = {
  readonly asOf: number
  readonly manager: {
    readonly id: string
    readonly name: string
    /** The directory's romanised or other spellings of the same name. */
    readonly otherSpellings: readonly string[]
    /** Since when, null when not known. */
    readonly since: number | null
  } | null
  readonly isExecutive: boolean
  /** Everybody who reports to the same manager, the participant included; empty without a manager. */
  readonly team: readonly TeamMember[]
  /** `asOf`: when its own source was read, where another than the directory's says it. */
  readonly office: { readonly name: string; readonly country: string | null; readonly asOf?: number } | null
  /** The organisational unit. */
  readonly unit: string | null
}

/** The kinds of groups, as sources name them. Only `work` is ever asked about: a `list` may be anybody's private life. */
export const groupKinds = ['work', 'list', 'security', 'project'] as const

/** The kind of a group. */
export type GroupKind = (typeof groupKinds)[number]

/** A group or list that the participant belongs to. */
export type GroupFact = {
  readonly id: string
  readonly name: string
  readonly names?: Names
  readonly kind: GroupKind
  /** Last message or meeting in it. */
  readonly activeAt: number
}

/** Calendar metadata: never a title. */
export type CalendarFacts = {
  readonly asOf: number
  /** The participant's IANA time zone, which hours and weekdays are in; null where the directory does not say. */
  readonly timeZone: string | null
  /** Meetings that come back every week. `weekday`: 1 Monday to 5 Friday. */
  readonly weekly: readonly {
    readonly id: string
    readonly weekday: number
    readonly hour: number
    readonly attendees: number
  }[]
  /** Single meetings of the last weeks. */
  readonly joined: readonly {
    readonly id: string
    readonly organiserId: string
    readonly organiserName: string
    readonly attendees: number
    readonly isAccepted: boolean
    readonly isCancelled: boolean
    readonly at: number
  }[]
  /** Working days with meetings in the week that begins at this Monday, 00:00 UTC. */
  readonly week: { readonly startsAt: number; readonly busy: readonly number[] } | null
}

/**
 * The facts of one participant that questions may be made of. `asOf`: when the source was read, milliseconds since
 * 1970.
 */
export type ParticipantFacts = {
  readonly participantId: string
  /** Days since the first day of work; null when no source says. */
  readonly tenureDays: number | null
  readonly directory: DirectoryFacts | null
  readonly hr: {
    readonly asOf: number
    readonly startYear: number
    /** 1 to 12. */
    readonly startMonth: number
    /** The date was set by a merger, so the person may remember another. */
    readonly isByMerger: boolean
  } | null
  readonly inventory: { readonly asOf: number; readonly devices: readonly DeviceFact[] } | null
  readonly tickets: {
    readonly asOf: number
    readonly last: {
      readonly id: string
      readonly category: string
      readonly names?: Names
      readonly openedAt: number
    } | null
  } | null
  readonly groups: { readonly asOf: number; readonly groups: readonly GroupFact[] } | null
  readonly calendar: CalendarFacts | null
  /** The identity provider's facts about signing in. */
  readonly signIn: {
    readonly asOf: number
    readonly passwordChangedAt: number | null
    readonly secondStepChangedAt: number | null
  } | null
}
