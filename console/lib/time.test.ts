import { afterEach, describe, expect, it, vi } from 'vitest'
import { clockSeconds, clockTime, dayOf, exactTime, relativeTime } from './time.ts'

const at = '2026-11-24T21:02:05.000Z'
const reading = (languages: readonly string[]) => vi.stubGlobal('navigator', { languages })
afterEach(() => vi.unstubAllGlobals())

describe('times', () => {
  it('follow the browser: its region, not only the language of the words', () => {
    reading(['en-GB', 'en'])
    expect(clockTime(at, 'en')).toMatch(/^\d\d:\d\d$/)
    expect(clockSeconds(at, 'en')).toMatch(/^\d\d:\d\d:05$/)
    expect(dayOf(at, 'en')).toMatch(/^\d\d Nov 2026$/)
    expect(relativeTime(at, 'en', Date.parse(at) + 30 * 86_400_000)).toMatch(/^\d\d Nov 2026$/)
    reading(['en-US'])
    expect(clockTime(at, 'en')).toMatch(/[AP]M$/)
    expect(dayOf(at, 'en')).toMatch(/^Nov \d\d, 2026$/)
  })

  it('keep to the words’ language where the browser has another', () => {
    reading(['en-GB'])
    expect(dayOf(at, 'de')).toMatch(/^\d\d\.11\.2026$/)
    expect(relativeTime(at, 'de', Date.parse(at) + 120_000)).toBe('vor 2 Min.')
  })

  it('are exact to the second, with the zone', () => {
    reading(['en-GB'])
    expect(exactTime(at, 'en')).toMatch(/^\d\d Nov 2026, \d\d:02:05 \S+$/)
  })
})
