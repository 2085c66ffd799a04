/** Answers of a carrier that leave a doubt; `timeout`: it did not answer in time (B20). */
export const numberDoubts = ['swapped', 'unknown', 'timeout'] as const

/** One of them. */
export type NumberDoubt = (typeof numberDoubts)[number]

/** The carrier's answer about the SIM card behind a number. */
export type NumberOutcome = 'unchanged' | NumberDoubt

/** The part of a policy's contact rules that is about carriers. */
export type NumberRules = {
  /** Ask the carrier at all. */
  readonly checkNumbers: boolean
  /** Doubts with which a number is not used. */
  readonly numbersRefused: readonly NumberDoubt[]
  /** Doubts with which a number is no evidence by itself. */
  readonly numbersNotAlone: readonly NumberDoubt[]
}

/** A number with such an answer is good for this. */
export type NumberUse = 'usual' | 'not_alone' | 'refused'

/**
 * The policy's use of a carrier's answer. Where policy wants numbers checked, one that was not counts as unknown:
 * silence is never good news (B20, fail closed).
 */
export const numberUse = (rules: NumberRules, outcome: NumberOutcome | null): NumberUse => {
  if (!rules.checkNumbers || outcome === 'unchanged') return 'usual'
  const doubt = outcome ?? 'unknown'
  if (rules.numbersRefused.includes(doubt)) return 'refused'
  return rules.numbersNotAlone.includes(doubt) ? 'not_alone' : 'usual'
}
