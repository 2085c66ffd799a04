import { describe, expect, it } from 'vitest'
import type { Check } from './check.ts'
import { checks } from './checks/index.ts'
import { evaluateChecks, modeOf } from './evaluate.ts'
import { renderCheckText, checkTexts, say } from './text.ts'
import { answer, facts, ip } from './testing/facts.ts'
import { seeded } from './testing/random.ts'
import { synthetic } from './testing/synthetic.ts'

const vpn = facts({ network: { ip: ip({ class: 'vpn', classBy: 'list' }) } })
const weightOf = (setting: object): number | undefined =>
  evaluateChecks(vpn, { checks: { NET_VPN_ASN: setting } }).find(({ code }) => code === 'NET_VPN_ASN')?.weight

/** The first phase */
const phaseOne = {
  NET: 'CLIENT_IP TOR_EXIT VPN_ASN HOSTING_ASN GATEWAY CORP_EGRESS COUNTRY_UNEXPECTED IMPOSSIBLE_TRAVEL NEW_COUNTRY NEW_ASN TZ_MISMATCH HEADER_SHAPE IP_VELOCITY SESSION_MOVED',
  END: 'WEBDRIVER HEADLESS_UA CDP UA_PLATFORM UA_CH WORKER API_TAMPER LANG_HEADER VM_GRAPHICS KNOWN_KEY NEW_DEVICE SHARED_DEVICE NO_TELEMETRY TELEMETRY_FORGED SCANNER NO_KEY COPIED_KEY',
  PER: 'ACCOUNT_STATE CONTACT_CHANGED MFA_CHANGED REQUEST_RATE CHANNEL HOUR NO_TYPING UNTRUSTED_EVENT TIMING USER_REPORTED RHYTHM POINTER',
  CHA: 'ANSWER TOO_FEW CANARY INCONSISTENT ATTEMPTS',
  POS: 'OTP NUMBER_MATCH',
}

/** Evidence classes of their own, live from the beginning: they answer only where a participant has one. */
const evidence = { POS: 'PASSKEY PROVIDER PUSH SHEET APPROVER' }

/** Watched until their alarm rate is known */
const inShadow = {
  NET: 'PRIVACY_RELAY GEO_CONFLICT PHONE_COUNTRY HOSTILE ANON_LISTED',
  END: 'WINDOW FONT_OS STALE KNOWN_COOKIE SIMILAR',
  PER: 'IDP_RISK ACTIVE_ELSEWHERE CALENDAR CAMPAIGN TENURE LOCALE PASTE FOCUS GOOD_HISTORY AGENT_ALARM',
}

const codesOf = (table: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(table).flatMap(([prefix, names]) => names.split(' ').map((name) => `${prefix}_${name}`))
const codesIn = (phase: 1 | 2): readonly string[] =>
  checks.flatMap((check) => (check.phase === phase ? [check.code] : []))

describe('the catalogue', () => {
  it('holds the 50 codes of phase 1, further evidence, and those in shadow, each once', () => {
    expect(codesIn(1)).toEqual([...codesOf(phaseOne), ...codesOf(evidence)])
    // A later check in shadow needs no line here.
    const known = codesOf(inShadow)
    expect(codesIn(2).filter((code) => known.includes(code))).toEqual(known)
    expect(new Set(codesOf(phaseOne)).size).toBe(50)
    expect(new Set(checks.map(({ code }) => code)).size).toBe(checks.length)
  })

  it('lists categories one after the other, which is the order of a report', () => {
    const order = ['network', 'endpoint', 'persona', 'challenge', 'possession']
    const places = checks.map(({ category }) => order.indexOf(category))
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  it('keeps weights within what a silent check may weigh', () => {
    for (const check of checks)
      for (const weight of Object.values(check.defaultWeights))
        expect(Math.abs(weight)).toBeLessThanOrEqual(check.category === 'possession' ? 20 : 15)
  })
})

describe('evaluateChecks', () => {
  it('takes modes from the policy, else live for phase 1 and shadow for newer checks', () => {
    const [first] = checks
    if (first === undefined) throw new Error('no checks')
    const newer: Check = { ...first, phase: 2 }
    expect([modeOf(first, { checks: {} }), modeOf(newer, { checks: {} })]).toEqual(['live', 'shadow'])
    const results = evaluateChecks(vpn, {
      checks: { NET_VPN_ASN: { mode: 'off' }, END_CDP: { mode: 'shadow' } },
    })
    expect(results.some(({ code }) => code === 'NET_VPN_ASN')).toBe(false)
    expect(results.find(({ code }) => code === 'END_CDP')?.mode).toBe('shadow')
  })

  it('takes weights from the policy: a size for the strongest, or single cases', () => {
    expect(weightOf({})).toBe(-5)
    expect(weightOf({ weight: 7 })).toBe(-7)
    expect(weightOf({ weight: -7 })).toBe(-7)
    expect(weightOf({ weights: { listed: -2 } })).toBe(-2)
    expect(weightOf({ weights: { unheard: -2 } })).toBe(-5)
    const usual = facts({
      network: {
        history: { events: 10, countries: [{ country: 'GB', count: 10 }], asns: [{ asn: 2856, count: 0 }] },
      },
    })
    const halved = evaluateChecks(usual, { checks: { NET_NEW_ASN: { weight: 1 } } })
    expect(halved.find(({ code }) => code === 'NET_NEW_ASN')).toMatchObject({ weight: -0.5, maxWeight: 2 })
  })

  it('is pure: stored facts give the same results', () => {
    const random = seeded(7)
    for (let i = 0; i < 30; i += 1) {
      const { facts: given } = synthetic(random)
      const stored = JSON.parse(JSON.stringify(given)) as typeof given
      expect(evaluateChecks(stored, { checks: {} })).toEqual(evaluateChecks(given, { checks: {} }))
    }
  })

  it('writes sentences without open slots and evidence without conclusions beyond the label', () => {
    const random = seeded(11)
    for (let i = 0; i < 60; i += 1)
      for (const result of evaluateChecks(synthetic(random).facts, { checks: {} })) {
        expect(renderCheckText(result.text)).not.toMatch(/[{}]|undefined|null|NaN/)
        if (result.remedy) expect(renderCheckText(result.remedy)).toMatch(/\.$/)
        for (const { value } of result.evidence)
          expect(typeof value === 'string' ? value : renderCheckText(value)).not.toMatch(
            /[{}]|undefined|null|NaN/,
          )
      }
  })

  it('keeps replies out of every result', () => {
    const given = facts({ challenge: { isComplete: true, answers: [answer(), answer({ family: 'Q6' })] } })
    const answers = evaluateChecks(given, { checks: {} }).filter(({ code }) => code === 'CHA_ANSWER')
    expect(answers.map(({ group }) => group)).toEqual(['answer:Q1', 'answer:Q6'])
    for (const { evidence } of answers)
      expect(evidence.every(({ sensitivity }) => sensitivity >= 1)).toBe(true)
  })
})

describe('texts', () => {
  it('are whole sentences', () => {
    for (const [key, text] of Object.entries(checkTexts))
      if (!key.startsWith('evidence.')) expect(text).toMatch(/^["{\p{Lu}].*[.”"]$/u)
  })

  it('leave an unfilled slot visible rather than empty', () => {
    const text = { ...say('vpn_asn.hit', { network: 'x' }), slots: {} }
    expect(renderCheckText(text)).toContain('{network}')
  })
})
