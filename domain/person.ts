import { err, ok, type Result } from './result.ts'
import type { Tier } from './verification/verification.ts'

/** The directory's states of an account. */
export const accountStates = ['active', 'locked', 'disabled', 'deleted', 'not_started'] as const

/** One account state. */
export type AccountState = (typeof accountStates)[number]

/** A person as the rules see one; times are ISO 8601 UTC. */
export type Person = {
  readonly id: string
  readonly displayName: string
  readonly tier: Tier
  readonly accountState: AccountState
  readonly neverViaHelpDesk: boolean
  readonly managerId: string | null
  readonly blockedUntil: string | null
}

/** The reason why no verification of this person can be started. */
export type PersonProblem = 'never_via_help_desk' | 'account_not_usable' | 'blocked'

/**
 * The reason why a verification of this person cannot be started at `now`, or undefined (D3, B9). Locked accounts may:
 * that is what people call about.
 */
export const personProblem = (person: Person, now: string): PersonProblem | undefined => {
  if (person.neverViaHelpDesk) return 'never_via_help_desk'
  if (person.accountState !== 'active' && person.accountState !== 'locked') return 'account_not_usable'
  const { blockedUntil } = person
  return blockedUntil !== null && !(Date.parse(now) >= Date.parse(blockedUntil)) ? 'blocked' : undefined
}

/**
 * True if a member of staff is too near to handle this person: the person themself, their manager or a direct report
 * (D7). Staff without a directory account are near nobody.
 */
export const isOwnCircle = (
  staff: { readonly personId: string | null; readonly managerId: string | null },
  person: Pick<Person, 'id' | 'managerId'>,
): boolean =>
  staff.personId !== null &&
  (staff.personId === person.id || staff.personId === person.managerId || staff.managerId === person.id)

/**
 * Characters that change how a text reads without being seen: bidirectional, zero-width, control (K6). And
 * halves of a character, which nothing can show and no database takes.
 */
const invisible =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

/** A text from outside as it is stored and shown: NFC, without invisible characters, trimmed (K6). */
export const cleanText = (text: string): string => text.normalize('NFC').replace(invisible, '').trim()

/** Photo initials: of the first and the last word, at most two letters. */
export const initialsOf = (displayName: string): string => {
  const words = cleanText(displayName).split(/\s+/u).filter(Boolean)
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined].map((word) =>
    [...(word ?? '')].at(0),
  )
  return letters.join('').toLocaleUpperCase('en')
}

/** Characters a search needs, and rows it gives at most (D9). */
export const searchLimits = { fewestCharacters: 3, mostRows: 20, longest: 100 } as const

/** The search text: cleaned, single spaces, at least three characters that are letters or digits (D9). */
export const parseNeedle = (typed: string): Result<string, 'too_short' | 'too_long'> => {
  const needle = cleanText(typed.replace(/\s+/gu, ' '))
  if (needle.length > searchLimits.longest) return err('too_long')
  const meaningful = needle.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  return meaningful >= searchLimits.fewestCharacters ? ok(needle) : err('too_short')
}
