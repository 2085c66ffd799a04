/** What a directory is told under a grant, and all that follows from it. */
type Action = {
  /** What the intent says and the directory is told; stored, so never renamed. */
  readonly write: string
  /** The activity that writes (activities/directory/operations/) and the workflow that calls it. */
  readonly activity: string
  readonly workflow: string
  /** What its events begin with: `reset.completed`. */
  readonly events: string
  /** What every contact is told once it is done. */
  readonly notice: string
  /** Whether the participant does the last thing themselves, on the page that is open, or it begins by itself. */
  readonly finishedBy: 'participant' | 'worker'
  /** What the participant waits for, and how the page says that it ended. */
  readonly awaited: string
  readonly endings: { readonly completed: string; readonly unknown: string; readonly failed: string }
  /** What a directory must offer for it; null: what every directory can do. */
  readonly needs: string | null
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

/** What a verification may be for. A new purpose is an entry here; its words are in `domain/words/`. */
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
    },
  },
  mfa_reset: {
    rules: 'two_kinds',
    isSelfHelp: true,
    isAbout: ['second_step'],
    action: {
      write: 'reset_factors',
      activity: 'resetFactors',
      workflow: 'mfaReset',
      events: 'factor_reset',
      notice: 'factors_reset',
      finishedBy: 'participant',
      awaited: 'factors',
      endings: { completed: 'factors_reset', unknown: 'factors_unknown', failed: 'factors_failed' },
      needs: 'reset_factors',
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

/** Whether a directory is written for it. */
export const isActing = (purpose: Purpose): purpose is ActingPurpose => definitions[purpose].action !== null

/** The purposes that act, and those that end with the decision itself. */
export const actingPurposes = purposes.filter(isActing)
export const resultPurposes = purposes.filter((purpose) => !isActing(purpose))

type Actions = { readonly [P in ActingPurpose]: NonNullable<Definitions[P]['action']> }

/** The action of each purpose that has one. */
export const actions = Object.fromEntries(
  actingPurposes.map((purpose) => [purpose, definitions[purpose].action]),
) as Actions

/** What a directory is told for a purpose that acts. */
export const writeOf = Object.fromEntries(
  actingPurposes.map((purpose) => [purpose, actions[purpose].write]),
) as { readonly [P in ActingPurpose]: Actions[P]['write'] }

/** What people may start themselves. */
export type SelfHelpPurpose = {
  [P in Purpose]: Definitions[P]['isSelfHelp'] extends true ? P : never
}[Purpose]
export const selfHelpPurposes = purposes.filter(
  (purpose): purpose is SelfHelpPurpose => definitions[purpose].isSelfHelp,
)

/** Whether the participant does the last thing themselves, on the page that is open, once it is approved. */
export const isFinishedByParticipant = (purpose: Purpose): boolean =>
  definitions[purpose].action?.finishedBy === 'participant'

/** How a link travels. */
export const channels = ['sms', 'email'] as const

/** One channel. */
export type Channel = (typeof channels)[number]

/** How much an account can do; decides which rule of the policy applies. */
export const tiers = ['standard', 'privileged'] as const

/** One privilege tier. */
export type Tier = (typeof tiers)[number]

/** Who did something. Never taken from input. `name` is a display name for staff only. */
export type Actor =
  | { readonly kind: 'agent'; readonly id: string; readonly name: string }
  | { readonly kind: 'participant'; readonly id: string }
  | { readonly kind: 'approver'; readonly id: string }
  | { readonly kind: 'api_client'; readonly id: string }
  | { readonly kind: 'provider'; readonly id: string }
  | { readonly kind: 'system'; readonly id: string }
