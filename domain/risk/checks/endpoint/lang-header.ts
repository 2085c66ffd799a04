import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

/** The first language of the request is not the first language of the browser. */
export const langHeader = defineCheck({
  code: 'END_LANG_HEADER',
  category: 'endpoint',
  group: 'tamper',
  defaultWeights: { differs: -4 },
  evaluate({ endpoint: { userAgent, acceptLanguage, probe } }, weights) {
    if (userAgent === null) return { status: 'unknown', text: say('endpoint.no_request') }
    const header = acceptLanguage?.[0]
    const remedy = say('remedy.other_browser')
    if (header === undefined)
      return {
        status: 'flag',
        weight: weights.differs,
        evidence: [{ label: 'languages', value: say('evidence.none'), sensitivity: 0 }],
        text: say('lang_header.missing'),
        remedy,
      }
    const page = probe?.page.languages[0]
    if (page === undefined) return { status: 'unknown', text: say('endpoint.no_probe') }
    if (header.toLowerCase() === page.toLowerCase()) return { status: 'pass', text: say('lang_header.pass') }
    return {
      status: 'flag',
      weight: weights.differs,
      evidence: [{ label: 'languages', value: say('evidence.languages', { header, page }), sensitivity: 0 }],
      text: say('lang_header.hit', { header, page }),
      remedy,
    }
  },
})
