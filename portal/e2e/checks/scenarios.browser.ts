/** Which check catches what. Every row is one test, and so is what no check may say. */
import { devices, expect, test, type Browser, type BrowserContextOptions, type Page } from '@playwright/test'
import { ip } from '#domain/risk/testing/facts.ts'
import { startPages, type Pages, type Seen } from '../../testing/pages-server.ts'
import { byHand, drive, hasDisplay, shellPath, startDisplay } from './browsers.ts'
import { atChecking } from './checking.ts'
import { factsOf, firing, reportOf } from './judge.ts'

let pages: Pages
test.beforeAll(async () => {
  pages = await startPages()
})
test.afterAll(() => pages.stop())
test.beforeEach(() => {
  pages.clear()
  atChecking(pages)
})

const sent = async (): Promise<Seen> => {
  const calls = () => pages.seen.filter(({ name }) => name === 'portal.checks')
  await expect.poll(() => calls().length, { timeout: 30_000 }).toBe(1)
  const [call] = calls()
  if (call === undefined) throw new Error('a beacon was sent')
  expect(pages.faults).toEqual([])
  return call
}

type Driven = {
  readonly args?: readonly string[]
  readonly context?: BrowserContextOptions
  readonly prepare?: (page: Page) => Promise<unknown>
  readonly launch?: Parameters<typeof drive>[1]
}
const drivenBy = async ({ args, context, prepare, launch }: Driven = {}): Promise<Seen> => {
  const browser: Browser = await drive(args, launch)
  try {
    const page = await (await browser.newContext({ locale: 'en-GB', ...context })).newPage()
    await prepare?.(page)
    await page.goto(`${pages.url}/v`)
    return await sent()
  } finally {
    await browser.close()
  }
}
const handMade = async (args: readonly string[], options?: Parameters<typeof byHand>[2]): Promise<Seen> => {
  const browser = await byHand(`${pages.url}/v`, args, options)
  try {
    return await sent()
  } finally {
    await browser.stop()
  }
}
const fires = (call: Seen) => firing(factsOf(call))

const windows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36'
const quiet = '--disable-blink-features=AutomationControlled'

test.describe('without a window', () => {
  test('started by hand: its name, and nothing of a driver', async () => {
    const call = await handMade(['--headless=new'])
    expect(fires(call)).toEqual(['END_HEADLESS_UA', 'END_WINDOW'])
    // The only way to the negative case of the debugger probe.
    expect(reportOf(call)?.debuggerHits).toBe(0)
  })

  test('the old headless browser', async () => {
    test.skip(shellPath === null, 'chromium-headless-shell is not installed')
    const call = await handMade(['--remote-debugging-port=0'], { path: shellPath ?? '' })
    expect(fires(call)).toEqual(expect.arrayContaining(['END_HEADLESS_UA', 'END_LANG_HEADER', 'END_WINDOW']))
    expect(fires(call)).not.toContain('END_CDP')
  })

  test('driven', async () => {
    const call = await drivenBy()
    expect(fires(call)).toEqual(['END_CDP', 'END_HEADLESS_UA', 'END_WEBDRIVER', 'END_WINDOW'])
    // An engine may drop the hook: then this canary fails, and END_CDP is worth nothing any more.
    expect(reportOf(call)?.debuggerHits).toBeGreaterThan(0)
  })

  test('driven, told not to say so', async () => {
    expect(fires(await drivenBy({ args: [quiet] }))).toEqual(['END_CDP', 'END_HEADLESS_UA', 'END_WINDOW'])
  })

  test('driven, as Windows by its context', async () => {
    const call = await drivenBy({ args: [quiet], context: { userAgent: windows } })
    expect(fires(call)).toEqual(
      expect.arrayContaining(['END_CDP', 'END_FONT_OS', 'END_UA_CH', 'END_UA_PLATFORM', 'END_WINDOW']),
    )
    expect(fires(call)).not.toContain('END_HEADLESS_UA')
  })

  test('driven, as Windows by its command line', async () => {
    const call = await drivenBy({ args: [quiet, `--user-agent=${windows}`] })
    expect(fires(call)).toEqual(
      expect.arrayContaining(['END_CDP', 'END_FONT_OS', 'END_UA_CH', 'END_UA_PLATFORM']),
    )
    expect(fires(call)).not.toContain('END_HEADLESS_UA')
  })

  test('driven, with the clock and language of another country', async () => {
    const call = await drivenBy({ args: [quiet], context: { timezoneId: 'Asia/Tokyo', locale: 'ja-JP' } })
    expect(fires(call)).toEqual(['END_CDP', 'END_HEADLESS_UA', 'END_WINDOW'])
    // The emulation is seamless; the address in Great Britain gives it away.
    expect(firing(factsOf(call, ip()))).toContain('NET_TZ_MISMATCH')
    expect(reportOf(call)?.page.timeZone).toBe('Asia/Tokyo')
  })

  test('driven, as a Pixel', async () => {
    const { defaultBrowserType: _, ...context } = devices['Pixel 7']
    const call = await drivenBy({ args: [quiet], context })
    expect(fires(call)).toEqual(expect.arrayContaining(['END_CDP', 'END_UA_CH']))
    expect(fires(call)).not.toContain('END_HEADLESS_UA')
  })

  test('driven, as an iPhone', async () => {
    const { defaultBrowserType: _, ...context } = devices['iPhone 14']
    const call = await drivenBy({ args: [quiet], context })
    expect(fires(call)).toEqual(expect.arrayContaining(['END_CDP', 'END_UA_CH', 'END_UA_PLATFORM']))
  })

  test('driven, its webdriver flag patched away', async () => {
    const call = await drivenBy({
      prepare: (page) =>
        page.addInitScript(() => {
          Object.defineProperty(navigator, 'webdriver', { get: () => false })
        }),
    })
    expect(fires(call)).toEqual(['END_API_TAMPER', 'END_CDP', 'END_HEADLESS_UA', 'END_WINDOW'])
  })

  test('driven, its webdriver flag patched on the prototype, behind a native-looking toString', async () => {
    const call = await drivenBy({
      prepare: (page) =>
        page.addInitScript(() => {
          const own = Function.prototype.toString
          const getter = (): boolean => false
          Function.prototype.toString = function (this: unknown) {
            return this === getter ? 'function get webdriver() { [native code] }' : own.call(this)
          }
          Object.defineProperty(Navigator.prototype, 'webdriver', { get: getter })
        }),
    })
    expect(fires(call)).toEqual(expect.arrayContaining(['END_API_TAMPER', 'END_CDP', 'END_HEADLESS_UA']))
    expect(fires(call)).not.toContain('END_WEBDRIVER')
  })

  test('driven, languages and cores patched in the page alone: the worker tells', async () => {
    const call = await drivenBy({
      args: [quiet],
      prepare: (page) =>
        page.addInitScript(() => {
          Object.defineProperty(navigator, 'languages', { get: () => ['fr-FR', 'fr'] })
          Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 64 })
        }),
    })
    expect(fires(call)).toEqual(
      expect.arrayContaining(['END_API_TAMPER', 'END_CDP', 'END_LANG_HEADER', 'END_WORKER']),
    )
  })

  test('driven, with another language in its headers', async () => {
    const call = await drivenBy({
      args: [quiet],
      context: { extraHTTPHeaders: { 'accept-language': 'fr-FR' } },
    })
    expect(fires(call)).toEqual(['END_CDP', 'END_HEADLESS_UA', 'END_LANG_HEADER', 'END_WINDOW'])
  })
})

test.describe('with a window', () => {
  test.skip(!hasDisplay, 'Xvfb is not installed')
  let screen: Awaited<ReturnType<typeof startDisplay>>
  test.beforeAll(async () => {
    screen = await startDisplay()
  })
  test.afterAll(() => screen.stop())

  test('started by hand: nothing fires', async () => {
    const call = await handMade([], { env: { DISPLAY: screen.display } })
    expect(fires(call)).toEqual([])
    expect(reportOf(call)?.debuggerHits).toBe(0)
  })

  test('by hand, in a private window: nothing fires, and its key is its own', async () => {
    const call = await handMade(['--incognito'], { env: { DISPLAY: screen.display } })
    expect(fires(call)).toEqual([])
    expect(factsOf(call).endpoint.device.proof).toBe('valid')
  })

  const launch = () => ({
    headless: false,
    env: { ...process.env, DISPLAY: screen.display } as Record<string, string>,
  })
  test('driven', async () => {
    const call = await drivenBy({ launch: launch(), context: { viewport: null } })
    expect(fires(call)).toEqual(['END_CDP', 'END_WEBDRIVER'])
  })

  test('driven, told not to say so: the debugger probe alone', async () => {
    const call = await drivenBy({ args: [quiet], launch: launch(), context: { viewport: null } })
    expect(fires(call)).toEqual(['END_CDP'])
  })
})
