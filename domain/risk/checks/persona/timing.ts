import { defineCheck, type Evidence } from '../../check.ts'
import type { AnswerFacts, RiskFacts, UsualTime } from '../../facts.ts'
import { givenAnswers } from '../../preconditions.ts'
import { say } from '../../text.ts'
import { timeLimits } from '../../usual-times.ts'

const secondsPerWord = 0.025
const slowBlurs = 2

type Timed = { readonly answer: AnswerFacts; readonly usual: UsualTime | undefined }

/**
 * Faster than reading or than nearly everybody, or so much slower than others and so often away that the participant looked the
 * answer up.
 */
export const timing = defineCheck({
  code: 'PER_TIMING',
  category: 'persona',
  group: 'input',
  ruleVersion: 2,
  defaultWeights: { fast: -4, slow: -3 },
  evaluate(facts, weights) {
    const answers = timedAnswers(facts)
    if (answers.length === 0) return { status: 'not_applicable', text: say('timing.no_answers') }
    const evidence = answers.map(evidenceOf)
    const [unread, fast, slow] = [answers.filter(isUnread), answers.filter(isFast), answers.filter(isSlow)]
    if (unread.length + fast.length > 0)
      return {
        status: 'flag',
        weight: weights.fast,
        evidence,
        text:
          unread.length > 0
            ? say('timing.fast', { count: unread.length })
            : say('timing.faster', { count: fast.length }),
        remedy: say('remedy.ask_to_type'),
      }
    if (slow.length > 0)
      return {
        status: 'flag',
        weight: weights.slow,
        evidence,
        text: say('timing.slow', { count: slow.length }),
        remedy: say('remedy.stay_on_page'),
      }
    return { status: 'pass', evidence, text: say('timing.pass') }
  },
})

const timedAnswers = (facts: RiskFacts): readonly Timed[] =>
  givenAnswers(facts).map((answer) => ({ answer, usual: facts.persona.usualTimes[answer.family] }))

function evidenceOf({ answer, usual }: Timed): Evidence {
  const seen = { seconds: tenths(answer.seconds), times: answer.input?.blurs ?? 0 }
  const value =
    usual === undefined
      ? say('evidence.answer_time', seen)
      : say('evidence.answer_time_usual', { ...seen, low: whole(usual.low), high: whole(usual.high) })
  return { label: answer.family, value, sensitivity: 1 }
}

const tenths = (seconds: number): number => Math.round(seconds * 10) / 10
const whole = (seconds: number): number => Math.max(1, Math.round(seconds))

const isUnread = ({ answer: { seconds, wordsToRead } }: Timed): boolean =>
  seconds < Math.max(timeLimits(undefined).fast, secondsPerWord * wordsToRead)

const isFast = ({ answer: { seconds }, usual }: Timed): boolean => seconds < timeLimits(usual).fast

/** "More time" and accessibility mode are for slow readers: with either, slowness says nothing. */
function isSlow({ answer: { seconds, input, isExtended }, usual }: Timed): boolean {
  if (isExtended || input === null || input.accessibility) return false
  return seconds > timeLimits(usual).slow && input.blurs >= slowBlurs
}
