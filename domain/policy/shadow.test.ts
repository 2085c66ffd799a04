import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { CheckResult } from '../risk/check.ts'
import { evaluateChecks } from '../risk/evaluate.ts'
import type { RiskFacts } from '../risk/facts.ts'
import { questionsAllowed } from '../risk/gate.ts'
import { score } from '../risk/score.ts'
import { answer, dayMs, facts, input, ip, now, probe, source, surface } from '../risk/testing/facts.ts'
import { seeded } from '../risk/testing/random.ts'
import { synthetic } from '../risk/testing/synthetic.ts'
import { purposes, tiers } from '../verification/verification.ts'
import { decide } from './decide.ts'
import { defaultPolicy } from './defaults.ts'

/** Facts that make every check fire that is only watched. */
const worst = ({ network, endpoint, persona, challenge, ...rest }: RiskFacts): RiskFacts => ({
  ...rest,
  network: {
    ...network,
    ip: ip({ ...network.ip, class: network.ip?.class ?? 'relay' }),
    phone: { contactCode: '81', countryCode: '44' },
    expectedCountries: null,
  },
  endpoint: {
    ...endpoint,
    probe: probe({
      ...endpoint.probe,
      fonts: ['DejaVu Sans'],
      screen: { ...probe().screen, width: 800, height: 600 },
      page: surface({ ...endpoint.probe?.page, languages: ['fi'] }),
    }),
    versions: { browser: null, endedSystem: 'Windows 7', source: source('browsers', '2026-11-01') },
    device: { ...endpoint.device, cookie: { state: 'known', lastAt: now - dayMs } },
  },
  persona: {
    ...persona,
    tenure: { hiredAt: null, lastSignInAt: now - 300 * dayMs },
    campaign: { shared: [{ by: 'network', participants: 9 }], started: 5, usuallyStarted: 5 },
    past: { possessionVerified: 9, disputed: 0 },
    signals: {
      identityRisk: {
        configured: true,
        value: { level: 'confirmed_compromised', detections: [], at: now, source: source('provider') },
      },
      recentSignIn: {
        configured: true,
        value: { at: now, asn: 1, os: 'macos', isInteractive: true, hasFreshFactor: true },
      },
      calendar: { configured: false },
      agentAlarm: { configured: true, value: { at: now, by: 'Alex Agent' } },
    },
  },
  challenge: {
    ...challenge,
    answers: [...challenge.answers, answer(), answer()].map((given) => ({
      ...given,
      form: 'typed' as const,
      letters: 17,
      input: input({
        blurs: 3,
        pastes: 1,
        keydowns: 2,
        rhythm: { keys: 9, intervalSdMs: 1, dwellSdMs: 1 },
        mouse: { presses: 1, centred: 1 },
      }),
    })),
  },
})

const policy = defaultPolicy()
const given = fc.record({
  seed: fc.integer({ min: 1, max: 1e9 }),
  purpose: fc.constantFrom(...purposes),
  tier: fc.constantFrom(...tiers),
})
const judge = (
  results: readonly CheckResult[],
  of: { purpose: (typeof purposes)[number]; tier: (typeof tiers)[number] },
) => {
  const risk = score(results, policy.score)
  const decision = decide({
    ...of,
    policy,
    results,
    score: risk,
    rDecideUnansweredWrong: risk.rDecide,
    questions: 'complete',
    obtainable: ['second_contact'],
    isReported: false,
    isNeverViaHelpDesk: false,
    isContactChanged: false,
    isElevatedThreat: false,
  })
  return { risk, decision, gate: questionsAllowed(results, risk) }
}

describe('checks in shadow', () => {
  it('fire in the cases below, some with a floor', () => {
    const results = evaluateChecks(worst(facts()), policy.score).filter(({ mode }) => mode === 'shadow')
    const fired = results.filter(({ weight, floor }) => weight !== 0 || floor !== undefined)
    expect(fired.length).toBeGreaterThan(12)
    expect(fired.filter(({ floor }) => floor !== undefined).map(({ code }) => code)).toEqual([
      'PER_IDP_RISK',
      'PER_AGENT_ALARM',
    ])
  })

  it('leave score, gate and decision as they are, whichever of them are there', () => {
    fc.assert(
      fc.property(given, fc.integer(), ({ seed, ...of }, mask) => {
        const results = evaluateChecks(worst(synthetic(seeded(seed)).facts), policy.score)
        const all = judge(results, of)
        const some = results.filter(
          ({ mode }, index) => mode === 'live' || ((mask >> (index % 31)) & 1) === 1,
        )
        expect(judge(some, of)).toEqual(all)
        expect(
          judge(
            results.filter(({ mode }) => mode === 'live'),
            of,
          ),
        ).toEqual(all)
      }),
      { numRuns: 200 },
    )
  })

  it('count as soon as the policy sets them live', () => {
    const of = { purpose: 'password_reset', tier: 'standard' } as const
    const live = { ...policy.score, checks: { PER_AGENT_ALARM: { mode: 'live' as const } } }
    const results = evaluateChecks(worst(facts()), live)
    expect(judge(results, of).risk.floors[0]).toMatchObject({ code: 'PER_AGENT_ALARM', value: 9 })
    expect(judge(results, of)).toMatchObject({ gate: false, decision: { answer: 'hold' } })
  })
})
