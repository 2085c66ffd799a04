import { defineCheck } from '../../check.ts'
import { withCountry } from '../../preconditions.ts'
import { geoQuality } from '../../quality.ts'
import { say } from '../../text.ts'

/** Calling codes, never countries: islands share one. A number from abroad is normal where the person is expected. */
export const phoneCountry = defineCheck({
  code: 'NET_PHONE_COUNTRY',
  category: 'network',
  group: 'geo',
  phase: 2,
  defaultWeights: { differs: -2 },
  evaluate: (facts, weights) =>
    withCountry(facts, (country, ip) => {
      const { phone, expectedCountries } = facts.network
      if (phone === null) return { status: 'not_applicable', text: say('phone_country.no_phone') }
      if (phone.countryCode === null) return { status: 'unknown', text: say('phone_country.no_code') }
      const code = phone.contactCode
      if (code === phone.countryCode) return { status: 'pass', text: say('phone_country.pass') }
      if (expectedCountries?.includes(country) === true)
        return { status: 'info', text: say('phone_country.expected', { code, country }) }
      return {
        status: 'flag',
        weight: weights.differs,
        quality: geoQuality(ip, facts.at),
        evidence: [
          { label: 'contact', value: say('evidence.calling_code', { code, country }), sensitivity: 0 },
        ],
        text: say('phone_country.hit', { code, country }),
        remedy: say('remedy.confirm_travel'),
        ...(ip.sources.country !== null && { source: ip.sources.country }),
      }
    }),
})
