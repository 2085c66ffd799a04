import { defineCheck } from '../../check.ts'
import { withProbe } from '../../preconditions.ts'
import type { SurfaceValues } from '../../probe.ts'
import { say } from '../../text.ts'

/** A disguise put over the page rarely reaches Workers. */
export const worker = defineCheck({
  code: 'END_WORKER',
  category: 'endpoint',
  group: 'tamper',
  asks: 'one_more_kind',
  defaultWeights: { differs: -8 },
  evaluate: (facts, weights) =>
    withProbe(facts, (probe) => {
      if (probe.worker === null) return { status: 'unknown', text: say('endpoint.not_told') }
      const fields = differing(probe.page, probe.worker)
      if (fields.length === 0) return { status: 'pass', text: say('worker.pass') }
      return {
        status: 'flag',
        weight: weights.differs,
        evidence: [
          { label: 'fields', value: say('evidence.fields', { fields: fields.join(', ') }), sensitivity: 1 },
        ],
        text: say('worker.hit', { fields: fields.join(', ') }),
        remedy: say('remedy.other_browser'),
      }
    }),
})

const compared = ['userAgent', 'languages', 'cores', 'timeZone', 'platform', 'brands'] as const

/** Fields that both sides tell and that differ; the order of brands is random by design, so sets are compared. */
function differing(page: SurfaceValues, inWorker: SurfaceValues): readonly string[] {
  return compared.filter((field) => {
    const here = canonical(page, field)
    const there = canonical(inWorker, field)
    return here !== null && there !== null && here !== there
  })
}

function canonical(values: SurfaceValues, field: (typeof compared)[number]): string | null {
  if (field === 'brands')
    return (
      values.brands
        ?.map((b) => `${b.brand} ${b.version}`)
        .sort()
        .join('|') ?? null
    )
  if (field === 'languages') return values.languages.join(',')
  const value = values[field]
  return value === null ? null : String(value)
}
