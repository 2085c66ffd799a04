import { describe, expect, it } from 'vitest'
import type { CheckMode } from '../../check.ts'
import { evaluateChecks } from '../../evaluate.ts'
import type { DeviceFacts, DeviceLikeness, UserAgentFacts, VersionFacts } from '../../facts.ts'
import type { ProbeReport } from '../../probe.ts'
import { dayMs, facts, now, probe, source } from '../../testing/facts.ts'
import { verdictOf } from '../../testing/findings.ts'
import { fontOs } from './font-os.ts'
import { knownCookie } from './known-cookie.ts'
import { newDevice } from './new-device.ts'
import { similar } from './similar.ts'
import { stale } from './stale.ts'
import { window } from './window.ts'

const base = facts().endpoint
const agent = (changes: Partial<UserAgentFacts>): UserAgentFacts => {
  if (base.userAgent === null) throw new Error('the ordinary case has a user agent')
  return { ...base.userAgent, ...changes }
}
const seen = (report: Partial<ProbeReport>, userAgent: Partial<UserAgentFacts> = {}) =>
  facts({ endpoint: { probe: probe(report), userAgent: agent(userAgent) } })
const device = (changes: Partial<DeviceFacts>) =>
  facts({ endpoint: { device: { ...base.device, ...changes } } })

describe('END_WINDOW', () => {
  const screen = probe().screen
  const size = (changes: Partial<ProbeReport['screen']>) => ({ screen: { ...screen, ...changes } })
  /** As Playwright opens it. */
  const frameless = size({
    width: 1280,
    height: 720,
    outerHeight: 720,
    innerHeight: 720,
    outerWidth: 1280,
    innerWidth: 1280,
  })
  it.each<[string, Partial<ProbeReport>, string]>([
    ['an ordinary window', {}, 'pass'],
    ['no frame', frameless, 'flag -2'],
    ['full screen (F11, a kiosk)', { screen: { ...frameless.screen, isFullScreen: true } }, 'pass'],
    ['a page shown at half its size', size({ innerHeight: 1840, innerWidth: 3800 }), 'pass'],
    ['a frame no page of any size can have', size({ outerHeight: 0, outerWidth: 0 }), 'flag -2'],
    ['developer tools at the side', size({ innerWidth: 900 }), 'pass'],
    ['neither hover nor a fine pointer', { canHover: false, finePointer: false }, 'flag -2'],
    ['a touch PC', { canHover: false, finePointer: false, touchPoints: 10 }, 'pass'],
    ['a mouse that cannot hover', { canHover: false }, 'pass'],
    ['a screen of 800 by 600', size({ width: 800, height: 600 }), 'flag -2'],
    ['a screen of 800 by 1280', size({ width: 800, height: 1280 }), 'pass'],
  ])('%s', (_name, report, expected) => {
    expect(verdictOf(window, seen(report))).toBe(expected)
  })
  it('has nothing to say of phones, nor before the beacon', () => {
    expect(verdictOf(window, seen(frameless, { isMobile: true, os: 'android' }))).toBe('not_applicable')
    expect(verdictOf(window, facts({ endpoint: { probe: null } }))).toBe('unknown')
  })
})

describe('END_FONT_OS', () => {
  const linux = ['DejaVu Sans', 'Liberation Sans'] as const
  it.each<[string, Partial<ProbeReport>, Partial<UserAgentFacts>, string]>([
    ['Windows with one of its fonts', { fonts: ['Consolas', ...linux] }, {}, 'pass'],
    ['Windows with fonts of Linux alone', { fonts: linux }, {}, 'flag -3'],
    ['macOS with its own', { fonts: ['Arial', 'Menlo'] }, { os: 'macos' }, 'pass'],
    ['macOS with fonts of Windows alone', { fonts: ['Segoe UI', 'Arial'] }, { os: 'macos' }, 'flag -3'],
    ['a browser that hides all fonts', { fonts: [] }, {}, 'unknown'],
    ['a browser that cannot tell', { fonts: null }, {}, 'unknown'],
    ['Linux', { fonts: linux }, { os: 'linux' }, 'not_applicable'],
    ['no system named', { fonts: linux }, { os: null }, 'not_applicable'],
  ])('%s', (_name, report, userAgent, expected) => {
    expect(verdictOf(fontOs, seen(report, userAgent))).toBe(expected)
  })
  it('leaves a browser alone that resists recognition by design', () => {
    const tamper = { ...probe().tamper!, shield: 'brave' as const }
    expect(verdictOf(fontOs, seen({ fonts: linux, tamper }))).toBe('unknown')
  })
})

describe('END_STALE', () => {
  const list = source('browsers', '2026-11-01')
  const versions = (major: number, changes: Partial<VersionFacts> = {}, isLongTerm = false) =>
    facts({
      endpoint: {
        versions: {
          browser: { name: 'Chrome', major, newest: 156, isLongTerm },
          endedSystem: null,
          source: list,
          ...changes,
        },
      },
    })
  it.each([
    ['twelve behind', versions(144), 'pass'],
    ['thirteen behind', versions(143), 'flag -2'],
    ['newer than the list', versions(160), 'pass'],
    ['a long-term version', versions(140, {}, true), 'pass'],
    ['a system without support', versions(156, { endedSystem: 'Windows 7' }), 'flag -2'],
    ['such a system, long-term version', versions(115, { endedSystem: 'Windows 7' }, true), 'flag -2'],
    ['no version to compare', versions(0, { browser: null }), 'not_applicable'],
    ['a list of 182 days', versions(120, { source: source('browsers', '2026-05-27') }), 'flag -2'],
    [
      'a list of 183 days',
      versions(120, { source: source('browsers', '2026-05-25T09:30:00Z') }),
      'not_applicable',
    ],
    ['a list of half a year', versions(120, { source: source('browsers', '2026-05-20') }), 'not_applicable'],
    ['no list', facts({ endpoint: { versions: null } }), 'not_applicable'],
    ['no request', facts({ endpoint: { userAgent: null } }), 'unknown'],
  ])('%s', (_name, given, expected) => {
    expect(verdictOf(stale, given)).toBe(expected)
  })
})

describe('END_KNOWN_COOKIE', () => {
  const known = (days: number) => ({ cookie: { state: 'known' as const, lastAt: now - days * dayMs } })
  it.each<[string, Partial<DeviceFacts>, string]>([
    ['no cookie', {}, 'not_applicable'],
    ['one of this participant, new key', known(30), 'pass +4'],
    ['just under 180 days', known(179), 'pass +4'],
    ['180 days', known(180), 'pass'],
    ['without any key', { ...known(30), proof: 'absent' }, 'pass +4'],
    ['one of another participant, or made up', { cookie: { state: 'foreign' } }, 'pass'],
    ['beside the known key', { ...known(30), known: { times: 1, lastAt: now - dayMs } }, 'pass'],
    ['beside a forged key', { ...known(30), proof: 'invalid' }, 'pass'],
  ])('%s', (_name, changes, expected) => {
    expect(verdictOf(knownCookie, device(changes))).toBe(expected)
  })
})

describe('END_SIMILAR', () => {
  const like = (share: number, changes: Partial<DeviceLikeness> = {}): Partial<DeviceFacts> => ({
    similar: { share, matched: ['screen', 'graphics'], othersAlike: 0, ...changes },
  })
  it.each<[string, Partial<DeviceFacts>, string]>([
    ['nothing to compare', {}, 'not_applicable'],
    ['alike', like(0.9), 'pass +1'],
    ['not quite alike', like(0.89), 'pass'],
    ['the image of the whole company', like(1, { othersAlike: 1 }), 'info'],
    ['beside the known key', { ...like(1), known: { times: 1, lastAt: now - dayMs } }, 'pass'],
    ['beside a forged key', { ...like(1), proof: 'invalid' }, 'pass'],
  ])('%s', (_name, changes, expected) => {
    expect(verdictOf(similar, device(changes))).toBe(expected)
  })
  it('waits for the beacon', () => {
    expect(verdictOf(similar, facts({ endpoint: { probe: null } }))).toBe('unknown')
  })
})

describe('END_NEW_DEVICE beside other ways of knowing a device', () => {
  const given = device({ verifiedBefore: 3, cookie: { state: 'known', lastAt: now - dayMs } })
  const weight = (mode: CheckMode) =>
    evaluateChecks(given, { checks: { END_KNOWN_COOKIE: { mode } } }).find(
      ({ code }) => code === newDevice.code,
    )?.weight
  it('is not new where a live check knows it, and is where the check only watches', () => {
    expect([weight('live'), weight('shadow'), weight('off')]).toEqual([0, -3, -3])
  })
})
