/**
 * Rules for a new password (N5): long, not common, not made of the person's own words, hard to guess. No rule asks for kinds
 * of characters; nothing is cut off or changed. The browser shows the rules while the participant types, the server decides.
 */

/** Lengths in Unicode characters. */
export type PasswordRules = {
  /** 15 by default where the password is the only factor; never below 8. */
  readonly minLength: number
  /** At least 64 must be accepted. */
  readonly maxLength: number
}

/** The default rules, and the bounds a tenant may not leave. */
export const passwordRules: PasswordRules = { minLength: 15, maxLength: 256 }
export const passwordFloor = 8
export const passwordCeiling = 64

/** Keeps a tenant's rules within the bounds. */
export const boundedRules = ({ minLength, maxLength }: PasswordRules): PasswordRules => ({
  minLength: Math.max(passwordFloor, minLength),
  maxLength: Math.max(passwordCeiling, maxLength),
})

/** The rules, in the order shown. */
export const passwordRuleCodes = ['length', 'not_too_long', 'own_words', 'common', 'guessable'] as const

/** One rule. */
export type PasswordRuleCode = (typeof passwordRuleCodes)[number]

/** `pending`: only the server can tell. */
export type PasswordRuleState = {
  readonly code: PasswordRuleCode
  readonly state: 'met' | 'unmet' | 'pending'
  /** For the sentence: the number of characters asked for. */
  readonly length?: number
}

/** The server's estimate; null where it is not known yet. */
export type PasswordEstimate = {
  /** On a list of common or breached passwords. */
  readonly isCommon: boolean
  /** 0 (guessed at once) to 4 (very hard), zxcvbn's scale. */
  readonly score: number
}

/** Lowest estimate that is accepted: more than 10^10 guesses. */
const minScore = 4

/** Words of the participant and the organisation shorter than this are ignored: too many phrases contain them. */
const minWordLength = 4

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

const folded = (text: string): string =>
  [...text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')]
    .map((character) => leet[character] ?? character)
    .join('')

/** The words of a person and an organisation that may not be in the password: parts of names, login, mail name, company. */
export const contextWords = (texts: readonly string[]): readonly string[] => [
  ...new Set(
    texts
      .flatMap((text) => folded(text).split(/[^\p{L}]+/u))
      .filter((word) => [...word].length >= minWordLength),
  ),
]

const holdsOwnWord = (password: string, words: readonly string[]): boolean => {
  const plain = folded(password)
  return words.some((word) => plain.includes(word))
}

const stateOf = (isMet: boolean): 'met' | 'unmet' => (isMet ? 'met' : 'unmet')

/**
 * The state of each rule for a password as typed. `words` come from `contextWords`; `estimate` from the server, or null.
 */
export const checkPassword = (
  password: string,
  words: readonly string[],
  estimate: PasswordEstimate | null,
  rules: PasswordRules = passwordRules,
): readonly PasswordRuleState[] => {
  const { minLength, maxLength } = boundedRules(rules)
  const length = [...password].length
  return [
    { code: 'length', state: stateOf(length >= minLength), length: minLength },
    { code: 'not_too_long', state: stateOf(length <= maxLength), length: maxLength },
    { code: 'own_words', state: stateOf(length > 0 && !holdsOwnWord(password, words)) },
    { code: 'common', state: estimate === null ? 'pending' : stateOf(!estimate.isCommon) },
    { code: 'guessable', state: estimate === null ? 'pending' : stateOf(estimate.score >= minScore) },
  ]
}

/** True if every rule is met; a pending rule is not. */
export const isPasswordAccepted = (states: readonly PasswordRuleState[]): boolean =>
  states.every((rule) => rule.state === 'met')
