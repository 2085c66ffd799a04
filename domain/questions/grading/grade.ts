import { readMonth } from '../months.ts'
import { matchValue, tokenKey, tokensOf } from './normalise.ts'
import type { GradingKey, PlannedQuestion, TextTools, Verdict } from '../plan.ts'
import { isNoAnswer, isPastedAgain, saysDontKnow, type ReplyContext } from './reply.ts'

/** The participant's reply to a question. */
export type Reply =
  | { readonly kind: 'option'; readonly optionId: string }
  | { readonly kind: 'text'; readonly text: string }
  /** The "I don't know" button. */
  | { readonly kind: 'dont_know' }
  /** The question's time ran out. */
  | { readonly kind: 'timeout' }

/** The verdict, and whether an outdated value was chosen (CHA_CANARY). */
export type Grade = { readonly verdict: Verdict; readonly canary: boolean }

type KeyOf<K extends GradingKey['kind']> = Extract<GradingKey, { kind: K }>

/** Two values this close are too close to call. */
const tooClose = 0.04
/** Mean token match from which a complete reply is right. */
const enough = 0.8
/** No name has more words; keeps grading of hostile text cheap. */
const maxTokens = 12

const gradeTruth = (
  reply: readonly string[],
  truth: readonly string[],
  others: readonly (readonly string[])[],
  tools: TextTools,
): Verdict => {
  const key = tokenKey(reply)
  if (key === tokenKey(truth)) return 'correct'
  const match = matchValue(reply, truth, tools)
  const rivals = others.map((other) => ({
    equal: tokenKey(other) === key,
    ...matchValue(reply, other, tools),
  }))
  if (rivals.some((rival) => rival.equal || rival.explained > match.explained + 1e-9)) return 'incorrect'
  const isAlone = rivals.every((rival) => rival.mean < match.mean - tooClose)
  if (match.unmatched === 0 && match.extra <= 1 && match.mean >= enough && isAlone) return 'correct'
  return match.extra === 0 && match.matched > 0 && match.unmatched > 0 ? 'partial' : 'incorrect'
}

const best = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('correct') ? 'correct' : verdicts.includes('partial') ? 'partial' : 'incorrect'

/**
 * Grades a name against every value of its family in the tenant, not against a threshold: "John Smith" is wrong for
 * Jane Smith, and "Anne Berg" passes for Anna Berg only where no Anne Berg exists.
 */
const gradeName = (text: string, key: KeyOf<'name'>, tools: TextTools): Verdict => {
  const reply = tokensOf(text, tools)
  if (reply.length === 0 || reply.length > maxTokens) return 'incorrect'
  const truths = key.truths.map((truth) => tokensOf(truth, tools)).filter((truth) => truth.length > 0)
  const same = new Set(truths.map(tokenKey))
  const others = key.others
    .map((other) => tokensOf(other, tools))
    .filter((other) => other.length > 0 && !same.has(tokenKey(other)))
  return best(truths.map((truth) => gradeTruth(reply, truth, others, tools)))
}

/** Spaces and dashes stripped, then exact. */
const gradeCharacters = (text: string, key: KeyOf<'characters'>): Verdict => {
  const strip = (value: string): string =>
    value
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[\s\p{Pd}]/gu, '')
  const reply = strip(text)
  if (!/^[\p{L}\p{N}]+$/u.test(reply)) return 'invalid'
  return reply === strip(key.truth) ? 'correct' : 'incorrect'
}

/** A month off by one, or the right year alone, is partial. */
const gradeMonth = (text: string, key: KeyOf<'month'>, tools: TextTools): Verdict => {
  const read = readMonth(tools.toAscii(text.normalize('NFKC')).toLowerCase())
  if (read === null) return 'invalid'
  if (read.month === null) return read.year === key.year ? 'partial' : 'incorrect'
  const distance = Math.abs((read.year - key.year) * 12 + read.month - key.month)
  return distance === 0 ? 'correct' : distance === 1 ? 'partial' : 'incorrect'
}

/** The year before or after is partial: people remember the first weeks, and not on which side of New Year they were. */
const gradeYear = (text: string, key: KeyOf<'year'>, tools: TextTools): Verdict => {
  const read = readMonth(tools.toAscii(text.normalize('NFKC')).toLowerCase())
  if (read === null) return 'invalid'
  const distance = Math.abs(read.year - key.year)
  return distance === 0 ? 'correct' : distance === 1 ? 'partial' : 'incorrect'
}

const gradeOf = (text: string, key: Exclude<GradingKey, { kind: 'choice' }>, tools: TextTools): Verdict => {
  switch (key.kind) {
    case 'name':
      return gradeName(text, key, tools)
    case 'month':
      return gradeMonth(text, key, tools)
    case 'year':
      return gradeYear(text, key, tools)
    case 'characters':
      return gradeCharacters(text, key)
  }
}

const gradeTyped = (text: string, key: GradingKey, context: ReplyContext, tools: TextTools): Verdict => {
  if (saysDontKnow(text)) return 'skipped'
  if (key.kind === 'choice' || isNoAnswer(text, context, tools)) return 'invalid'
  const verdict = gradeOf(text, key, tools)
  return verdict === 'incorrect' && isPastedAgain(text, context) ? 'invalid' : verdict
}

/**
 * Grades one reply. Never throws; at most a few milliseconds for any text. The API stores the verdict, the scoring
 * activity computes it again with the same function.
 */
export const grade = (
  question: Pick<PlannedQuestion, 'key' | 'ask'>,
  reply: Reply,
  context: ReplyContext,
  tools: TextTools,
): Grade => {
  if (reply.kind === 'dont_know' || reply.kind === 'timeout') return { verdict: 'skipped', canary: false }
  const { key, ask } = question
  if (reply.kind === 'text') return { verdict: gradeTyped(reply.text, key, context, tools), canary: false }
  const isOption = ask.form === 'choice' && ask.options.some((option) => option.id === reply.optionId)
  if (key.kind !== 'choice' || !isOption) return { verdict: 'invalid', canary: false }
  return {
    verdict: reply.optionId === key.correctOptionId ? 'correct' : 'incorrect',
    canary: reply.optionId === key.canaryOptionId,
  }
}
