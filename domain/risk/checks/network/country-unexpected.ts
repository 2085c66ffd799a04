import { defineCheck } from '../../check.ts'
import { withCountry } from '../../preconditions.ts'
import { geoQuality } from '../../quality.ts'
import { say } from '../../text.ts'

/** The address is in none of the countries where directory, calendar and recent history place the person. */
export const countryUnexpected = defineCheck({
  code: 'NET_COUNTRY_UNEXPECTED',
  category: 'network',
  group: 'geo',
  defaultWeights: { unexpected: -5 },
  evaluate: (facts, weights) =>
    withCountry(facts, (country, ip) => {
      const expected = facts.network.expectedCountries ?? []
      if (expected.length === 0) return { status: 'unknown', text: say('country_unexpected.none_known') }
      if (expected.includes(country))
        return { status: 'pass', text: say('country_unexpected.pass', { country }) }
      const list = [...expected].sort().join(', ')
      return {
        status: 'flag',
        weight: weights.unexpected,
        quality: geoQuality(ip, facts.at),
        evidence: [
          {
            label: 'country',
            value: say('evidence.country_expected', { country, expected: list }),
            sensitivity: 0,
          },
        ],
        text: say('country_unexpected.hit', { country, expected: list }),
        remedy: say('remedy.confirm_travel'),
        ...(ip.sources.country !== null && { source: ip.sources.country }),
      }
    }),
})
