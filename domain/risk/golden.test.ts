import { expect, it } from 'vitest'
import { evaluateChecks } from './evaluate.ts'
import { score } from './score.ts'
import { defaultCheckSettings, defaultScorePolicy } from './settings.ts'
import { seeded } from './testing/random.ts'
import { synthetic } from './testing/synthetic.ts'

/** A changed weight shows as a diff of this file; accept it with `vitest run -u`. */
it('scores 200 synthetic verifications as recorded', async () => {
  const random = seeded(20_261_124)
  const lines = Array.from({ length: 200 }, (_, index) => {
    const { kind, facts } = synthetic(random)
    const risk = score(evaluateChecks(facts, defaultCheckSettings), defaultScorePolicy)
    return JSON.stringify({
      case: index + 1,
      kind,
      r: risk.r,
      rDecide: risk.rDecide,
      band: risk.band,
      e: risk.categories.map(({ e }) => e),
      floors: risk.floors.map(({ code, value }) => `${code} ${String(value)}`),
      reasons: risk.reasons.slice(0, 6).map(({ code, applied }) => `${code} ${String(applied)}`),
    })
  })
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./testing/golden.jsonl')
})
