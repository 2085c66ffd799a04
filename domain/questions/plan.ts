/**
 * The questions of one verification: what is asked, how it is graded and when it ends. A plan is fixed before the
 * first question is shown and never grows (B4); it lives on the server only, because it holds the
 * grading keys.
 */
import type { Language } from '../languages.ts'
import type { Exposure, QuestionFamily, QuestionSource, QuestionText } from './definitions.ts'

export {
  questionFamilies,
  type DeviceKind,
  type Exposure,
  type QuestionFamily,
  type QuestionSource,
  type QuestionText,
  type SignInChange,
} from './definitions.ts'

/** A row of the points table. */
export type PointsRow =
  'choice_public' | 'choice_medium' | 'choice_private' | 'typed_medium' | 'typed_private'

/** The verdict of grading on one answer. */
export const verdicts = ['correct', 'partial', 'incorrect', 'invalid', 'skipped'] as const

/** One verdict. */
export type Verdict = (typeof verdicts)[number]

/** Names of a value in languages other than the one that its source writes it in. */
export type Names = Readonly<Partial<Record<Language, string>>>

/**
 * The label of an option. `text` is as its source writes it, and has `names` where the source gives some; the others are spelled by the portal in the
 * participant's language: `quarter` (1 to 4) as its months, `month` (1 to 12), `weekday` (1 Monday to 5 Friday), `slot`
 * a weekday and an hour (0 to 23).
 */
export type OptionLabel =
  | { readonly kind: 'text'; readonly text: string; readonly names?: Names }
  | { readonly kind: 'month'; readonly year: number; readonly month: number }
  | { readonly kind: 'weekday'; readonly weekday: number }
  | { readonly kind: 'slot'; readonly weekday: number; readonly hour: number }
  | { readonly kind: 'quarter'; readonly year: number; readonly quarter: number }

/** One option as shown. The id is random per portal session and says nothing. */
export type QuestionOption = { readonly id: string; readonly label: OptionLabel }

/** The field of a typed question; the portal picks keyboard and fields by it. */
export type TypedField =
  | { readonly kind: 'name'; readonly maxLength: number }
  | { readonly kind: 'characters'; readonly length: number; readonly maxLength: number }
  | { readonly kind: 'month'; readonly maxLength: number }
  | { readonly kind: 'year'; readonly maxLength: number }

/** The part of a question that may reach the browser. */
export type ShownQuestion = {
  readonly position: number
  readonly text: QuestionText
  readonly secondsAllowed: number
  readonly ask:
    | { readonly form: 'choice'; readonly options: readonly QuestionOption[] }
    | { readonly form: 'typed'; readonly field: TypedField }
}

/** Grading compares with this key. It never leaves the server. */
export type GradingKey =
  | { readonly kind: 'choice'; readonly correctOptionId: string; readonly canaryOptionId: string | null }
  /** `truths`: spellings of the same fact on file; `others`: every other value of the family in the tenant. */
  | { readonly kind: 'name'; readonly truths: readonly string[]; readonly others: readonly string[] }
  | { readonly kind: 'characters'; readonly truth: string }
  | { readonly kind: 'month'; readonly year: number; readonly month: number }
  | { readonly kind: 'year'; readonly year: number }

/** Which list is shown; what the disclosure log keeps. */
export type ShownList = {
  readonly blockId: string
  readonly epoch: string
  readonly values: number
  /** Keyed digest of the true value: "one fact, one list" is looked up by it. */
  readonly valueDigest: string
}

/** One question of a plan. */
export type PlannedQuestion = ShownQuestion & {
  readonly family: QuestionFamily
  readonly source: QuestionSource
  readonly exposure: Exposure
  readonly points: PointsRow
  readonly key: GradingKey
  /** Keyed digest of (participant, family, fact): the same fact is not asked again within the rest days. */
  readonly factDigest: string
  /** The fact itself, to see whether it is still true when the question is shown. */
  readonly fact: string
  /** The list that showing this question discloses; null for a typed one. */
  readonly list: ShownList | null
}

/** When a set of questions ends. Copied from the policy so that later changes do not reach a running case. */
export type StoppingRule = {
  readonly minAnswered: number
  readonly maxAsked: number
  /** Sum of points, dB, at which enough is known. */
  readonly enoughAt: number
  /** Sum of points, dB, at which it is hopeless. */
  readonly hopelessAt: number
}

/** The reason why no questions are asked; for staff, never for the participant. */
export type NoQuestionsReason =
  | 'too_few_instances'
  | 'too_few_sources'
  | 'people_check'
  | 'short_tenure'
  | 'limit_reached'
  | 'agent_limit'
  | 'switched_off'
  | 'gate_closed'

/** The plan of one verification. */
export type QuestionPlan =
  | {
      readonly route: 'questions'
      /** In the order of asking, positions 1 to n. */
      readonly questions: readonly PlannedQuestion[]
      /** Replaces the first skipped question; position n + 1. */
      readonly spare: PlannedQuestion | null
      readonly rule: StoppingRule
      /** Positions whose fact was no longer true when their turn came: never shown. Kept beside the plan, which is fixed. */
      readonly dropped?: readonly number[]
    }
  /** Too little data: a code to a different contact takes the place of questions. */
  | { readonly route: 'second_contact'; readonly reason: NoQuestionsReason }
  /** Neither questions nor another route for this person. */
  | { readonly route: 'none'; readonly reason: NoQuestionsReason }

/** The plan with questions. */
export type AskingPlan = Extract<QuestionPlan, { route: 'questions' }>

/** An answer as stored, one for each question shown and over. */
export type StoredAnswer = {
  readonly position: number
  /** The chosen option of a choice question. */
  readonly optionId: string | null
  /** The reply to a typed question, as sent; restricted, encrypted at rest. */
  readonly text: string | null
  readonly verdict: Verdict
  /** From shown to stored, by the database's clock. */
  readonly ms: number
  /** The number of times that "more time" was pressed. Recorded, never a minus. */
  readonly extensions: number
  /** The question's time ran out; its verdict is then `skipped`. */
  readonly timedOut: boolean
}

/** The reason why a set of questions is over. The participant sees no difference. */
export type CompleteReason = 'enough' | 'hopeless' | 'max_asked' | 'no_more' | 'too_many_skips'

/** The next step. `number` and `askedOf` are for "question 2 of up to 6". */
export type NextStep =
  | {
      readonly kind: 'question'
      readonly position: number
      readonly number: number
      readonly askedOf: number
    }
  | { readonly kind: 'complete'; readonly reason: CompleteReason; readonly tooFew: boolean }

/** The questions need these from outside the pure domain. Built in platform/facts/text-folding.ts and keys. */
export type TextTools = {
  /** Transliterates to ASCII. */
  readonly toAscii: (text: string) => string
  /** The two double-metaphone codes of an ASCII word. */
  readonly metaphone: (word: string) => readonly [string, string]
  /** Levenshtein distance. */
  readonly distance: (a: string, b: string) => number
}

/** Keyed and random values, injected so that plans are reproducible in tests. */
export type PlanTools = TextTools & {
  /** Hex HMAC-SHA-256 under a per-tenant key over the length-prefixed parts. */
  readonly hmac: (...parts: readonly string[]) => string
  /** A fresh random id (>= 64 bits, URL-safe). */
  readonly randomId: () => string
}

/** Strips everything that may not reach a browser. The one way from a plan to an answer of the portal's API. */
export const shownQuestion = (question: PlannedQuestion): ShownQuestion => ({
  position: question.position,
  text: question.text,
  secondsAllowed: question.secondsAllowed,
  ask: question.ask,
})

/** The same plan, with what was found to be no longer true. */
export const dropping = (plan: QuestionPlan, dropped: readonly number[]): QuestionPlan =>
  plan.route === 'questions' ? { ...plan, dropped } : plan

/** All questions of a plan, the spare last. */
export const allQuestions = (plan: AskingPlan): readonly PlannedQuestion[] =>
  plan.spare === null ? plan.questions : [...plan.questions, plan.spare]

/** The question at a position, spare included. */
export const questionAt = (plan: AskingPlan, position: number): PlannedQuestion | undefined =>
  allQuestions(plan).find((question) => question.position === position)
