import { describe, expect, it } from 'vitest'
import { readAcceptLanguage, readHints, readUserAgent } from './user-agent.ts'

const chrome = (system: string, extra = ''): string =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 ${extra}Safari/537.36`

describe('readUserAgent', () => {
  it.each([
    [chrome('Windows NT 10.0; Win64; x64'), 'windows', true, false, 156],
    [chrome('Macintosh; Intel Mac OS X 10_15_7'), 'macos', true, false, 156],
    [chrome('X11; Linux x86_64'), 'linux', true, false, 156],
    [chrome('X11; CrOS x86_64 14541.0.0'), 'chromeos', true, false, 156],
    [chrome('Linux; Android 10; K', 'Mobile '), 'android', true, true, 156],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/156.0.0.0 Mobile/15E148 Safari/604.1',
      'ios',
      false,
      true,
      156,
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
      'windows',
      false,
      false,
      140,
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
      'macos',
      false,
      false,
      18,
    ],
  ])('reads %s', (raw, os, isChromium, isMobile, major) => {
    expect(readUserAgent(raw)).toMatchObject({ os, isChromium, isMobile, major, botWord: null })
  })

  it.each(['curl/8.9.1', 'python-requests/2.32', 'Googlebot/2.1 (+http://www.google.com/bot.html)'])(
    'names %s as no browser',
    (raw) => {
      expect(readUserAgent(raw).botWord).not.toBeNull()
    },
  )

  it('reads a headless Chromium as one, whose hints are its own', () => {
    const raw = chrome('X11; Linux x86_64').replace(' Chrome/', ' HeadlessChrome/')
    expect(readUserAgent(raw)).toMatchObject({ isChromium: true, os: 'linux' })
  })

  it('keeps a missing header apart and cuts a long one', () => {
    expect(readUserAgent(undefined)).toMatchObject({ raw: '', botWord: null })
    expect(readUserAgent('x'.repeat(9000)).raw).toHaveLength(512)
  })
})

describe('readHints', () => {
  it('reads the three basic hints', () => {
    const headers = {
      'sec-ch-ua': '"Not_A Brand";v="99", "Google Chrome";v="156", "Chromium";v="156"',
      'sec-ch-ua-platform': '"Chrome OS"',
      'sec-ch-ua-mobile': '?0',
    }
    expect(readHints(headers)).toEqual({ chromiumMajor: 156, platform: 'Chrome OS', isMobile: false })
  })

  it('tells no hints from unreadable ones', () => {
    expect(readHints({})).toBeNull()
    expect(readHints({ 'sec-ch-ua': 'x' })).toEqual({ chromiumMajor: null, platform: null, isMobile: null })
  })
})

describe('readAcceptLanguage', () => {
  it('orders by weight and drops what is no tag', () => {
    expect(readAcceptLanguage({ 'accept-language': 'en;q=0.5, de-DE, fr;q=0.8, *;q=0.1, ja;q=0' })).toEqual([
      'de-DE',
      'fr',
      'en',
    ])
    expect(readAcceptLanguage({ 'accept-language': '*' })).toBeNull()
    expect(readAcceptLanguage({})).toBeNull()
  })
})
