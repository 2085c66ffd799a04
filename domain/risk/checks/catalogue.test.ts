/** The registered checks against what was planned, and what each must be shown to do. */
import { describe, expect, it } from 'vitest'
import type { CheckCategory, Weights } from '../check.ts'
import { evaluateChecks } from '../evaluate.ts'
import type { RiskFacts } from '../facts.ts'
import { facts, now, probe } from '../testing/facts.ts'
import { resultOf, verdictOf } from '../testing/findings.ts'
import { seeded } from '../testing/random.ts'
import { endpointScenarios } from '../testing/scenarios/endpoint.ts'
import { knowledgeScenarios } from '../testing/scenarios/knowledge.ts'
import { networkScenarios } from '../testing/scenarios/network.ts'
import { personaScenarios } from '../testing/scenarios/persona.ts'
import { synthetic } from '../testing/synthetic.ts'
import { checkTexts, renderCheckText } from '../text.ts'
import { deChecks } from '../../words/de/checks/index.ts'
import { checks } from './index.ts'

/** Code → group and every dB that the catalogue names, strongest first; a check without weights has none. */
const phase1: Readonly<Record<CheckCategory, Readonly<Record<string, readonly [string, ...number[]]>>>> = {
  network: {
    NET_CLIENT_IP: ['ip', -2],
    NET_TOR_EXIT: ['anon', -12, -8],
    NET_VPN_ASN: ['anon', -5],
    NET_HOSTING_ASN: ['anon', -6, -3],
    NET_GATEWAY: ['gateway'],
    NET_CORP_EGRESS: ['familiar', 6],
    NET_COUNTRY_UNEXPECTED: ['geo', -5],
    NET_IMPOSSIBLE_TRAVEL: ['geo', -8],
    NET_NEW_COUNTRY: ['familiar', -4],
    NET_NEW_ASN: ['familiar', 2, -1],
    NET_TZ_MISMATCH: ['geo', -5, -4, -1, -1],
    NET_HEADER_SHAPE: ['path', -5],
    NET_IP_VELOCITY: ['campaign', -6, -3],
    NET_SESSION_MOVED: ['moved', -8, -2],
  },
  endpoint: {
    END_WEBDRIVER: ['auto', -14],
    END_HEADLESS_UA: ['auto', -14],
    END_CDP: ['auto', -6],
    END_UA_PLATFORM: ['tamper', -8],
    END_UA_CH: ['tamper', -8],
    END_WORKER: ['tamper', -8],
    END_API_TAMPER: ['tamper', -8, -4],
    END_LANG_HEADER: ['tamper', -4],
    END_VM_GRAPHICS: ['env', -3],
    END_KNOWN_KEY: ['device', 12, 4],
    END_NEW_DEVICE: ['device', -3],
    END_SHARED_DEVICE: ['campaign', -8],
    END_NO_TELEMETRY: ['integrity', -4],
    END_TELEMETRY_FORGED: ['integrity', -10],
    END_SCANNER: ['scanner'],
    END_NO_KEY: ['key'],
  },
  persona: {
    PER_ACCOUNT_STATE: ['account'],
    PER_CONTACT_CHANGED: ['life', -10, -8, -3],
    PER_MFA_CHANGED: ['life', -8, -5],
    PER_REQUEST_RATE: ['campaign', -8, -5, -4, -2],
    PER_CHANNEL: ['channel', -10, -6, 5, -3, -3],
    PER_HOUR: ['time', -2],
    PER_NO_TYPING: ['input', -5],
    PER_UNTRUSTED_EVENT: ['input', -10],
    PER_RHYTHM: ['input', -4],
    PER_POINTER: ['input', -2],
    PER_TIMING: ['input', -4, -3],
    PER_USER_REPORTED: ['report'],
  },
  challenge: {
    CHA_ANSWER: ['answer'],
    CHA_TOO_FEW: ['too_few'],
    CHA_CANARY: ['canary', -6],
    CHA_INCONSISTENT: ['inconsistent', -5],
    CHA_ATTEMPTS: ['attempts', -6, -2],
  },
  possession: {
    POS_OTP: ['otp', 10, 5],
    POS_NUMBER_MATCH: ['number_match', 4],
  },
}

/** In shadow until their alarm rate is known: those of the catalogue. A later one needs no line here. */
const further: Readonly<Record<string, readonly [string, ...number[]]>> = {
  NET_PRIVACY_RELAY: ['anon', -1],
  NET_GEO_CONFLICT: ['geo'],
  NET_PHONE_COUNTRY: ['geo', -2],
  NET_HOSTILE: ['anon', -10],
  NET_ANON_LISTED: ['anon', -6],
  END_WINDOW: ['env', -2],
  END_FONT_OS: ['tamper', -3],
  END_STALE: ['env', -2],
  END_KNOWN_COOKIE: ['device', 4],
  END_SIMILAR: ['device', 1],
  PER_PASTE: ['input', -2],
  PER_FOCUS: ['input', -2, -1],
  PER_TENURE: ['life', -4],
  PER_LOCALE: ['geo', -2],
  PER_GOOD_HISTORY: ['hist', 3],
  PER_CAMPAIGN: ['campaign', -6],
  PER_ACTIVE_ELSEWHERE: ['contra', -8],
  PER_CALENDAR: ['contra', -3, -2],
  PER_IDP_RISK: ['idp', -12, -6, 2, -2],
  PER_AGENT_ALARM: ['report'],
}

const byCode = new Map(checks.map((check) => [check.code as string, check]))
const sizes = (weights: Weights): number[] =>
  Object.values(weights).sort((a, b) => Math.abs(b) - Math.abs(a) || b - a)

describe('the first phase', () => {
  it('has 14 network, 16 endpoint, 12 persona, 5 challenge and 2 possession codes', () => {
    expect(Object.values(phase1).map((codes) => Object.keys(codes).length)).toEqual([14, 16, 12, 5, 2])
  })

  it.each(
    Object.entries(phase1).flatMap(([category, codes]) =>
      Object.entries(codes).map(([code, row]) => [code, category, row] as const),
    ),
  )('%s is registered as the catalogue says, and live', (code, category, [group, ...weights]) => {
    expect(byCode.get(code)).toMatchObject({ category, group, phase: 1 })
    expect(sizes(byCode.get(code)?.defaultWeights ?? {})).toEqual(weights)
  })

  it.each(Object.entries(further))('%s is registered, in shadow', (code, [group, ...weights]) => {
    expect(byCode.get(code)).toMatchObject({ group, phase: 2 })
    expect(sizes(byCode.get(code)?.defaultWeights ?? {})).toEqual(weights)
  })

  it('has no check twice', () => {
    expect(byCode.size).toBe(checks.length)
  })
})

const everyCheck = { checks: Object.fromEntries(checks.map(({ code }) => [code, { mode: 'live' as const }])) }
const scenarios = {
  ...networkScenarios,
  ...endpointScenarios,
  ...personaScenarios,
  ...knowledgeScenarios,
}
const sizeOf = (code: string, facts: RiskFacts): number => {
  const check = byCode.get(code)
  if (check === undefined) throw new Error(`no check ${code}`)
  const { weight, quality, floor } = resultOf(check, facts)
  return Math.abs(weight * quality) + (floor === undefined ? 0 : 100)
}
/** Checks that report something and weigh nothing: firing means that they report it. */
const weightless = ['NET_GATEWAY', 'NET_GEO_CONFLICT', 'END_SCANNER']
/** One that weighs nothing and asks for one more kind of proof instead. */
const asksForMore = ['END_NO_KEY']
/** END_CDP cannot tell open developer tools from a driver: the catalogue lets both cost the same, and alone it is never critical. */
const costsTheSame = ['END_CDP']

describe('every registered check', () => {
  it('has a case in which it fires, and its known false positive', () => {
    expect(Object.keys(scenarios).sort()).toEqual([...byCode.keys()].sort())
  })

  it.each(checks.map((check) => [check.code, check] as const))('%s fires, and spares', (code, check) => {
    const scenario = scenarios[code]
    if (scenario === undefined) throw new Error(`no scenario for ${code}`)
    const { fires, spares } = scenario
    expect(verdictOf(check, fires[0])).toBe(fires[1])
    expect(verdictOf(check, spares[1])).toBe(spares[2])
    const fired = resultOf(check, fires[0])
    if (weightless.includes(code)) expect([fired.status, fired.evidence.length > 0]).toEqual(['info', true])
    else if (asksForMore.includes(code)) expect([fired.status, sizeOf(code, fires[0])]).toEqual(['flag', 0])
    else expect(sizeOf(code, fires[0])).toBeGreaterThan(0)
    expect(resultOf(check, spares[1]).status).not.toBe('critical')
    const isEven = [...costsTheSame, ...weightless, ...asksForMore].includes(code)
    if (!isEven && !fires[1].includes('+'))
      expect(sizeOf(code, spares[1])).toBeLessThan(sizeOf(code, fires[0]))
  })

  it.each(checks.map((check) => [check.code, check] as const))(
    '%s says what was seen in both languages, with evidence, and what the agent can do',
    (code, check) => {
      const scenario = scenarios[code]
      if (scenario === undefined) throw new Error(`no scenario for ${code}`)
      const { text, remedy, evidence, status, weight } = resultOf(check, scenario.fires[0])
      for (const texts of [checkTexts, deChecks.texts]) {
        expect(renderCheckText(text, texts)).toMatch(/^.{10,300}$/)
        expect(renderCheckText(text, texts)).not.toMatch(/[{}]|undefined|null/)
      }
      expect(evidence.length).toBeGreaterThan(0)
      expect(evidence.every(({ sensitivity }) => [0, 1, 2].includes(sensitivity))).toBe(true)
      const isAgainst = status === 'flag' || status === 'critical' || weight < 0
      if (!isAgainst) return
      if (remedy === undefined) throw new Error(`${code} tells the agent nothing to do`)
      expect(renderCheckText(remedy, checkTexts)).not.toBe(renderCheckText(remedy, deChecks.texts))
    },
  )

  it('that speaks against a participant names its evidence and says what the agent does next', () => {
    const random = seeded(20_261_126)
    const { userAgent } = facts().endpoint
    const visit = (asn: number) =>
      ({ at: now, kind: 'other', asn, country: 'GB', class: null, deviceKeyId: null }) as const
    const rare = [
      ...(userAgent === null ? [] : [facts({ endpoint: { userAgent: { ...userAgent, raw: '' } } })]),
      facts({ endpoint: { acceptLanguage: [] } }),
      facts({ endpoint: { probe: probe({ graphics: { vendor: null, renderer: null } }) } }),
      facts({ network: { visits: [visit(2856), visit(5607)] } }),
      ...[2, 3, 5].map((participants24h) =>
        facts({ network: { velocity: { participants24h, linksOpened1h: 1 } } }),
      ),
    ]
    const all = [
      ...Object.values(scenarios).flatMap(({ fires, spares }) => [fires[0], spares[1]]),
      ...Array.from({ length: 500 }, () => synthetic(random).facts),
      ...rare,
    ]
    const against = all
      .flatMap((one) => evaluateChecks(one, everyCheck))
      .filter(({ status, weight }) => status === 'flag' || status === 'critical' || weight < 0)
    expect(new Set(against.map(({ text }) => text.key)).size).toBeGreaterThan(70)
    const keysOf = (results: typeof against) => [...new Set(results.map(({ text }) => text.key))]
    expect(keysOf(against.filter(({ remedy }) => remedy === undefined))).toEqual([])
    expect(keysOf(against.filter(({ evidence }) => evidence.length === 0))).toEqual([])
  })

  it('reach a floor in every category without any network', () => {
    const reached = checks.filter((check) => {
      const facts = scenarios[check.code]?.fires[0]
      if (facts === undefined) throw new Error(`no scenario for ${check.code}`)
      const { possession } = facts
      // Nothing of possession speaks against anybody but an approver's no.
      const approvers = possession.approvers.map((asked) => ({ ...asked, answer: 'no' as const }))
      const denied = { ...facts, possession: { ...possession, approvers } }
      return [facts, denied].some((one) => resultOf(check, one).floor !== undefined)
    })
    const found = new Set(reached.map(({ category }) => category))
    expect([...found].sort()).toEqual([...new Set(checks.map(({ category }) => category))].sort())
  })

  it('in shadow changes nothing, and is recorded', () => {
    for (const { code } of checks.filter(({ phase }) => phase === 2)) {
      const facts = scenarios[code]?.fires[0]
      if (facts === undefined) throw new Error(`no scenario for ${code}`)
      const result = evaluateChecks(facts, { checks: {} }).find((one) => one.code === code)
      expect(result?.mode).toBe('shadow')
    }
  })
})
