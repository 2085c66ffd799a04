import { describe, expect, it } from 'vitest'
import { askOf } from '../risk/asks.ts'
import { ownMailboxGroup } from '../risk/contact-rules.ts'
import { score } from '../risk/score.ts'
import type { CheckResult } from '../risk/check.ts'
import { demands, type Demand } from '../risk/settings.ts'
import { say } from '../risk/text.ts'
import { decide, type DecideInput, type PolicyDecision } from './decide.ts'
import { defaultPolicy } from './defaults.ts'
import { underElevatedThreat } from './elevated.ts'
import { wouldAsk } from './only-recorded.ts'
import type { EvidenceKind, Policy } from './policy.ts'

const recording = (...which: readonly Demand[]): Policy => {
  const policy = defaultPolicy()
  const onlyRecorded = Object.fromEntries(which.map((demand) => [demand, true]))
  return { ...policy, score: { ...policy.score, onlyRecorded } }
}

const result = (code: CheckResult['code'], more: Partial<CheckResult> = {}): CheckResult => ({
  ...{ code, category: 'endpoint', group: code, mode: 'live', status: 'flag', weight: 0, maxWeight: 8 },
  ...{ quality: 1, ruleVersion: 1, applied: 0, evidence: [], text: say('client_ip.pass', { hops: 0 }) },
  source: { name: 'test', version: '1', asOf: '2026-11-25' },
  ...more,
})

/** A link to the mailbox of the account itself, which came back. */
const ownLink = result('POS_OTP', {
  ...{ category: 'possession', group: ownMailboxGroup, status: 'pass', weight: 5 },
  evidenceClass: 'possession',
})
const phoneLink: CheckResult = { ...ownLink, group: 'otp:phone' }
const driven = result('END_WEBDRIVER', { weight: -14 })
const newPlace = [result('NET_NEW_ASN', { category: 'network' }), result('END_NEW_DEVICE')]

type Change = Partial<Omit<DecideInput, 'policy' | 'results' | 'score' | 'rDecideUnansweredWrong'>>

const judge = (policy: Policy, results: readonly CheckResult[], change: Change = {}): PolicyDecision => {
  const risk = score(results, policy.score)
  return decide({
    ...{ policy, results, score: risk, rDecideUnansweredWrong: risk.rDecide },
    ...{ purpose: 'password_reset', tier: 'standard', questions: 'complete', obtainable: [] },
    ...{ isReported: false, isNeverViaHelpDesk: false, isContactChanged: false, isElevatedThreat: false },
    ...change,
  })
}

const recorded = (
  policy: Policy,
  results: readonly CheckResult[],
  obtainable: readonly EvidenceKind[] = [],
  change: Change = {},
) =>
  wouldAsk(judge(policy, results, { obtainable, ...change }), policy, obtainable, (by) =>
    judge(by, results, { obtainable, ...change }),
  )

const met: readonly (readonly [Demand, readonly CheckResult[], readonly string[]])[] = [
  ['own_mailbox', [ownLink], ['own_mailbox']],
  ['new_place', [phoneLink, ...newPlace], ['new_place']],
  ['findings', [phoneLink, { ...driven, weight: 0 }], ['END_WEBDRIVER']],
]

describe('a demand that the policy only records', () => {
  it.each(met)('%s: asks for nothing, and says what it would have asked for', (demand, results, reasons) => {
    const asked = judge(defaultPolicy(), results)
    expect(asked).toMatchObject({ answer: 'hold', missingCount: 1 })
    expect(asked.reasons).toEqual(expect.arrayContaining([...reasons]))
    expect(judge(recording(demand), results)).toMatchObject({ answer: 'approve', missingCount: 0 })
    expect(recorded(recording(demand), results)).toEqual([{ demand, reasons, hasWay: false }])
    expect(recorded(recording(demand), results, ['second_contact'])).toEqual([
      { demand, reasons, hasWay: true },
    ])
  })

  it.each(met)('%s: the others still ask', (demand, results) => {
    const others = demands.filter((other) => other !== demand)
    expect(judge(recording(...others), results)).toEqual(judge(defaultPolicy(), results))
    expect(recorded(recording(...others), results)).toEqual([])
  })

  it('says nothing of a case that it would not have asked', () => {
    expect(recorded(recording(...demands), [phoneLink])).toEqual([])
    const both = [ownLink, phoneLink]
    expect(recorded(recording('own_mailbox', 'new_place'), [...both, ...newPlace])).toEqual([])
  })

  it('records a supervisor who would have had to look', () => {
    const policy = recording('findings')
    const checks = { END_WEBDRIVER: { asks: 'supervisor' } } as const
    const draft = { ...policy, score: { ...policy.score, checks } }
    const all = [phoneLink, ownLink, result('END_WEBDRIVER')]
    expect(judge(draft, all).answer).toBe('approve')
    expect(recorded(draft, all)).toMatchObject([{ demand: 'findings', reasons: ['END_WEBDRIVER'] }])
    // Held for a second approval, a case would have gone to a supervisor; held by one already, it would not.
    const vouched = result('POS_APPROVER', {
      category: 'possession',
      status: 'pass',
      evidenceClass: 'approver',
    })
    const passkey = result('POS_PASSKEY', {
      category: 'possession',
      status: 'pass',
      evidenceClass: 'phishing_resistant',
    })
    const held = [...all, vouched]
    expect(judge(draft, held, { tier: 'privileged' }).next).toBe('second_approval')
    expect(recorded(draft, held, [], { tier: 'privileged' })).toHaveLength(1)
    expect(recorded(draft, [...held, passkey], [], { tier: 'privileged', questions: 'gate_closed' })).toEqual(
      [],
    )
  })
})

describe('attacks on a policy that only records', () => {
  const all = recording(...demands)

  it('two kinds by tier, purpose, threshold, changed contact and missing answers are still asked for', () => {
    const everything = [ownLink, ...newPlace, { ...driven, weight: 0 }]
    for (const change of [
      { tier: 'privileged' },
      { purpose: 'mfa_reset' },
      { isContactChanged: true },
      { questions: 'too_few' },
      { questions: 'not_possible' },
    ] as const)
      expect(judge(all, everything, change)).toMatchObject({ answer: 'hold', missingCount: 1 })
    expect(judge(all, everything, { questions: 'gate_closed' }).next).toBe('supervisor')
    expect(judge(all, everything, { isReported: true }).answer).toBe('refuse')
  })

  it('a driven browser buys nothing: its points count, and two signs of it keep their floor', () => {
    const alone = judge(all, [phoneLink, { ...driven, weight: -20 }])
    expect(alone).toMatchObject({ answer: 'hold', reasons: ['risk_high', 'evidence_missing'] })
    const twice = judge(all, [phoneLink, driven, result('PER_UNTRUSTED_EVENT', { category: 'persona' })])
    expect(twice).toMatchObject({ answer: 'hold', next: 'supervisor' })
  })

  it('a finding that refuses still refuses', () => {
    const checks = { END_WEBDRIVER: { asks: 'refuse' } } as const
    const draft = { ...all, score: { ...all.score, checks } }
    expect(askOf('END_WEBDRIVER', draft.score)).toBe('refuse')
    expect(judge(draft, [phoneLink, driven]).answer).toBe('refuse')
    expect(recorded(draft, [phoneLink, driven])).toEqual([])
  })

  it('under an elevated threat two kinds and a second approval are asked for, raised before or after the weighing', () => {
    const results = [phoneLink, { ...driven, weight: 0 }]
    const held = { answer: 'hold', missingCount: 1 }
    expect(judge(all, results, { isElevatedThreat: true })).toMatchObject(held)
    const weighed = { ...judge(all, results), wouldAsk: recorded(all, results) }
    const about = { purpose: 'password_reset', tier: 'standard' } as const
    expect(underElevatedThreat(weighed, all, about)).toMatchObject(held)
  })
})
