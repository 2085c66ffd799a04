import type { AnswerFacts } from '../risk/facts.ts'
import type { InputReport } from '../risk/probe.ts'
import type { ScoredAnswer } from './next-step.ts'
import { questionAt, type AskingPlan, type PlannedQuestion, type StoredAnswer } from './plan.ts'
import { pointsTable } from './points.ts'

/** A question's own sentence, in words, as the timing check reckons reading time. */
const wordsOfSentence = 10

const wordsToRead = ({ ask }: PlannedQuestion): number => {
  if (ask.form === 'typed') return wordsOfSentence
  const words = ask.options.map(({ label }) => (label.kind === 'text' ? label.text.split(/\s+/).length : 3))
  return words.reduce((sum, count) => sum + count, wordsOfSentence)
}

/** A family, as facts and evidence name it. */
export const familyName = (family: string): string => family.replaceAll('_', ' ')

/**
 * The answers as the silent checks and the score read them. `scored` comes from `scoredAnswers`, or from
 * `withUnansweredAsIncorrect` for the second look (B4); `inputs` are the page's input summaries by
 * position.
 */
export const answerFactsOf = (
  plan: AskingPlan,
  scored: readonly ScoredAnswer[],
  answers: readonly StoredAnswer[],
  inputs: ReadonlyMap<number, InputReport>,
): readonly AnswerFacts[] =>
  scored.flatMap((one) => {
    const question = questionAt(plan, one.position)
    if (question === undefined) return []
    const text = answers.find((answer) => answer.position === one.position)?.text ?? ''
    return [
      {
        family: familyName(one.family),
        verdict: one.verdict,
        points: one.db,
        maxPoints: Math.max(...Object.values(pointsTable[one.points]).map(Math.abs)),
        form: question.ask.form,
        wordsToRead: wordsToRead(question),
        letters: [...text].length,
        seconds: one.ms / 1000,
        isExtended: one.extensions > 0,
        isCanary: one.canary,
        input: inputs.get(one.position) ?? null,
      },
    ]
  })
