/** The write of a directory under a grant, and all that follows from it. */
type Action = {
  /** The intent and the directory name the write by this; stored, so never renamed. */
  readonly write: string
  /** The activity that writes (activities/directory/operations/) and the workflow that calls it. */
  readonly activity: string
  readonly workflow: string
  /** The names of its events begin with this: `reset.completed`. */
  readonly events: string
  /** Every contact gets this notice once it is done. */
  readonly notice: string
  /** The participant does the last thing themselves, on the page that is open, or it begins by itself. */
  readonly finishedBy: 'participant' | 'worker'
  /** The page names by this what the participant waits for, and how it ended. */
  readonly awaited: string
  readonly endings: { readonly completed: string; readonly unknown: string; readonly failed: string }
  /** A directory must offer this for it; null: every directory can do it. */
  readonly needs: string | null
  /** Where the guard needs nothing but the grant: the method of the directory that writes; null: a guard of its own. */
  readonly plainly: string | null
}

type Definition = {
  /** Its rules in the policy of a fresh tenant (domain/policy/defaults.ts). */
  readonly rules: 'ordinary' | 'two_kinds' | 'never_held'
  /** People may start it themselves, on the help page. */
  readonly isSelfHelp: boolean
  /** Changes of sign-in that the case is about: a question for them would give the answer away, or make it wrong. */
  readonly isAbout: readonly ('password' | 'second_step')[]
  /** Null: nothing is written, and the case is done with the decision itself. */
  readonly action: Action | null
}

/** The purposes of a verification. A new one is an entry here; its words are in `domain/words/`. */
export const definitions = {
  password_reset: {
    rules: 'ordinary',
    isSelfHelp: true,
    isAbout: ['password'],
    action: {
      write: 'set_password',
      activity: 'setPassword',
      workflow: 'passwordReset',
      events: 'reset',
      notice: 'password_changed',
      finishedBy: 'participant',
      awaited: 'password',
      endings: { completed: 'password_changed', unknown: 'password_unknown', failed: 'password_failed' },
      needs: null,
      plainly: null,
    },
  },
  account_unlock: {
    rules: 'ordinary',
    isSelfHelp: true,
    isAbout: ['password'],
    action: {
      write: 'unlock',
      activity: 'unlockAccount',
      workflow: 'accountUnlock',
      events: 'unlock',
      notice: 'account_unlocked',
      finishedBy: 'worker',
      awaited: 'unlock',
      endings: { completed: 'account_unlocked', unknown: 'unlock_unknown', failed: 'unlock_failed' },
      needs: 'unlock',
      plainly: 'unlock',
    },
  },
  mfa_reset: {
    rules: 'two_kinds',
    isSelfHelp: true,
    isAbout: ['second_step'],
    action: {
      write: 'reset_mfa',
      activity: 'resetMfa',
      workflow: 'mfaReset',
      events: 'mfa_reset',
      notice: 'mfa_reset',
      finishedBy: 'participant',
      awaited: 'mfa',
      endings: { completed: 'mfa_reset', unknown: 'mfa_unknown', failed: 'mfa_failed' },
      needs: 'reset_mfa',
      plainly: null,
    },
  },
  access_change: { rules: 'ordinary', isSelfHelp: false, isAbout: [], action: null },
  identity_check: { rules: 'never_held', isSelfHelp: false, isAbout: [], action: null },
} as const satisfies Readonly<Record<string, Definition>>

type Definitions = typeof definitions

/** One purpose. */
export type Purpose = keyof Definitions

/** All of them, in the order in which staff read them. */
export const purposes = Object.keys(definitions) as [Purpose, ...Purpose[]]

/** A purpose that ends in a write to a directory, under a grant. */
export type ActingPurpose = {
  [P in Purpose]: Definitions[P]['action'] extends null ? never : P
}[Purpose]

/** True if a directory is written for it. */
export const isActing = (purpose: Purpose): purpose is ActingPurpose => definitions[purpose].action !== null

/** The purposes that act, and those that end with the decision itself. */
export const actingPurposes = purposes.filter(isActing)
export const resultPurposes = purposes.filter((purpose) => !isActing(purpose))

type Actions = { readonly [P in ActingPurpose]: NonNullable<Definitions[P]['action']> }

/** The action of each purpose that has one. */
export const actions = Object.fromEntries(
  actingPurposes.map((purpose) => [purpose, definitions[purpose].action]),
) as Actions

/** A purpose whose write takes nothing but a grant. */
export type PlainPurpose = {
  [P in ActingPurpose]: Actions[P]['plainly'] extends null ? never : P
}[ActingPurpose]
export const plainPurposes = actingPurposes.filter(
  (purpose): purpose is PlainPurpose => actions[purpose].plainly !== null,
)

/** The write for each purpose that acts. */
export const writeOf = Object.fromEntries(
  actingPurposes.map((purpose) => [purpose, actions[purpose].write]),
) as { readonly [P in ActingPurpose]: Actions[P]['write'] }

/** People may start these themselves. */
export type SelfHelpPurpose = {
  [P in Purpose]: Definitions[P]['isSelfHelp'] extends true ? P : never
}[Purpose]
export const selfHelpPurposes = purposes.filter(
  (purpose): purpose is SelfHelpPurpose => definitions[purpose].isSelfHelp,
)

/** True if the participant does the last thing themselves, on the page that is open, once it is approved. */
export const isFinishedByParticipant = (purpose: Purpose): boolean =>
  definitions[purpose].action?.finishedBy === 'participant'

/** The channels of a link. */
export const channels = ['sms', 'email'] as const

/** One channel. */
export type Channel = (typeof channels)[number]

/** The privilege of an account; it decides which rule of the policy applies. */
export const tiers = ['standard', 'privileged'] as const

/** One privilege tier. */
export type Tier = (typeof tiers)[number]

/** The actor of an act or event. Never taken from input. `name` is a display name for staff only. */
export type Actor =
  | { readonly kind: 'agent'; readonly id: string; readonly name: string }
  | { readonly kind: 'participant'; readonly id: string }
  | { readonly kind: 'approver'; readonly id: string }
  | { readonly kind: 'api_client'; readonly id: string }
  | { readonly kind: 'provider'; readonly id: string }
  | { readonly kind: 'system'; readonly id: string }
