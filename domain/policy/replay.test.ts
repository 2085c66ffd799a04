import { describe, expect, it } from 'vitest'
import { answerFactsOf } from '../questions/answer-facts.ts'
import { scoredAnswers, withUnansweredAsIncorrect } from '../questions/next-step.ts'
import type { AskingPlan } from '../questions/plan.ts'
import { testAnswer, testQuestion } from '../questions/testing/plans.ts'
import { evaluateChecks } from '../risk/evaluate.ts'
import { score } from '../risk/score.ts'
import { contact, facts, now } from '../risk/testing/facts.ts'
import { decide } from './decide.ts'
import { defaultPolicy } from './defaults.ts'
import type { Policy } from './policy.ts'
import { replayCase, replayPolicy, type StoredCase } from './replay.ts'

const plan: AskingPlan = {
  route: 'questions',
  questions: (['manager', 'start_month', 'device_model', 'ticket_category'] as const).map((family, index) =>
    testQuestion(index + 1, 'choice_medium', family, 'private'),
  ),
  spare: null,
  rule: { minAnswered: 3, maxAsked: 4, enoughAt: 99, hopelessAt: -99 },
}
const answers = (['correct', 'correct', 'correct', 'skipped'] as const).map((verdict, index) =>
  testAnswer(index + 1, verdict),
)
const base = defaultPolicy()
const own: Policy = { ...base, score: { ...base.score, moreEvidenceFrom: 5 } }

/** A standard case with one contact, three right answers and one skip, as the product scores and stores it. */
const stored = (): StoredCase => {
  const scored = scoredAnswers(plan, answers)
  const weigh = (list: typeof scored) => {
    const given = facts({
      possession: {
        matchCode: { isMatched: true, tries: 1 },
        returned: [{ kind: 'link', at: now, contact: contact({ id: 'contact-1' }) }],
      },
    })
    const challenge = {
      ...given.challenge,
      isAsked: true,
      isComplete: true,
      minAnswered: 3,
      answers: answerFactsOf(plan, list, answers, new Map()),
    }
    const results = evaluateChecks({ ...given, challenge }, own.score)
    return { results, risk: score(results, own.score) }
  }
  const { results, risk } = weigh(scored)
  const decision = decide({
    policy: own,
    purpose: 'password_reset',
    tier: 'standard',
    results,
    score: risk,
    rDecideUnansweredWrong: weigh(withUnansweredAsIncorrect(scored)).risk.rDecide,
    questions: 'complete',
    obtainable: ['second_contact'],
    isReported: false,
    isNeverViaHelpDesk: false,
    isContactChanged: false,
    isElevatedThreat: false,
  })
  return {
    purpose: 'password_reset',
    tier: 'standard',
    results: results.map((result) => ({ ...result, evidence: [] })),
    decision,
    band: risk.band,
    answered: 3,
    route: 'questions',
    gate: 'open',
    skipped: [{ family: 'ticket_category', points: 'choice_medium' }],
  }
}

const under = (draft: Policy) => replayCase(stored(), replayPolicy(own), replayPolicy(draft))

describe('a stored case', () => {
  it('says the same under its own policy, its skipped question weighed as wrong', () => {
    const one = stored()
    expect(one.decision.answer).toBe('approve')
    expect(under(own)).toEqual({
      before: { answer: 'approve', band: one.band },
      after: { answer: 'approve', band: one.band },
      isReplayable: true,
    })
  })

  it('asks again for what a policy only recorded, and the other way round', () => {
    const one = { ...stored(), skipped: [] }
    const tor = one.results.find(({ code }) => code === 'NET_TOR_EXIT')
    if (tor === undefined) throw new Error('no such check')
    const hit = { ...tor, status: 'flag' as const, mode: 'live' as const }
    const results = one.results.map((each) => (each === tor ? hit : each))
    const recording = { ...own, score: { ...own.score, onlyRecorded: { findings: true } } }
    const [asking, notAsking] = [replayPolicy(own), replayPolicy(recording)]
    const approved = { ...one, results, decision: { ...one.decision, answer: 'approve' as const } }
    const held = { ...one, results, decision: { ...one.decision, answer: 'hold' as const } }
    const [before, after] = [replayCase(approved, notAsking, asking), replayCase(held, asking, notAsking)]
    expect([before.isReplayable, before.after.answer]).toEqual([true, 'hold'])
    expect([after.isReplayable, after.after.answer]).toEqual([true, 'approve'])
  })

  it('rule 4 holds in the replay: a threshold between the two looks holds the case', () => {
    const one = stored()
    const risks = Array.from({ length: 100 }, (_, tenth) => tenth / 10)
    const answersAt = risks.map(
      (moreEvidenceFrom) =>
        replayCase({ ...one, skipped: [] }, replayPolicy(own), {
          ...replayPolicy({ ...own, score: { ...own.score, moreEvidenceFrom } }),
        }).after.answer,
    )
    const strictAt = risks.map(
      (moreEvidenceFrom) => under({ ...own, score: { ...own.score, moreEvidenceFrom } }).after.answer,
    )
    const first = (list: readonly string[]): number => list.indexOf('approve')
    expect(first(strictAt)).toBeGreaterThan(first(answersAt))
  })

  it('is held where more answers or more evidence are wanted, and follows the bands', () => {
    const rules = (change: object): Policy => ({
      ...own,
      rules: {
        ...own.rules,
        password_reset: {
          ...own.rules.password_reset,
          standard: { ...own.rules.password_reset.standard, ...change },
        },
      },
    })
    expect(under(rules({ minAnswered: 4 })).after.answer).toBe('hold')
    expect(under(rules({ classesNeeded: 2 })).after.answer).toBe('hold')
    expect(
      under({ ...own, score: { ...own.score, bands: { low: 0, guarded: 0.1, elevated: 0.2 } } }).after.band,
    ).toBe('high')
  })

  it('keeps what a check said that is gone since, and the weight of a case whose name is gone', () => {
    const one = stored()
    const [result] = one.results
    if (result === undefined) throw new Error('the case has results')
    const heavy = { ...result, category: 'endpoint', group: 'auto', status: 'flag', weight: -14 } as const
    const draft: Policy = { ...own, score: { ...own.score, moreEvidenceFrom: 4.9 } }
    const [before, after] = [replayPolicy(own), replayPolicy(draft)]
    const withResult = (code: string, under = after) => {
      const results = [...one.results, { ...heavy, code: code as typeof result.code }]
      return replayCase({ ...one, results, skipped: [] }, before, under).after
    }
    const without = replayCase({ ...one, skipped: [] }, before, after).after
    expect(withResult('NET_LONG_GONE')).not.toEqual(without)
    const renamed = new Map(after.checks)
    renamed.set('END_HEADLESS_UA', { mode: 'live', weights: { other: -1 }, size: 1 })
    expect(withResult('END_HEADLESS_UA', { ...after, checks: renamed })).toEqual(withResult('NET_LONG_GONE'))
  })

  it('that ended at the gate is decided as such, whatever was answered', () => {
    const one = { ...stored(), gate: 'closed' as const }
    expect(replayCase(one, replayPolicy(own), replayPolicy(own)).after.answer).not.toBe('approve')
  })

  it('that does not come out as stored says so', () => {
    const one = stored()
    const odd = { ...one, decision: { ...one.decision, answer: 'refuse' as const } }
    expect(replayCase(odd, replayPolicy(own), replayPolicy(own)).isReplayable).toBe(false)
  })
})
