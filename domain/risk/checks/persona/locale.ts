import { defineCheck } from '../../check.ts'
import type { EndpointFacts } from '../../facts.ts'
import { say } from '../../text.ts'

/**
 * A browser whose languages fit neither the person's profile, nor the country of work, nor earlier verifications. It speaks
 * of a device that is not theirs, never of where a person comes from.
 */
export const locale = defineCheck({
  code: 'PER_LOCALE',
  category: 'persona',
  group: 'geo',
  phase: 2,
  defaultWeights: { foreign: -2 },
  evaluate({ persona: { locale: known }, endpoint }, weights) {
    if (known === null || known.expected.length === 0)
      return { status: 'unknown', text: say('locale.unknown') }
    const spoken = languagesOf(endpoint)
    const [first] = spoken
    if (first === undefined) return { status: 'unknown', text: say('locale.not_told') }
    // A person who speaks several languages lists them all: one that fits is enough.
    const usual = [...known.expected, ...known.seenBefore]
    if (spoken.some((language) => usual.includes(language)))
      return { status: 'pass', text: say('locale.pass') }
    const languages = [...new Set(usual)].sort().join(', ')
    return {
      status: 'flag',
      weight: weights.foreign,
      evidence: [
        {
          label: 'languages',
          value: say('evidence.languages_expected', { spoken: spoken.join(', '), languages }),
          sensitivity: 1,
        },
      ],
      text: say('locale.hit', { language: first, languages }),
      remedy: say('remedy.own_device'),
    }
  },
})

/** Two-letter codes, first choice first; what the page says, else the request. */
function languagesOf({ probe, acceptLanguage }: EndpointFacts): readonly string[] {
  const tags = probe?.page.languages ?? acceptLanguage ?? []
  const codes = tags.map((tag) => tag.toLowerCase().replace(/[-_].*$/s, ''))
  return [...new Set(codes.filter((code) => code !== ''))].slice(0, 8)
}
