import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBrowserList, versionFacts } from './browser-versions.ts'

const shipped = join(import.meta.dirname, '../../data-sources/browsers.json')
const list = readBrowserList(
  JSON.stringify({
    version: '1',
    asOf: '2026-11-24',
    browsers: [
      { family: 'chromium', newest: 158, longTerm: [] },
      { family: 'firefox', newest: 160, longTerm: [153] },
    ],
    systems: [
      { os: 'windows', supportedFrom: '10.0' },
      { os: 'macos', supportedFrom: '10.15' },
      { os: 'ios', supportedFrom: '15' },
      { os: 'android', supportedFrom: '10' },
    ],
  }),
)
const windows = (nt: string, rest: string) => `Mozilla/5.0 (Windows NT ${nt}; Win64; x64) ${rest}`
const chrome = (major: number) =>
  `AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${String(major)}.0.0.0 Safari/537.36`
const iphone = (version: string) =>
  `Mozilla/5.0 (iPhone; CPU iPhone OS ${version} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.7 Mobile/15E148 Safari/604.1`

describe('versions of browsers', () => {
  it.each<[string, string, [string, number, boolean] | null]>([
    ['Chrome', windows('10.0', chrome(120)), ['Chrome', 120, false]],
    [
      'Edge, by the Chromium inside',
      windows('10.0', `${chrome(156)} Edg/155.0.0.0`),
      ['Microsoft Edge', 156, false],
    ],
    [
      'Firefox',
      windows('10.0', 'Gecko/20100101 Firefox/130.0').replace('x64)', 'x64; rv:130.0)'),
      ['Firefox', 130, false],
    ],
    [
      'Firefox with long-term support',
      'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
      ['Firefox', 153, true],
    ],
    [
      'a browser that follows Chromium at its own distance',
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/31.0 Chrome/140.0.0.0 Mobile Safari/537.36',
      null,
    ],
    ['Safari', iphone('18_7'), null],
    ['Chrome on iOS', iphone('18_7').replace('Version/18.7', 'CriOS/120.0.0.0'), null],
    ['nothing', '', null],
  ])('%s', (_name, raw, expected) => {
    const { browser } = versionFacts(raw, list)
    expect(browser && [browser.name, browser.major, browser.isLongTerm]).toEqual(expected)
  })
})

describe('systems without support', () => {
  it.each([
    ['Windows 7', windows('6.1', chrome(109)), 'Windows 7'],
    ['Windows 8.1', windows('6.3', chrome(109)), 'Windows 8.1'],
    ['Windows 10 and 11', windows('10.0', chrome(158)), null],
    ['macOS 10.14', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14_6) ${chrome(120)}`, 'macOS 10.14.6'],
    ['every newer macOS', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${chrome(158)}`, null],
    ['iOS 12', iphone('12_5_7'), 'iOS 12.5.7'],
    ['iOS 18', iphone('18_7'), null],
    ['Android 9', `Mozilla/5.0 (Linux; Android 9; SM-G960F) ${chrome(158)}`, 'Android 9'],
    ['every newer Android', `Mozilla/5.0 (Linux; Android 10; K) ${chrome(158)}`, null],
    ['Linux', `Mozilla/5.0 (X11; Linux x86_64) ${chrome(158)}`, null],
  ])('%s', (_name, raw, expected) => {
    expect(versionFacts(raw, list).endedSystem).toBe(expected)
  })
})

describe('the list', () => {
  it('that we ship can be read', () => {
    const { browsers, systems } = readBrowserList(readFileSync(shipped, 'utf8'))
    expect(browsers.map(({ family }) => family)).toEqual(['chromium', 'firefox'])
    expect(systems).toHaveLength(4)
  })

  it.each([
    ['no date', { asOf: 'soon' }, 'version and asOf'],
    ['no browsers', { browsers: [] }, 'it names no browser'],
    [
      'a major that is none',
      { browsers: [{ family: 'firefox', newest: 0, longTerm: [] }] },
      'no version in {"family":"firefox"',
    ],
    [
      'a system without a version',
      { systems: [{ os: 'ios', supportedFrom: 'x' }] },
      'no version in {"os":"ios"',
    ],
  ])('is refused with %s', (_name, changes, message) => {
    expect(() => readBrowserList(JSON.stringify({ ...list, ...changes }))).toThrow(message)
  })
})
