import { expect, test, type Page } from '@playwright/test'
import type { CallInput } from '#api/contract/types.ts'
import { focus } from '#domain/risk/checks/persona/focus.ts'
import { fontOs } from '#domain/risk/checks/endpoint/font-os.ts'
import { noTyping } from '#domain/risk/checks/persona/no-typing.ts'
import { paste } from '#domain/risk/checks/persona/paste.ts'
import { pointer } from '#domain/risk/checks/persona/pointer.ts'
import { rhythm } from '#domain/risk/checks/persona/rhythm.ts'
import { untrustedEvent } from '#domain/risk/checks/persona/untrusted-event.ts'
import { window as windowCheck } from '#domain/risk/checks/endpoint/window.ts'
import { answer, facts } from '#domain/risk/testing/facts.ts'
import { verdictOf } from '#domain/risk/testing/findings.ts'
import { answerWith, questions, steps, token } from '../testing/answers.ts'
import { startPages, type Pages } from '../testing/pages-server.ts'

/** The traces of a driven browser, compared with the checks that only watch. */
let pages: Pages
test.use({ locale: 'en-GB' })
test.beforeAll(async () => {
  pages = await startPages()
})
test.afterAll(() => pages.stop())
test.beforeEach(() => pages.clear())

const named = (name: string) => pages.seen.filter((call) => call.name === name)
const reports = () => named('portal.checks').map(({ body }) => body as CallInput<'portal.checks'>['body'])
const answers = () => named('portal.answer').map(({ body }) => body as CallInput<'portal.answer'>['body'])

const collected = async (page: Page) => {
  pages.on('portal.step', () => answerWith(steps.checking))
  pages.on('portal.checks', () => answerWith(steps.waiting))
  await page.goto(`${pages.url}/v`)
  await expect.poll(() => reports().length).toBe(1)
  const report = reports()[0]?.report
  if (!report) throw new Error('the collector ran')
  return report
}

/** Answers one typed question in some way, and gives the facts as the score would read them. */
const typedBy = async (page: Page, work: (field: ReturnType<Page['getByRole']>) => Promise<void>) => {
  pages.on('portal.step', () => answerWith(questions.managerTyped))
  pages.on('portal.answer', () => answerWith(steps.waiting))
  await page.goto(`${pages.url}/v`)
  // Events before the question is on the page are nothing that it could count.
  await expect(page.getByRole('textbox')).toBeVisible()
  await work(page.getByRole('textbox'))
  await page.keyboard.press('Enter')
  await expect.poll(() => answers().length).toBe(1)
  const given = answers()[0]
  if (given?.reply.kind !== 'text') throw new Error('an answer was typed')
  const { reply, summary } = given
  return facts({
    challenge: { answers: [answer({ form: 'typed', letters: reply.text.length, input: summary })] },
  })
}

test('a window without a frame, and fonts of another system than the one that is claimed', async ({
  browser,
}) => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    userAgent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/158.0.0.0 Safari/537.36',
  })
  const probe = await collected(await context.newPage())
  await context.close()
  expect(probe.screen.isFullScreen).toBe(false)
  const given = facts({ endpoint: { probe } })
  expect(verdictOf(windowCheck, given)).toBe('flag -2')
  // The machine of the test runs Linux, and has fonts of its own.
  expect(probe.fonts?.length).toBeGreaterThan(0)
  expect(verdictOf(fontOs, given)).toBe('flag -3')
})

/** Keys with clocks of their own, ms apart, held so long each: however busy the machine is, they are as given. */
const typeAt = async (
  page: Page,
  text: string,
  times: readonly number[],
  heldMs: (index: number) => number,
) => {
  const client = await page.context().newCDPSession(page)
  const start = Date.now() / 1000
  for (const [index, letter] of [...text].entries()) {
    const at = start + (times[index] ?? 0) / 1000
    const key = { key: letter, text: letter, code: `Key${letter.toUpperCase()}` }
    await client.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, timestamp: at })
    await client.send('Input.dispatchKeyEvent', {
      type: 'keyUp',
      ...key,
      timestamp: at + heldMs(index) / 1000,
    })
  }
}

test('keys as even as a program sends them, and not those of a person', async ({ page }) => {
  const letters = 'aminahaddad'
  const even = await typedBy(page, async (field) => {
    await field.focus()
    await typeAt(
      page,
      letters,
      [...letters].map((_, index) => index * 80),
      () => 1,
    )
  })
  expect(verdictOf(rhythm, even)).toBe('flag -4')
  pages.clear()
  const uneven = await typedBy(page, async (field) => {
    await field.focus()
    const times = [...letters].map((_, index) => index * 120 + ((index * 37) % 90))
    await typeAt(page, letters, times, (index) => 60 + ((index * 13) % 50))
  })
  expect(verdictOf(rhythm, uneven)).toBe('pass')
  expect(verdictOf(paste, uneven)).toBe('pass')
})

test('an answer from the clipboard', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const pasted = await typedBy(page, async (field) => {
    await field.focus()
    await page.evaluate(() => navigator.clipboard.writeText('Amina Haddad'))
    await page.keyboard.press('Control+V')
  })
  expect(verdictOf(paste, pasted)).toBe('flag -2')
})

test('a mouse that jumps to the centre, and one that is moved there by hand', async ({ page }) => {
  pages.on('portal.step', () => answerWith(questions.manager))
  pages.on('portal.answer', () => answerWith(questions.manager))
  await page.goto(`${pages.url}/v`)
  const option = page.getByRole('radio').first()
  const send = page.getByRole('button', { name: 'Continue' })
  await option.click()
  await send.click()
  await expect.poll(() => answers().length).toBe(1)
  const jumped = answers()[0]?.summary ?? null
  expect(verdictOf(pointer, facts({ challenge: { answers: [answer({ input: jumped })] } }))).toBe('flag -2')
  const box = await send.boundingBox()
  if (box === null) throw new Error('the button is shown')
  await page.goto(`${pages.url}/v`)
  await option.focus()
  await page.keyboard.press('Space')
  await page.mouse.move(box.x - 20, box.y - 20)
  await page.mouse.move(box.x + 8, box.y + 9, { steps: 12 })
  await page.mouse.down()
  await page.mouse.up()
  await expect.poll(() => answers().length).toBe(2)
  const moved = answers()[1]?.summary ?? null
  expect(verdictOf(pointer, facts({ challenge: { answers: [answer({ input: moved })] } }))).toBe('pass')
})

/** Goes through the page of a code, and gives the facts of a case that asks no question. */
const codeBy = async (page: Page, work: (code: ReturnType<Page['getByRole']>) => Promise<void>) => {
  pages.on('public.openLink', () => answerWith(steps.who_asks))
  pages.on('public.submitCode', () => ({ accepted: true, answer: answerWith(steps.waiting) }))
  // A page that differs in its fragment alone is not loaded again.
  await page.goto('about:blank')
  await page.goto(`${pages.url}/v#${token}`)
  await expect(goOn(page)).toBeVisible()
  await page.waitForLoadState('networkidle')
  const sent = named('public.submitCode').length
  await work(page.getByRole('textbox'))
  await expect.poll(() => named('public.submitCode').length).toBe(sent + 1)
  expect(pages.faults).toEqual([])
  const { summary } = named('public.submitCode').at(-1)?.body as CallInput<'public.submitCode'>['body']
  return facts({ endpoint: { codes: [{ step: 'match_code', input: summary }] } })
}
const goOn = (page: Page) => page.getByRole('button', { name: 'Continue' })

test('the code, without any question: filled by a driver that clicks', async ({ page }) => {
  const given = await codeBy(page, async (code) => {
    await code.click()
    await code.fill('123456')
    await goOn(page).click()
  })
  expect(given.endpoint.codes[0]?.input.mouse).toEqual({ presses: 2, centred: 2 })
  expect([noTyping, pointer, paste].map((check) => verdictOf(check, given))).toEqual([
    'flag -5',
    'not_applicable',
    'pass',
  ])
})

test('the code, without any question: typed by a driver that clicks', async ({ page }) => {
  const given = await codeBy(page, async (code) => {
    await code.click()
    await code.pressSequentially('123456')
    await goOn(page).click()
  })
  expect(given.endpoint.codes[0]?.input.mouse).toEqual({ presses: 2, centred: 2 })
  expect([noTyping, pointer].map((check) => verdictOf(check, given))).toEqual(['pass', 'flag -2'])
})

test('the code, without any question: as even as a program types, and clicked by a script', async ({
  page,
}) => {
  const given = await codeBy(page, async (code) => {
    await code.focus()
    const client = await page.context().newCDPSession(page)
    const start = Date.now() / 1000
    for (const [index, digit] of [...'123456'].entries()) {
      const key = { key: digit, text: digit, code: `Digit${digit}` }
      const at = start + index * 0.08
      await client.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, timestamp: at })
      await client.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key, timestamp: at + 0.001 })
    }
    await goOn(page).evaluate((button) => {
      ;(button as HTMLElement).click()
    })
  })
  expect([rhythm, untrustedEvent, noTyping, pointer].map((check) => verdictOf(check, given))).toEqual([
    'flag -4',
    'flag -10',
    'pass',
    'not_applicable',
  ])
})

test('the code dictated: text without keys, presses on the centre, and no sign against the person', async ({
  page,
}) => {
  const given = await codeBy(page, async (code) => {
    await code.click()
    const client = await page.context().newCDPSession(page)
    await client.send('Input.imeSetComposition', { text: '123456', selectionStart: 6, selectionEnd: 6 })
    await client.send('Input.insertText', { text: '123456' })
    await goOn(page).click()
  })
  const input = given.endpoint.codes[0]?.input
  expect(input).toMatchObject({ keydowns: 0, mouse: { presses: 2, centred: 2 } })
  expect(input?.assisted).toBeGreaterThan(0)
  expect([noTyping, pointer, rhythm, paste].map((check) => verdictOf(check, given))).toEqual([
    'pass',
    'not_applicable',
    'not_applicable',
    'pass',
  ])
})

test('the code by hand: a mouse on its way, and keys with pauses', async ({ page }) => {
  const byHand = async (control: ReturnType<typeof goOn>) => {
    const box = await control.boundingBox()
    if (box === null) throw new Error('the control is shown')
    await page.mouse.move(box.x - 60, box.y - 40)
    await page.mouse.move(box.x + 31, box.y + 9, { steps: 9 })
    await page.mouse.down()
    await page.mouse.up()
  }
  const given = await codeBy(page, async (code) => {
    await byHand(code)
    for (const [index, digit] of [...'123456'].entries())
      await page.keyboard.press(digit, { delay: 30 + ((index * 53) % 90) })
    await byHand(goOn(page))
  })
  expect(given.endpoint.codes[0]?.input).toMatchObject({ keydowns: 6, mouse: { presses: 2, centred: 0 } })
  const looked = [noTyping, pointer, paste, untrustedEvent]
  expect(looked.map((check) => verdictOf(check, given))).toEqual(looked.map(() => 'pass'))
  // Presses by hand say enough.
  expect(verdictOf(rhythm, given)).toBe('not_applicable')
})

test('leaving the page is counted for each question', async ({ page }) => {
  const left = await typedBy(page, async (field) => {
    for (let n = 0; n < 2; n += 1) {
      await page.evaluate(() => dispatchEvent(new Event('blur')))
      await page.evaluate(() => dispatchEvent(new Event('focus')))
    }
    await field.pressSequentially('Amina Haddad')
  })
  const [given] = left.challenge.answers
  if (given === undefined) throw new Error('an answer was given')
  expect(given.input?.blurs).toBe(2)
  expect(verdictOf(focus, facts({ challenge: { answers: [given, given] } }))).toBe('flag -2')
})
