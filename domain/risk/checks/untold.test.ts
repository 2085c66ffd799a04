/**
 * A fact that a browser, a request or a source does not give is never a reason for suspicion, and the evidence shows that it
 * is missing.
 */
import { describe, expect, it } from 'vitest'
import type { RecentSignIn, SessionVisit, UserAgentFacts } from '../facts.ts'
import { answer, dayMs, facts, input, ip, now, probe, surface } from '../testing/facts.ts'
import { resultOf, verdictOf } from '../testing/findings.ts'
import { say } from '../text.ts'
import { headlessUa } from './endpoint/headless-ua.ts'
import { newDevice } from './endpoint/new-device.ts'
import { uaCh } from './endpoint/ua-ch.ts'
import { clientIp } from './network/client-ip.ts'
import { sessionMoved } from './network/session-moved.ts'
import { tzMismatch } from './network/tz-mismatch.ts'
import { activeElsewhere } from './persona/active-elsewhere.ts'
import { calendar } from './persona/calendar.ts'
import { contactChanged } from './persona/contact-changed.ts'
import { focus } from './persona/focus.ts'
import { hour } from './persona/hour.ts'
import { locale } from './persona/locale.ts'
import { untrustedEvent } from './persona/untrusted-event.ts'
import { evaluateChecks } from '../evaluate.ts'

const base = facts()
const agent = (changes: Partial<UserAgentFacts>): UserAgentFacts => {
  if (base.endpoint.userAgent === null) throw new Error('the ordinary case has a user agent')
  return { ...base.endpoint.userAgent, ...changes }
}
const signals = (changes: Partial<(typeof base)['persona']['signals']>) => ({
  persona: { signals: { ...base.persona.signals, ...changes } },
})

describe('a browser that does not tell', () => {
  it('its user agent in the request: the page is asked', () => {
    const page = surface({ userAgent: 'Mozilla/5.0 HeadlessChrome/156.0.0.0' })
    const seen = facts({ endpoint: { userAgent: null, probe: probe({ page }) } })
    expect(resultOf(headlessUa, seen).text).toEqual(say('headless_ua.hit', { word: 'HeadlessChrome' }))
    expect(verdictOf(headlessUa, facts({ endpoint: { probe: null } }))).toBe('pass')
  })

  it('its hints in headers or script: what is left is compared, and the report says which was there', () => {
    const hintsOf = (changes: Parameters<typeof facts>[0]) =>
      resultOf(uaCh, facts(changes)).evidence[1]?.value
    const lied = agent({ os: 'linux' })
    expect(hintsOf({ endpoint: { hints: null, userAgent: lied } })).toEqual(
      say('evidence.hints', { fromHeader: 'none', fromScript: '156 Windows' }),
    )
    expect(hintsOf({ endpoint: { probe: null, userAgent: lied } })).toEqual(
      say('evidence.hints', { fromHeader: '156 Windows', fromScript: 'none' }),
    )
    const silent = { chromiumMajor: null, platform: null, isMobile: true }
    const hints = { brands: [], mobile: false, platform: 'Windows', platformVersion: null }
    expect(hintsOf({ endpoint: { hints: silent, probe: probe({ hints }) } })).toEqual(
      say('evidence.hints', { fromHeader: '? ?', fromScript: '? Windows' }),
    )
  })

  it('its version: no version is compared', () => {
    const raw = 'Mozilla/5.0 (Windows NT 10.0) Vivaldi'
    expect(verdictOf(uaCh, facts({ endpoint: { userAgent: agent({ raw }) } }))).toBe('pass')
  })

  it('its languages: the request is asked, and an empty tag is none', () => {
    const known = { locale: { expected: ['en'], seenBefore: [] } }
    const told = (acceptLanguage: readonly string[] | null) =>
      verdictOf(locale, facts({ endpoint: { probe: null, acceptLanguage }, persona: known }))
    expect([told(['en-GB']), told(['de']), told(['', '-']), told(null)]).toEqual([
      'pass',
      'flag -2',
      'unknown',
      'unknown',
    ])
  })

  it('how one of the answers was typed: the others are looked at', () => {
    const answers = [answer({ input: null }), answer({ input: input({ untrusted: ['input'] }) })]
    expect(verdictOf(untrustedEvent, facts({ challenge: { answers } }))).toBe('flag -10')
    const left = [answer({ input: input({ blurs: 3 }) }), answer({ input: input({ blurs: 3 }) })]
    expect(verdictOf(focus, facts({ challenge: { answers: [answer({ input: null }), ...left] } }))).toBe(
      'flag -2',
    )
  })

  it('a look that a policy counts: a device alike is known', () => {
    const similar = { share: 1, othersAlike: 0, matched: [] }
    const device = { ...base.endpoint.device, verifiedBefore: 2, similar }
    const alike = facts({ endpoint: { device } })
    const live = {
      checks: { END_SIMILAR: { mode: 'live' as const }, END_NEW_DEVICE: { mode: 'live' as const } },
    }
    const found = evaluateChecks(alike, live).find(({ code }) => code === 'END_NEW_DEVICE')
    expect(found?.status).toBe('pass')
    expect(verdictOf(newDevice, alike)).toBe('flag -3')
  })
})

describe('an address that is not told', () => {
  it('is shown as none in the evidence', () => {
    const client = { address: null, hops: 0, problem: 'untrusted_peer' as const }
    expect(resultOf(clientIp, facts({ network: { client } })).evidence[0]?.value).toEqual(
      say('evidence.none'),
    )
  })

  it('without a network or country in a session: the move is judged by what is known', () => {
    const visit = (changes: Partial<SessionVisit>): SessionVisit => ({
      at: now,
      kind: 'opened',
      asn: 2856,
      country: 'GB',
      class: null,
      deviceKeyId: null,
      ...changes,
    })
    const stays = [visit({}), visit({}), visit({ asn: null }), visit({ asn: null })]
    const { evidence } = resultOf(sessionMoved, facts({ network: { visits: stays } }))
    expect(evidence[2]?.value).toMatchObject({ slots: { network: 'AS?' } })
    const moves = [
      visit({}),
      visit({ asn: 1, country: 'DE' }),
      visit({ asn: 1, country: 'DE' }),
      visit({ asn: 2 }),
    ]
    expect(verdictOf(sessionMoved, facts({ network: { visits: moves } }))).toBe('flag -8')
  })

  it('says nothing of travel or of a sign-in elsewhere', () => {
    const travels = { leaveUntil: null, travelCountries: ['GB'], isInJoinedMeeting: false, backSince: null }
    const away = signals({ calendar: { configured: true, value: travels } })
    expect(verdictOf(calendar, facts({ ...away, network: { ip: null } }))).toBe('pass')
    expect(verdictOf(calendar, facts({ ...away, network: { ip: ip({ country: null }) } }))).toBe('pass')
    const value: RecentSignIn = {
      at: now - 60_000,
      os: 'macos',
      asn: 7018,
      isInteractive: true,
      hasFreshFactor: true,
    }
    const elsewhere = signals({ recentSignIn: { configured: true, value } })
    expect(verdictOf(activeElsewhere, facts({ ...elsewhere, network: { ip: null } }))).toBe('unknown')
    expect(verdictOf(activeElsewhere, facts({ ...elsewhere, endpoint: { userAgent: null } }))).toBe('unknown')
    expect(verdictOf(activeElsewhere, facts(elsewhere))).toBe('flag -8')
  })
})

describe('a clock that is not told whole', () => {
  const far = { name: null, offsetMinutes: 480, countryOffsets: [0] }
  it('is compared by its offset, without a name', () => {
    const result = resultOf(tzMismatch, facts({ network: { zone: far } }))
    expect(result).toMatchObject({ status: 'flag', weight: -5 })
    expect(result.evidence[0]?.value).toMatchObject({ key: 'evidence.clock_only' })
  })
  it('is not taken for one set to UTC when nothing names it', () => {
    const zone = { ...far, offsetMinutes: 0, countryOffsets: [480] }
    expect(verdictOf(tzMismatch, facts({ network: { zone } }))).toBe('flag -5')
  })
})

describe('a source that tells little', () => {
  it('an hour that a short histogram does not hold counts as never seen', () => {
    const hours = { hour: 12, histogram: [30, 30], isOnShift: null }
    expect(verdictOf(hour, facts({ persona: { hours } }))).toBe('flag -2')
  })
  it('two changes of the same weight: the later one is named', () => {
    const change = (daysAgo: number) => ({ field: 'phone' as const, at: now - daysAgo * dayMs, by: null })
    const result = resultOf(contactChanged, facts({ persona: { contactChanges: [change(9), change(5)] } }))
    expect(result.evidence[0]?.value).toMatchObject({
      slots: { at: new Date(now - 5 * dayMs).toISOString() },
    })
  })
})
