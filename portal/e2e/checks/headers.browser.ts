/** The collector fits the security headers, and they let through what the checks look at. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import { headerShape } from '#domain/risk/checks/network/header-shape.ts'
import { noTelemetry } from '#domain/risk/checks/endpoint/no-telemetry.ts'
import { facts } from '#domain/risk/testing/facts.ts'
import { verdictOf } from '#domain/risk/testing/findings.ts'
import { startPages, type Pages, type Seen } from '../../testing/pages-server.ts'
import { drive } from './browsers.ts'
import { atChecking } from './checking.ts'
import { factsOf, reportOf } from './judge.ts'

let pages: Pages
let browser: Browser
let page: Page
let elsewhere: string[]
let headers: Record<string, string>
test.beforeAll(async () => {
  pages = await startPages()
  browser = await drive()
})
test.afterAll(async () => {
  await browser.close()
  await pages.stop()
})
test.beforeEach(async () => {
  pages.clear()
  atChecking(pages)
  page = await (await browser.newContext({ locale: 'en-GB' })).newPage()
  elsewhere = []
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== pages.url) elsewhere.push(request.url())
  })
  page.on('response', (response) => {
    if (response.url() === `${pages.url}/v`) headers = response.headers()
  })
})
test.afterEach(() => page.context().close())

const calls = (): readonly Seen[] => pages.seen.filter(({ name }) => name === 'portal.checks')
const sent = async (): Promise<Seen> => {
  await page.goto(`${pages.url}/v`)
  await expect.poll(() => calls().length).toBe(1)
  const [call] = calls()
  if (call === undefined) throw new Error('a beacon was sent')
  return call
}

test('Trusted Types and the content policy let the worker run, and nothing is refused on the way', async () => {
  const refused: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text())
  })
  const call = await sent()
  expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(reportOf(call)?.worker).not.toBeNull()
  expect(refused).toEqual([])
})

test('Trusted Types refuse any other worker and any other script', async () => {
  await sent()
  const outcome = await page.evaluate(() => {
    const attempt = (work: () => unknown): string => {
      try {
        work()
        return 'ran'
      } catch (error) {
        return (error as Error).name
      }
    }
    return [
      attempt(() => new Worker('/w.js')),
      attempt(() => (document.createElement('script').src = 'https://elsewhere.example/x.js')),
    ]
  })
  expect(outcome).toEqual(['TypeError', 'TypeError'])
})

test('no permissions policy hides the client hints, so that a genuine Chromium has its shape', async () => {
  const call = await sent()
  expect(headers['permissions-policy'] ?? '').not.toContain('ch-ua')
  expect(call.http.headers).toMatchObject({
    'sec-ch-ua-mobile': '?0',
    'sec-ch-ua-platform': '"Linux"',
    'sec-fetch-mode': 'cors',
  })
  expect(call.http.headers['sec-ch-ua']).toContain('Chromium')
  expect(verdictOf(headerShape, factsOf(call))).toBe('pass')
})

test('nothing leaves the portal’s origin', async () => {
  await sent()
  expect(elsewhere).toEqual([])
})

test('a request by a tool that calls itself Chrome lacks what Chrome sends', async () => {
  const call = await sent()
  const headers = {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36',
  }
  await fetch(`${pages.url}/api/portal/checks`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ report: reportOf(call) }),
  })
  await expect.poll(() => calls().length).toBe(2)
  const [, forged] = calls()
  if (forged === undefined) throw new Error('the tool was heard')
  expect(verdictOf(headerShape, factsOf(forged))).toBe('flag -5')
})

test('a blocked beacon is tried once more, then the page says that there is none', async () => {
  let tries = 0
  await page.route('**/api/portal/checks', async (route) => {
    tries += 1
    await route.abort()
  })
  await page.goto(`${pages.url}/v`)
  await expect.poll(() => tries).toBeGreaterThan(1)
  expect(calls()).toEqual([])
  expect(verdictOf(noTelemetry, facts({ endpoint: { beacon: 'missing' } }))).toBe('flag -4')
})

test('a browser in which the probes fail is heard all the same', async () => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'Worker', { value: undefined })
    Object.defineProperty(window, 'indexedDB', { value: undefined })
    HTMLCanvasElement.prototype.getContext = () => null
  })
  const report = reportOf(await sent())
  expect([report?.worker, report?.device]).toEqual([null, null])
  expect(pages.faults).toEqual([])
})
