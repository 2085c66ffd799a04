import { defineCheck } from '../../check.ts'
import { withCountry } from '../../preconditions.ts'
import { say } from '../../text.ts'

/** Two independent country sources that differ. No weight of its own: it halves the weight of every check on the country. */
export const geoConflict = defineCheck({
  code: 'NET_GEO_CONFLICT',
  category: 'network',
  group: 'geo',
  phase: 2,
  defaultWeights: {},
  evaluate: (facts) =>
    withCountry(facts, (country, { country2, sources }) => {
      if (country2 === null) return { status: 'not_applicable', text: say('geo_conflict.one_source') }
      if (country === country2) return { status: 'pass', text: say('geo_conflict.pass', { country }) }
      return {
        status: 'info',
        evidence: [
          { label: 'country', value: say('evidence.either_country', { country, country2 }), sensitivity: 0 },
        ],
        text: say('geo_conflict.hit', { country, country2 }),
        remedy: say('remedy.confirm_travel'),
        ...(sources.country !== null && { source: sources.country }),
      }
    }),
})
