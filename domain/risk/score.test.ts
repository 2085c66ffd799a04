import { describe, expect, it } from 'vitest'
import { evaluateChecks } from './evaluate.ts'
import type { RiskFacts } from './facts.ts'
import { questionsAllowed, silentRisk } from './gate.ts'
import { riskOf, score, withApplied } from './score.ts'
import type { RiskScore } from './score.ts'
import { defaultCheckSettings, defaultScorePolicy } from './settings.ts'
import {
  answer,
  contact,
  dayMs,
  facts,
  hourMs,
  ip,
  now,
  probe,
  source,
  withPossession,
} from './testing/facts.ts'

const run = (given: RiskFacts): RiskScore =>
  score(evaluateChecks(given, defaultCheckSettings), defaultScorePolicy)
const sums = (risk: RiskScore): number[] => risk.categories.map(({ e }) => e)

const seenBefore = {
  proof: 'valid',
  verifiedBefore: 3,
  otherParticipants30d: 0,
  isMarkedShared: false,
  isBound: true,
  cookie: { state: 'absent' },
  similar: null,
} as const
const known = { ...seenBefore, known: { times: 7, lastAt: now - 21 * dayMs } }
const firstSeen = { ...seenBefore, known: null }
const newAsnHistory = { events: 20, countries: [{ country: 'GB', count: 20 }], asns: [{ asn: 1, count: 20 }] }
const usualAsnHistory = {
  events: 20,
  countries: [{ country: 'GB', count: 20 }],
  asns: [{ asn: 2856, count: 20 }],
}
const privateRight = ['Q6', 'Q11', 'Q12', 'Q18'].map((family, i) =>
  answer({ family, points: [5, 5, 9, 9][i] ?? 0 }),
)
const asked = { isComplete: true, answers: privateRight }

describe('worked examples', () => {
  it('known key, usual network, link on an old contact and match code', () => {
    const risk = run(
      facts({
        network: { history: usualAsnHistory },
        endpoint: { device: known },
        challenge: { isAsked: false },
        possession: withPossession(),
      }),
    )
    // The two good verifications (PER_GOOD_HISTORY, +3) belong to a later phase: +5 instead of +8, same R.
    expect(sums(risk)).toEqual([2, 12, 5, 0, 9])
    expect([risk.r, risk.rDecide]).toEqual([0.4, 0.4])
    expect(riskOf(31)).toBe(0.3)
  })

  it('first-seen device and network, otherwise clean', () => {
    const given = facts({
      network: { history: newAsnHistory },
      endpoint: { device: firstSeen },
      challenge: { isAsked: false },
      possession: withPossession(),
    })
    const risk = run(given)
    expect(sums(risk)).toEqual([-1, -3, 5, 0, 9])
    expect([risk.e, risk.r, risk.rDecide]).toEqual([10, 2.4, 2.4])
  })

  it('B4: four private answers right lower the shown score and not the one that decides', () => {
    const risk = run(
      facts({
        network: { history: newAsnHistory },
        endpoint: { device: firstSeen },
        challenge: asked,
        possession: withPossession(),
      }),
    )
    expect(sums(risk)).toEqual([-1, -3, 5, 14, 9])
    expect([risk.e, risk.r, risk.rDecide]).toEqual([24, 0.6, 2.4])
    const applied = risk.reasons.filter(({ code }) => code === 'CHA_ANSWER').map((reason) => reason.applied)
    expect(applied.reduce((a, b) => a + b, 0)).toBeCloseTo(14, 1)
  })

  it('B4, B19: right answers after a link to a contact changed yesterday', () => {
    const changed = contact({ changedAt: now - 20 * hourMs })
    const results = evaluateChecks(
      facts({
        network: { history: newAsnHistory },
        endpoint: { device: firstSeen },
        persona: {
          contact: changed,
          contactChanges: [{ field: 'phone', at: now - 20 * hourMs, by: 'participant' }],
        },
        challenge: asked,
        possession: { ...withPossession(), returned: [{ kind: 'link', at: now, contact: changed }] },
      }),
      defaultCheckSettings,
    )
    const risk = score(results, defaultScorePolicy)
    expect(sums(risk)).toEqual([-1, -3, -8, 14, 4])
    expect([risk.e, risk.r, risk.rDecide]).toEqual([6, 3.3, 7.2])
    expect(results.some((result) => result.evidenceClass !== undefined)).toBe(false)
  })

  it('traveller on a foreign VPN: no questions', () => {
    const given = facts({
      network: {
        ip: ip({ address: '185.65.134.1', asn: 39351, country: 'NL', class: 'vpn', classBy: 'list' }),
        history: { events: 20, countries: [{ country: 'GB', count: 20 }], asns: [{ asn: 39351, count: 1 }] },
        zone: { name: 'Asia/Karachi', offsetMinutes: 240, countryOffsets: [60] },
      },
      endpoint: { device: firstSeen },
    })
    const results = evaluateChecks(given, defaultCheckSettings)
    const risk = score(results, defaultScorePolicy)
    expect(sums(risk).slice(0, 3)).toEqual([-16, -3, 5])
    expect(risk.e).toBe(-14)
    expect([risk.r, risk.rDecide]).toEqual([8.3, 8.3])
    expect(questionsAllowed(results, risk)).toBe(false)
  })

  it('Tor, certain, on a known device', () => {
    const feeds = [{ kind: 'tor', entry: '86.128.0.1', source: source('tor', '2026-11-23') }] as const
    const risk = run(
      facts({
        network: { ip: ip({ class: 'tor', classBy: 'list', feeds }) },
        endpoint: { device: known },
        persona: { contact: contact({ changedAt: now - 10 * dayMs }) },
        challenge: { isAsked: false },
      }),
    )
    expect(sums(risk).slice(0, 3)).toEqual([-12, 12, 0])
    // The hit asks for one more kind of proof, and costs no points in the decision.
    expect([risk.r, risk.rDecide]).toEqual([5, 2])
  })

  it('Playwright default from a server, text filled in', () => {
    const driven = probe({
      webdriver: true,
      debuggerHits: 3,
      graphics: { vendor: null, renderer: 'Google SwiftShader' },
    })
    const userAgent = facts().endpoint.userAgent
    const risk = run(
      facts({
        network: { ip: ip({ address: '88.99.0.1', class: 'hosting', classBy: 'list' }) },
        endpoint: { probe: driven, userAgent: userAgent && { ...userAgent, botWord: 'HeadlessChrome' } },
        persona: { contact: contact({ changedAt: now - 10 * dayMs }) },
        challenge: {
          answers: [answer({ points: 0, form: 'typed', letters: 8, input: { ...noKeys } })],
        },
      }),
    )
    expect(sums(risk).slice(0, 3)).toEqual([-6, -20, -5])
    expect(risk.e).toBe(-31)
    // Signs of automation cost no points in the decision: two of them hand it to a supervisor.
    expect([risk.r, risk.rDecide]).toEqual([9.7, 8.5])
    expect(risk.floors[0]).toMatchObject({ code: 'AUTOMATION_TWICE', value: 8.5 })
  })
})

const noKeys = {
  keydowns: 0,
  inputs: 1,
  untrusted: [],
  pastes: 0,
  assisted: 0,
  visibleMs: 9000,
  blurs: 0,
  accessibility: false,
  rhythm: null,
  mouse: { presses: 0, centred: 0 },
}

describe('score', () => {
  it('follows its curve', () => {
    const points = [20, 12, 6, 0, -6, -12, -20, -30].map(riskOf)
    expect(points).toEqual([0.9, 2, 3.3, 5, 6.7, 8, 9.1, 9.7])
  })

  it('B4: right answers do not buy back a wrong one in the number that decides', () => {
    const wrong = answer({ family: 'Q1', verdict: 'incorrect', points: -9 })
    const decide = (answers: typeof privateRight): number =>
      run(facts({ challenge: { ...asked, minAnswered: 1, answers }, possession: withPossession() })).rDecide
    expect(decide([wrong])).toBe(3.6)
    expect(decide([wrong, ...privateRight])).toBe(3.6)
    expect(decide(privateRight)).toBe(1.7)
  })

  it('marks missing data instead of trusting it', () => {
    const risk = run(
      facts({
        endpoint: {
          probe: null,
          telemetry: null,
          beacon: 'missing',
          device: { ...firstSeen, proof: 'absent' },
        },
        possession: withPossession(),
      }),
    )
    expect(risk.floors).toContainEqual({ code: 'COVERAGE_ONE', value: 3.5 })
    expect(risk.categories[1]).toMatchObject({ category: 'endpoint', r: null, e: -4 })
    const blind = run(
      facts({
        network: { ip: null, request: null, velocity: null, visits: [] },
        endpoint: { probe: null, telemetry: null, userAgent: null, beacon: 'not_rendered' },
      }),
    )
    expect(blind.r).toBeGreaterThanOrEqual(5)
    expect(blind.hasTooLittleData).toBe(true)
  })

  it('lets a lifted floor go', () => {
    const results = evaluateChecks(
      facts({ persona: { reports: [{ at: now, isLifted: false }] } }),
      defaultCheckSettings,
    )
    expect(score(results, defaultScorePolicy).r).toBe(9.5)
    const lifted = results.map((r) => (r.floor ? { ...r, floor: { ...r.floor, liftedBy: 'staff-2' } } : r))
    expect(score(lifted, defaultScorePolicy).r).toBeLessThan(9)
  })

  it('explains: floors first, then by size, each with the score it would leave', () => {
    const given = facts({
      network: { zone: { name: 'Asia/Tokyo', offsetMinutes: 540, countryOffsets: [0] } },
      persona: {
        account: { state: 'disabled', since: null },
        mfaEvents: [{ kind: 'reset', at: now - dayMs }],
      },
    })
    const risk = run(given)
    expect(risk.reasons.map(({ code }) => code)).toEqual([
      'PER_ACCOUNT_STATE',
      'NET_TZ_MISMATCH',
      'PER_CHANNEL',
      'PER_MFA_CHANGED',
    ])
    const without = run({
      ...given,
      persona: { ...given.persona, account: { state: 'active', since: null } },
    })
    expect(risk.reasons[0]?.leaveOneOut).toBe(without.r)
  })

  it('fills in what each result contributed, and nothing for shadow results', () => {
    const given = facts({ network: { ip: ip({ class: 'vpn', classBy: 'list' }) } })
    const results = evaluateChecks(given, { checks: { PER_CHANNEL: { mode: 'shadow' } } })
    const filled = withApplied(results, score(results, defaultScorePolicy))
    expect(filled.find(({ code }) => code === 'NET_VPN_ASN')?.applied).toBe(-5)
    expect(filled.find(({ code }) => code === 'PER_CHANNEL')).toMatchObject({ weight: 5, applied: 0 })
  })

  it('opens the gate to questions for an ordinary case only', () => {
    const allowed = (given: RiskFacts): boolean => {
      const results = evaluateChecks(given, defaultCheckSettings)
      return questionsAllowed(results, score(results, defaultScorePolicy))
    }
    expect(allowed(facts())).toBe(true)
    expect(allowed(facts({ possession: withPossession() }))).toBe(true)
    expect(allowed(facts({ persona: { account: { state: 'terminated', since: null } } }))).toBe(false)
    expect(allowed(facts({ endpoint: { probe: probe({ webdriver: true, debuggerHits: 1 }) } }))).toBe(false)
    expect(silentRisk(run(facts()))).toBe(3.6)
  })

  it('shuts the gate at a silent risk of 8.0', () => {
    const silentAt = (e: number) => {
      const risk = score([], defaultScorePolicy)
      const categories = risk.categories.map((one) => (one.category === 'network' ? { ...one, e } : one))
      return { ...risk, categories, floors: [] }
    }
    expect([-11.5, -12].map((e) => silentRisk(silentAt(e)))).toEqual([7.9, 8])
    expect([-11.5, -12].map((e) => questionsAllowed([], silentAt(e)))).toEqual([true, false])
  })
})
