/** The device's key: kept by a profile, absent in another, never let out, and refused without a penalty. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext } from '@playwright/test'
import { knownKey } from '#domain/risk/checks/endpoint/known-key.ts'
import { newDevice } from '#domain/risk/checks/endpoint/new-device.ts'
import type { RiskFacts } from '#domain/risk/facts.ts'
import { verdictOf } from '#domain/risk/testing/findings.ts'
import { startPages, type Pages } from '../../testing/pages-server.ts'
import { drive, persistent } from './browsers.ts'
import { atChecking } from './checking.ts'
import { factsOf, reportOf } from './judge.ts'

let pages: Pages
test.beforeAll(async () => {
  pages = await startPages()
})
test.afterAll(() => pages.stop())

const visit = async (context: BrowserContext): Promise<{ key: string | null; facts: RiskFacts }> => {
  pages.clear()
  atChecking(pages)
  const page = await context.newPage()
  await page.goto(`${pages.url}/v`)
  const calls = () => pages.seen.filter(({ name }) => name === 'portal.checks')
  await expect.poll(() => calls().length).toBe(1)
  const [call] = calls()
  if (call === undefined) throw new Error('a beacon was sent')
  await page.close()
  return { key: reportOf(call)?.device?.publicKey ?? null, facts: factsOf(call) }
}

/** The server adds this from its own tables: this person was verified three times, with the devices of these keys. */
const knownTo = (
  { key, facts }: Awaited<ReturnType<typeof visit>>,
  keys: readonly (string | null)[],
): RiskFacts => {
  const known = key !== null && keys.includes(key) ? { times: 3, lastAt: facts.at - 86_400_000 } : null
  const device = { ...facts.endpoint.device, known, verifiedBefore: 3 }
  return { ...facts, endpoint: { ...facts.endpoint, device } }
}

test('a profile keeps its key over restarts; another one has its own', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'profile-'))
  const first = await persistent(profile)
  const before = await visit(first)
  await first.close()
  const again = await persistent(profile)
  const after = await visit(again)
  await again.close()
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  expect(after.key).toBe(before.key)
  expect(after.facts.endpoint.device.proof).toBe('valid')
  expect(verdictOf(knownKey, knownTo(after, [before.key]))).toBe('pass +12')
  expect(verdictOf(newDevice, knownTo(after, [before.key]))).toBe('pass')

  const browser = await drive()
  const fresh = await visit(await browser.newContext())
  await browser.close()
  expect(fresh.key).not.toBe(before.key)
  expect(verdictOf(knownKey, knownTo(fresh, [before.key]))).toBe('pass')
  expect(verdictOf(newDevice, knownTo(fresh, [before.key]))).toBe('flag -3')
})

test('the private half never leaves the browser', async () => {
  const browser = await drive()
  const context = await browser.newContext()
  await visit(context)
  const page = await context.newPage()
  await page.goto(`${pages.url}/v`)
  const outcome = await page.evaluate(async () => {
    const asPromise = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result)
        }
        request.onerror = () => {
          reject(new Error('the store cannot be read'))
        }
      })
    const store = (await asPromise(indexedDB.open('countersign-device')))
      .transaction('keys')
      .objectStore('keys')
    const pair = (await asPromise(store.get('device'))) as CryptoKeyPair
    return crypto.subtle.exportKey('pkcs8', pair.privateKey).then(
      () => 'let out',
      (error: unknown) => (error as Error).name,
    )
  })
  await browser.close()
  expect(outcome).toBe('InvalidAccessError')
})

test('a browser that keeps no key costs the credit and nothing else', async () => {
  const browser = await drive()
  const context = await browser.newContext()
  await context.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { value: undefined })
  })
  const refusing = await visit(context)
  await browser.close()
  expect(refusing.key).toBeNull()
  expect(verdictOf(knownKey, knownTo(refusing, []))).toBe('unknown')
  expect(verdictOf(newDevice, knownTo(refusing, []))).toBe('unknown')
})
