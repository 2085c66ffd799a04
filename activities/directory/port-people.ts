/**
 * The part of the port that reads people: search, refresh, sync, privilege. Reading only; nothing here changes an
 * account.
 */

/** `not_started`: the account exists and its owner has not begun yet. */
export type AccountState = 'active' | 'locked' | 'disabled' | 'not_started'

/** One way to reach a person, as the directory has it; parsed and refused later, where it is stored (B17, C13). */
export type DirectoryContact = {
  readonly kind: 'phone' | 'email'
  readonly label: 'work' | 'mobile' | 'private' | 'home'
  readonly value: string
}

/** A person as the directory knows them. Never logged. */
export type DirectoryPerson = {
  /** Never changes and is never used again: objectGUID, entryUUID, an id of the provider (N6). */
  readonly directoryId: string
  /** The name by which other entries refer to this one, such as its DN; it changes when the entry is renamed. */
  readonly handle: string
  readonly login: string
  /** Their account at the organisation's identity provider, where this directory is that provider too. */
  readonly signInId?: string
  readonly displayName: string
  readonly givenName: string
  readonly familyName: string
  readonly workEmail: string | null
  readonly title: string | null
  readonly department: string | null
  readonly office: string | null
  /** ISO 3166, two capital letters. */
  readonly country: string | null
  /** As the directory has it, such as `de` or `de-AT`. */
  readonly language: string | null
  /** The manager's handle. */
  readonly managerHandle: string | null
  readonly contacts: readonly DirectoryContact[]
  readonly state: AccountState
  /** ISO 8601; null: never, or the directory does not say. */
  readonly passwordChangedAt: string | null
  /** ISO 8601: nothing of this changed later, so no contact did (B19); null: the directory does not say. */
  readonly changedAt: string | null
}

/** The place where the next sync begins. Opaque to all but the adapter that made it; stored unchanged. */
export type SyncCursor = string

/**
 * A piece of a sync, in order. `people`: new or changed · `gone`: deleted, by immutable id · `present`: ids that exist ·
 * `end`: once, last. After an end with `isWhole`, a person who was in neither `people` nor `present` is gone too.
 */
export type SyncPart =
  | { readonly kind: 'people'; readonly people: readonly DirectoryPerson[] }
  | { readonly kind: 'gone'; readonly ids: readonly string[] }
  | { readonly kind: 'present'; readonly ids: readonly string[] }
  | { readonly kind: 'end'; readonly cursor: SyncCursor; readonly isWhole: boolean }

/** The options of a sync. */
export type SyncOptions = {
  /** Null: everybody. */
  readonly since: SyncCursor | null
  readonly signal?: AbortSignal
}

/** The privilege of an account: if it can do more than others. `unknown` counts as privileged (D2). */
export type Privilege =
  | { readonly kind: 'standard' }
  /** `through`: names of the groups or roles that make it so. */
  | { readonly kind: 'privileged'; readonly through: readonly string[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not_offered' }

/** A right that our own account in the directory has and should not have, or should have and has not (N1). */
export type RightFinding = {
  readonly kind: 'missing' | 'excess'
  /** A constant word; `detail` names the attribute or group. */
  readonly right: string
  readonly detail: string | null
}

/** The findings of a look at our own rights. */
export type SelfCheck =
  { readonly kind: 'checked'; readonly findings: readonly RightFinding[] } | { readonly kind: 'not_offered' }

/**
 * A sign-in that succeeded, made by the person and not by a program for them, as the directory's log has it. The address leaves
 * the reading of the log for a network's number and a country at once: it is never stored and never logged.
 */
export type DirectorySignIn = {
  readonly directoryId: string
  /** ISO 8601. */
  readonly at: string
  readonly address: string
}

/** A span of the log, which lies in the past: from its first moment on, up to its last one and without it. */
export type SignInSpan = { readonly from: Date; readonly until: Date; readonly signal?: AbortSignal }

/** Fewest characters of a search; with fewer nobody is found (D9). */
export const leastSearch = 3

/** The reading part of a directory: what can be asked about people. */
export type DirectoryReading = {
  /**
   * People whose name, login or address contains the text: three characters at least, `limit` people at most.
   * @throws DirectoryError
   */
  search(
    text: string,
    limit: number,
    signal?: AbortSignal,
  ): Promise<readonly DirectoryPerson[] | 'not_offered'>
  /** One person by immutable id, now; null: there is none. @throws DirectoryError, also when the signal fires first */
  refresh(directoryId: string, signal?: AbortSignal): Promise<DirectoryPerson | null | 'not_offered'>
  /** Everybody, or what changed; page by page, so that memory stays bounded. @throws DirectoryError `cursor_over`: begin anew */
  sync(options: SyncOptions): AsyncIterable<SyncPart> | 'not_offered'
  /** The sign-ins of a span, page by page, in any order, each once. @throws DirectoryError */
  signIns(span: SignInSpan): AsyncIterable<readonly DirectorySignIn[]> | 'not_offered'
  /** By groups and roles, nested ones too. */
  privilegeOf(directoryId: string): Promise<Privilege>
  /**
   * Immutable ids of everybody who is privileged, asked by group or role and not by person. A hint for the tier with which a
   * case begins: the write asks `privilegeOf`. @throws DirectoryError, also where only a part could be read
   */
  listPrivileged(signal?: AbortSignal): Promise<readonly string[] | 'not_offered'>
  /** Looks at the rights of our own account there. */
  checkSelf(): Promise<SelfCheck>
}
