import { defineCheck } from '../../check.ts'
import { withCountry } from '../../preconditions.ts'
import { geoQuality, historyQuality } from '../../quality.ts'
import { say } from '../../text.ts'

/** A first time only means something against at least five earlier events. */
const minimumEvents = 5

/** The person was never seen in this country within 180 days. */
export const newCountry = defineCheck({
  code: 'NET_NEW_COUNTRY',
  category: 'network',
  group: 'familiar',
  asks: 'two_kinds',
  defaultWeights: { first: -4 },
  evaluate: (facts, weights) =>
    withCountry(facts, (country, ip) => {
      const { history } = facts.network
      if (history === null || history.events < minimumEvents)
        return { status: 'unknown', text: say('network.no_history') }
      if (history.countries.some((seen) => seen.country === country && seen.count > 0))
        return { status: 'pass', text: say('new_country.pass', { country }) }
      return {
        status: 'flag',
        weight: weights.first,
        quality: historyQuality(history) * geoQuality(ip, facts.at),
        evidence: [{ label: 'country', value: say('evidence.first_time_in', { country }), sensitivity: 0 }],
        text: say('new_country.hit', { country }),
        remedy: say('remedy.confirm_travel'),
        ...(ip.sources.country !== null && { source: ip.sources.country }),
      }
    }),
})
