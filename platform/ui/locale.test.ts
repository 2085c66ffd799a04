import { describe, expect, it } from 'vitest'
import { readersLocale } from './locale.ts'

describe('the locale of a reader', () => {
  it.each([
    ['en', ['en-GB', 'en-US'], 'en-GB'],
    ['en', ['de-DE', 'en-AU'], 'en-AU'],
    ['de', ['en-GB', 'de-CH'], 'de-CH'],
    ['de', ['en-GB'], 'de'],
    ['en', ['de-AT'], 'en-AT'],
    ['en', ['fr'], 'en-FR'],
    ['en', [], 'en'],
    ['en', ['not a tag'], 'en'],
    // "den" (Slavey) is no German.
    ['de', ['den'], 'de'],
  ])('%s in a browser of %j is %s', (language, preferred, expected) => {
    expect(readersLocale(language, preferred)).toBe(expected)
  })

  it('writes the clock and the day as that region does', () => {
    const at = new Date(Date.UTC(2026, 10, 24, 14, 2))
    const write = (preferred: readonly string[]) =>
      new Intl.DateTimeFormat(readersLocale('en', preferred), {
        dateStyle: 'short',
        timeStyle: 'short',
        timeZone: 'UTC',
      }).format(at)
    expect(write(['en-GB'])).toBe('24/11/2026, 14:02')
    expect(write(['en-US'])).toMatch(/^11\/24\/26, 2:02\sPM$/)
    expect(write(['de-DE'])).toContain('14:02')
  })
})
