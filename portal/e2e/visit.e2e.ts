import { gzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import type { CallInput } from '#api/contract/types.ts'
import { provenText } from '#domain/risk/device-proof.ts'
import { answerWith, questions, steps, token } from '../testing/answers.ts'
import { startPages, type Pages } from '../testing/pages-server.ts'
import { watchVisit } from './watch.ts'

let pages: Pages
test.use({ locale: 'en-GB' })
test.beforeAll(async () => {
  pages = await startPages()
})
test.afterAll(() => pages.stop())
test.beforeEach(() => pages.clear())

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const named = (name: string) => pages.seen.filter((call) => call.name === name)
const report = () => named('portal.checks').at(-1)?.body as CallInput<'portal.checks'>['body']

/** Answers a whole password reset in the order in which the server would give it. */
const playReset = () => {
  let code = 0
  pages.on('public.openLink', () => answerWith(steps.who_asks))
  pages.on('public.submitCode', () => {
    code += 1
    if (code === 1) return { accepted: false, answer: answerWith({ ...steps.who_asks, triesLeft: 4 }) }
    return { accepted: true, answer: answerWith(steps.checking) }
  })
  pages.on('portal.checks', () => answerWith(questions.manager))
  const after = [questions.managerTyped, questions.startMonth, steps.waiting]
  pages.on('portal.answer', () => answerWith(after.shift() ?? steps.waiting))
  pages.on('portal.step', () => answerWith(steps.new_password))
  pages.on('portal.checkPassword', () => ({ accepted: true, rules: [{ key: 'common', kept: true }] }))
  pages.on('portal.setPassword', () => answerWith(steps.ended))
  pages.on('portal.feedback', () => undefined)
}

const tabTo = async (page: Page, role: Parameters<Page['getByRole']>[0], name: string | RegExp) => {
  const wanted = page.getByRole(role, { name })
  for (let press = 0; press < 20; press += 1) {
    await page.keyboard.press('Tab')
    if (await wanted.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`Tab does not reach ${String(name)}`)
}

const typeCode = async (page: Page, code: string) => {
  await tabTo(page, 'textbox', /six digits that the help desk reads/)
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
}

const answerQuestions = async (page: Page) => {
  await expect(heading(page, 'Who is your direct manager?')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'What is the name of your direct manager?')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.type('Amina Haddad')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'In which month did you start working here?')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.type('May')
  await page.keyboard.press('Tab')
  await page.keyboard.type('2021')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Thank you. The help desk is looking at your request now.')).toBeFocused()
}

const finish = async (page: Page) => {
  await expect(heading(page, 'Choose a new password')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.type('four quiet herons waltz')
  await expect(page.getByText('Not a common password, and not a well-known phrase: met')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Your password has been changed')).toBeFocused()
  await tabTo(page, 'button', 'Easy')
  await page.keyboard.press('Space')
  await tabTo(page, 'textbox', /Anything to add/)
  await page.keyboard.type('Quick.')
  await tabTo(page, 'button', 'Send')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Thank you.')).toBeVisible()
}

test('all digits that are typed can be seen @phone', async ({ page }) => {
  playReset()
  const hidden = (field: string) =>
    page.locator(field).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
  await page.goto(`${pages.url}/v#${token}`)
  await page.getByRole('button', { name: 'No, this is not me' }).click()
  await page.locator('#no-digits').fill('88')
  expect(await hidden('#no-digits')).toBe(0)
  await page.getByRole('button', { name: 'Back' }).click()
  await page.locator('#match-code').fill('888888')
  expect(await hidden('#match-code')).toBe(0)
})

test('the whole visit by keyboard; C9, F9, F11, F12: nothing leaks, nothing is refused, nothing is stored @phone', async ({
  page,
}) => {
  playReset()
  const { requests, refused, errors } = await watchVisit(page)
  await page.goto(`${pages.url}/v#${token}`)
  await expect(heading(page, 'Did you contact the help desk?')).toBeFocused()
  expect(page.url()).toBe(`${pages.url}/v`)
  await typeCode(page, '111111')
  await expect(page.getByRole('alert')).toHaveText('That is not the code. 4 tries are left.')
  await page.keyboard.type('481900')
  await page.keyboard.press('Enter')
  await answerQuestions(page)
  await finish(page)

  expect(pages.faults).toEqual([])
  expect(errors).toEqual([])
  expect(refused).toEqual([])
  expect(requests.filter((request) => new URL(request.url()).origin !== pages.url)).toEqual([])
  const asked = requests.filter((request) => !request.isNavigationRequest())
  expect(asked.filter((request) => request.url().includes(token))).toEqual([])
  expect(await Promise.all(asked.map((request) => request.headerValue('referer')))).toEqual(
    asked.map(() => null),
  )
  const kept = await page.evaluate(async () => ({
    local: localStorage.length,
    tab: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    history: history.length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }))
  expect(kept).toMatchObject({ local: 0, tab: ['brand'], databases: ['countersign-device'], workers: 0 })

  const answers = named('portal.answer').map(({ body }) => body as CallInput<'portal.answer'>['body'])
  expect(answers.map(({ position, reply }) => ({ position, reply }))).toEqual([
    { position: 0, reply: { kind: 'option', optionId: 'o1' } },
    { position: 1, reply: { kind: 'text', text: 'Amina Haddad' } },
    { position: 2, reply: { kind: 'text', text: '2021-05' } },
  ])
  expect(answers[1]?.summary).toMatchObject({
    keydowns: 13,
    inputs: 12,
    pastes: 0,
    assisted: 0,
    untrusted: [],
    mouse: { presses: 0, centred: 0 },
  })
  // The key that sends is none of the answer's.
  expect(answers[1]?.summary.rhythm?.keys).toBe(12)
  expect(named('portal.feedback').map(({ body }) => body)).toEqual([
    { rating: 'easy', comment: null },
    { rating: 'easy', comment: 'Quick.' },
  ])
})

const isSignature = async (publicKey: string, signature: string, text: string): Promise<boolean> => {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const point = Buffer.from(publicKey, 'base64url')
  const key = await crypto.subtle.importKey('raw', point, curve, false, ['verify'])
  const how = { name: 'ECDSA', hash: 'SHA-256' }
  return crypto.subtle.verify(how, key, Buffer.from(signature, 'base64url'), Buffer.from(text))
}

test('the collector works under the policy: worker, device key, debugger probe', async ({ page }) => {
  pages.on('portal.step', () => answerWith(steps.checking))
  // As the server does: once it has the report, it asks for none again, however often the waiting page looks.
  pages.on('portal.checks', () => {
    pages.on('portal.step', () => answerWith(steps.waiting))
    return answerWith(steps.waiting)
  })
  const { refused } = await watchVisit(page)
  await page.goto(`${pages.url}/v`)
  await expect(heading(page, 'Thank you. The help desk is looking at your request now.')).toBeVisible()
  const first = report().report
  const { origin } = new URL(pages.url)
  expect(first).toMatchObject({ nonce: steps.checking.nonce, origin, sequence: 0, webdriver: true })
  // The presets of a device change the brands of the page only; that is what the comparison is for.
  expect({ ...first?.worker, brands: null }).toEqual({ ...first?.page, brands: null })
  expect(first?.tamper).toMatchObject({ ownProperties: [], foreignGetters: [], toStringPatched: false })
  // Fails when the engine no longer shows a driven browser this way (a canary).
  expect(first?.debuggerHits).toBeGreaterThan(0)
  expect(first?.graphics).not.toBeNull()
  const { publicKey, signature } = first?.device ?? { publicKey: '', signature: '' }
  const text = provenText.report(steps.checking.nonce, origin)
  expect(await isSignature(publicKey, signature, text)).toBe(true)
  // A reload is the same device: the key is kept, and cannot be taken out.
  pages.on('portal.step', () => answerWith(steps.checking))
  await page.reload()
  await expect.poll(() => named('portal.checks').length).toBe(2)
  expect(report().report?.device?.publicKey).toBe(publicKey)
  expect(refused).toEqual([])
  expect(pages.faults).toEqual([])
})

test('a visit continues when the collector fails', async ({ page }) => {
  pages.on('portal.step', () => answerWith(steps.checking))
  pages.on('portal.checks', () => answerWith(questions.manager))
  await page.addInitScript(() => Object.defineProperty(window, 'matchMedia', { value: undefined }))
  await page.goto(`${pages.url}/v`)
  await expect(heading(page, 'Who is your direct manager?')).toBeVisible()
  expect(report()).toEqual({ report: null })
})

test('later steps that cannot be loaded give a page with a way to try again', async ({ page }) => {
  pages.on('portal.step', () => answerWith(questions.manager))
  await page.route('**/assets/LaterStep-*', (route) => route.abort())
  await page.goto(`${pages.url}/v`)
  await expect(heading(page, 'No connection')).toBeFocused()
  await page.unroute('**/assets/LaterStep-*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(heading(page, 'Who is your direct manager?')).toBeVisible()
})

test('C6: a visitor who presses everything and types junk declines nothing', async ({ page }) => {
  playReset()
  await page.goto(`${pages.url}/v#${token}`)
  await page.getByRole('button', { name: 'No, this is not me' }).click()
  await expect(heading(page, 'Stop this?')).toBeFocused()
  for (const junk of ['', '7', '99', 'ab']) {
    await page.getByRole('textbox').fill(junk)
    await page.getByRole('button', { name: 'Yes, stop this' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
  }
  expect(named('public.declineLink')).toEqual([])
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('textbox').fill('12')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert')).toHaveText('Please type all six digits.')
  expect(named('public.submitCode')).toEqual([])
})

test('waiting stops to ask when its step is over', async ({ page }) => {
  let polls = 0
  pages.on('portal.step', () => {
    polls += 1
    return answerWith(polls < 3 ? steps.waiting : steps.ended)
  })
  await page.goto(`${pages.url}/v`)
  await expect(heading(page, 'Your password has been changed')).toBeVisible()
  const before = polls
  await page.waitForTimeout(4000)
  expect(polls).toBe(before)
})

test('the first response is at most 14,000 bytes gzipped and asks for nothing by itself', async ({
  page,
  request,
}) => {
  const body = await (await request.get(`${pages.url}/v`)).body()
  expect(gzipSync(body, { level: 9 }).length).toBeLessThanOrEqual(14_000)
  const { requests } = await watchVisit(page)
  await page.goto(`${pages.url}/v`)
  await expect(heading(page, 'Open the link in your message again')).toBeVisible()
  const asked = ['/v', '/api/portal/step', '/api/public/front-door']
  await expect.poll(() => requests.map((made) => new URL(made.url()).pathname)).toEqual(asked)
})
