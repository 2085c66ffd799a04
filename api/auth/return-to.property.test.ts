import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeReturnTo } from './return-to.ts'

const own = 'https://console.example.org'

const pieces = [
  ...[
    '/',
    '//',
    '\\',
    '.',
    '..',
    './/',
    '../',
    '@',
    ':',
    '?',
    '#',
    ';',
    '%',
    '%25',
    '%2',
    '%2f',
    '%5C',
    '%2e',
  ],
  ...[
    '%252f',
    '%25255c',
    '%00',
    '%0a',
    '%09',
    '%7f',
    '\t',
    '\n',
    '\r',
    '\0',
    ' ',
    '\u00a0',
    '／',
    '＼',
    '\ud800',
  ],
  ...[
    'evil.example',
    'https:',
    'javascript:',
    'people',
    'a=b',
    '[',
    ']',
    '%c0%af',
    '%e2%80%ae',
    '&quot;',
    '"',
    '<',
  ],
]
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => `/${parts.join('')}`),
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.webUrl({ withFragments: true, withQueryParameters: true }).map((url) => url.slice(6)),
  fc.webPath().map((path) => `/.${path}`),
  fc.string({ unit: 'binary', maxLength: 600 }),
)

/** Everything that one of several readers, each of which undoes one encoding, might take the address for. */
const readings = (text: string): string[] => {
  const found = [text]
  for (;;) {
    const last = found.at(-1) ?? ''
    const next = last.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    if (next === last) return found
    found.push(next)
  }
}

describe('K9: safeReturnTo', () => {
  it('K9: gives a path of our own, as the browser will read it, for whatever comes in', () => {
    fc.assert(
      fc.property(hostile, (given) => {
        const path = safeReturnTo(given)
        expect(path).toMatch(/^\/[\x21-\x7e]*$/)
        for (const reading of readings(path)) {
          expect(reading).not.toMatch(/\/\/|\\|[^\x20-\x7e\u0080-\u00ff]/)
          expect(new URL(reading, own).origin).toBe(own)
        }
        expect(new URL(path, own).pathname + new URL(path, own).search).toBe(path)
        expect(path.length).toBeLessThanOrEqual(500)
      }),
      { numRuns: 20_000 },
    )
  })

  it('keeps every path that the console itself makes', () => {
    const name = fc.stringMatching(/^[a-z0-9-]{1,12}$/)
    const paths = fc.array(name, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`)
    const query = fc.array(fc.tuple(name, fc.stringMatching(/^[\w .:,äß-]{0,12}$/)), { maxLength: 4 })
    fc.assert(
      fc.property(paths, query, (path, pairs) => {
        const given = pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`
        expect(safeReturnTo(given)).toBe(given)
      }),
    )
  })
})
