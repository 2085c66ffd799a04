import Bowser from 'bowser'
import { isbot, isbotMatch } from 'isbot'
import type { HeaderHints, OsFamily, UserAgentFacts } from '#domain/risk/facts.ts'

/** A user agent is refused beyond this length; the rest is cut off before it is looked at. */
const mostChars = 512

/** Reads a `User-Agent` header; a missing one is the empty text, which bot lists do not catch. */
export function readUserAgent(header: string | undefined): UserAgentFacts {
  const raw = (header ?? '').slice(0, mostChars)
  if (raw.trim() === '')
    return {
      raw: '',
      browser: null,
      major: null,
      isChromium: false,
      os: null,
      isMobile: false,
      botWord: null,
    }
  const { browser, os, platform } = Bowser.parse(raw)
  const family = osFamily(os.name)
  return {
    raw,
    browser: browser.name ?? null,
    major: wholeNumber(browser.version),
    isChromium: isChromium(raw, family),
    os: family,
    isMobile: platform.type === 'mobile' || platform.type === 'tablet',
    botWord: isbot(raw) ? (isbotMatch(raw) ?? 'bot') : null,
  }
}

/** On iOS every browser is WebKit, whatever it is called; the old Edge only spoke like Chrome. */
function isChromium(raw: string, family: OsFamily | null): boolean {
  return /(\b|Headless)Chrom(e|ium)\/\d/.test(raw) && family !== 'ios' && !/\bEdge\/\d/.test(raw)
}

/** The number a text begins with. */
function wholeNumber(text: string | undefined): number | null {
  const number = Number.parseInt(text ?? '', 10)
  return Number.isNaN(number) ? null : number
}

const families: Readonly<Record<string, OsFamily>> = {
  windows: 'windows',
  macos: 'macos',
  ios: 'ios',
  android: 'android',
  linux: 'linux',
  'chrome os': 'chromeos',
}

function osFamily(name: string | undefined): OsFamily | null {
  return families[name?.toLowerCase() ?? ''] ?? null
}

/** Request headers as Node gives them: lower-case names. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** `Sec-CH-UA*` headers; null when the browser sent none of them. */
export function readHints(headers: Headers): HeaderHints | null {
  const brands = textOf(headers['sec-ch-ua'])
  const platform = textOf(headers['sec-ch-ua-platform'])
  const mobile = textOf(headers['sec-ch-ua-mobile'])
  if (brands + platform + mobile === '') return null
  return {
    chromiumMajor: wholeNumber(/"Chromium";\s*v="(\d+)/.exec(brands)?.[1]),
    platform: /^"(.*)"$/.exec(platform)?.[1] ?? null,
    isMobile: flags[mobile] ?? null,
  }
}

const flags: Readonly<Record<string, boolean>> = { '?1': true, '?0': false }

/** Language tags of `Accept-Language`, best first; null when the header is missing or names none. */
export function readAcceptLanguage(headers: Headers): readonly string[] | null {
  const entries = textOf(headers['accept-language'])
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().split(';')
      const weight = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find((q) => q !== undefined)
      return { tag: tag.trim(), weight: Number(weight ?? 1) }
    })
  const tags = entries
    .filter(({ tag, weight }) => /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(tag) && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
  return tags.length === 0 ? null : tags
}

/** A missing header is the empty text; a repeated one is joined. */
function textOf(header: string | readonly string[] | undefined): string {
  return [header ?? ''].flat().join(', ').trim()
}
