import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import type { PasswordEstimate } from '#domain/password.ts'
import type { BreachedPasswords } from './breached-passwords.ts'
import { isKnownPhrase } from './known-phrases.ts'

/**
 * Only this many characters are looked at, and few letter substitutions tried: with the library's defaults 100 characters
 * take more than a second, which is a denial of service on a shared thread. Longer passwords are accepted.
 */
const lookedAt = 64
const maxSubstitutions = 4

type Quality = { readonly estimator: ZxcvbnFactory; readonly common: ReadonlySet<string> }

/** The words of English and of six more languages that people write passwords in. */
const loadDictionaries = () =>
  Promise.all([
    import('@zxcvbn-ts/language-en'),
    import('@zxcvbn-ts/language-de'),
    import('@zxcvbn-ts/language-fr'),
    import('@zxcvbn-ts/language-es-es'),
    import('@zxcvbn-ts/language-pt-br'),
    import('@zxcvbn-ts/language-ja'),
    import('@zxcvbn-ts/language-ar'),
  ])

const load = async (): Promise<Quality> => {
  const [{ ZxcvbnFactory }, language, languages] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    loadDictionaries(),
  ])
  // Two languages name a list alike.
  const ofLanguages = languages.flatMap(({ dictionary }, index) =>
    Object.entries(dictionary).map(([name, words]) => [`${name}-${String(index)}`, words] as const),
  )
  const estimator = new ZxcvbnFactory({
    dictionary: { ...language.dictionary, ...Object.fromEntries(ofLanguages) },
    graphs: language.adjacencyGraphs,
    l33tMaxSubstitutions: maxSubstitutions,
    maxLength: lookedAt,
  })
  return { estimator, common: new Set(language.dictionary['passwords-common'].map(String)) }
}

/** Estimates a password; `words` are the participant's and the organisation's own. Never keeps or logs what it is given. */
export type EstimatePassword = (password: string, words: readonly string[]) => Promise<PasswordEstimate>

/**
 * Makes the estimate of the server: about 49,000 common passwords, phrases that everybody knows, the operator's filter of
 * breached passwords, and zxcvbn within limits. The data take about 130 megabytes, so they load with the first password, not
 * with the process.
 */
export const createPasswordEstimate = (
  breached: BreachedPasswords = { has: () => false },
): EstimatePassword => {
  let loading: Promise<Quality> | undefined
  return async (password, words) => {
    loading ??= load()
    const { estimator, common } = await loading
    const start = password.slice(0, lookedAt)
    const { score } = estimator.check(start, [...words])
    const isCommon = common.has(password.toLowerCase()) || isKnownPhrase(password) || breached.has(password)
    return { isCommon, score }
  }
}
