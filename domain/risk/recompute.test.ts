import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateChecks } from './evaluate.ts'
import { scoreDifferences, type StoredScoring } from './recompute.ts'
import { score, withApplied } from './score.ts'
import { defaultScorePolicy, type ScorePolicy } from './settings.ts'
import { seeded } from './testing/random.ts'
import { synthetic } from './testing/synthetic.ts'

const turned = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, turned(inner)]),
      )
    : value

const storedOf = (seed: number, policy: ScorePolicy): StoredScoring => {
  const results = evaluateChecks(synthetic(seeded(seed)).facts, { checks: {} })
  const risk = score(results, policy)
  return JSON.parse(
    JSON.stringify({ results: withApplied(results, risk), score: turned(risk) }),
  ) as StoredScoring
}

describe('recomputing a stored score', () => {
  it('gives the same, part by part, in whatever order its keys come back', () => {
    const policies = fc.integer({ min: 0, max: 60 }).map((hi): ScorePolicy => ({
      ...defaultScorePolicy,
      caps: {
        network: { lo: -18, hi: hi / 10 },
        endpoint: { lo: -20, hi: 14 },
        persona: { lo: -18, hi: 8 },
        challenge: { lo: -24, hi: 14 },
        possession: { lo: -20, hi: 24 },
      },
    }))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), policies, (seed, policy) => {
        expect(scoreDifferences(storedOf(seed, policy), policy)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('names what was changed, whether a number, a weight or what is missing', () => {
    const stored = storedOf(7, defaultScorePolicy)
    const { e: _e, ...without } = stored.score
    const parts = (changed: StoredScoring) =>
      scoreDifferences(changed, defaultScorePolicy).map(({ part }) => part)
    expect(parts({ ...stored, score: { ...stored.score, r: 0.1 } })).toEqual(['r'])
    expect(parts({ ...stored, score: without as typeof stored.score })).toEqual(['e'])
    const [first, ...rest] = stored.results
    if (first === undefined) throw new Error('no result')
    expect(parts({ ...stored, results: [{ ...first, applied: 3 }, ...rest] })).toEqual(['applied'])
    const heavier = stored.results.map((one) => ({ ...one, weight: one.weight * 2 }))
    expect(parts({ ...stored, results: heavier })).toEqual(expect.arrayContaining(['e', 'applied']))
  })
})
