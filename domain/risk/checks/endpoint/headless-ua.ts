import { defineCheck } from '../../check.ts'
import type { EndpointFacts } from '../../facts.ts'
import { say } from '../../text.ts'

/** The user agent names a headless browser, a bot or a tool, or is empty (which bot lists do not catch). */
export const headlessUa = defineCheck({
  code: 'END_HEADLESS_UA',
  category: 'endpoint',
  group: 'auto',
  asks: 'one_more_kind',
  defaultWeights: { declared: -14 },
  evaluate({ endpoint }, weights) {
    if (endpoint.userAgent === null && endpoint.probe === null)
      return { status: 'unknown', text: say('endpoint.no_request') }
    const remedy = say('remedy.other_browser')
    if (endpoint.userAgent?.raw.trim() === '')
      return {
        status: 'flag',
        weight: weights.declared,
        evidence: [{ label: 'word', value: say('evidence.none'), sensitivity: 0 }],
        text: say('headless_ua.empty'),
        remedy,
      }
    const word = tellingWord(endpoint)
    if (word === null) return { status: 'pass', text: say('headless_ua.pass') }
    return {
      status: 'flag',
      weight: weights.declared,
      evidence: [{ label: 'word', value: word, sensitivity: 0 }],
      text: say('headless_ua.hit', { word }),
      remedy,
    }
  },
})

function tellingWord({ userAgent, probe }: EndpointFacts): string | null {
  const headless = /headless\w*/i
  const match = headless.exec(userAgent?.raw ?? '') ?? headless.exec(probe?.page.userAgent ?? '')
  return match?.[0] ?? userAgent?.botWord ?? null
}
