/** Events tell how an answer came into the page. Every row is one test. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import type { CallInput } from '#api/contract/types.ts'
import type { Check } from '#domain/risk/check.ts'
import { noTyping } from '#domain/risk/checks/persona/no-typing.ts'
import { paste } from '#domain/risk/checks/persona/paste.ts'
import { pointer } from '#domain/risk/checks/persona/pointer.ts'
import { rhythm } from '#domain/risk/checks/persona/rhythm.ts'
import { timing } from '#domain/risk/checks/persona/timing.ts'
import { untrustedEvent } from '#domain/risk/checks/persona/untrusted-event.ts'
import { answer, facts } from '#domain/risk/testing/facts.ts'
import { verdictOf } from '#domain/risk/testing/findings.ts'
import { answerWith, questions, steps } from '../../testing/answers.ts'
import { startPages, type Pages } from '../../testing/pages-server.ts'
import { drive } from './browsers.ts'

let pages: Pages
let browser: Browser
let page: Page
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
  const context = await browser.newContext({
    locale: 'en-GB',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  page = await context.newPage()
})
test.afterEach(() => page.context().close())

type Answer = CallInput<'portal.answer'>['body']
const given = async (): Promise<Answer> => {
  const calls = () => pages.seen.filter(({ name }) => name === 'portal.answer')
  await expect.poll(() => calls().length).toBe(1)
  expect(pages.faults).toEqual([])
  return calls()[0]?.body as Answer
}

const text = 'Amina Haddad Zayn'
const typedBy = async (work: () => Promise<unknown>): Promise<Answer> => {
  pages.on('portal.step', () => answerWith(questions.managerTyped))
  pages.on('portal.answer', () => answerWith(steps.waiting))
  await page.goto(`${pages.url}/v`)
  await expect(page.getByRole('textbox')).toBeVisible()
  await page.getByRole('textbox').focus()
  await work()
  await page.keyboard.press('Enter')
  return given()
}
const verdicts = ({ reply, summary }: Answer, ...looked: readonly Check[]): readonly string[] => {
  const how = reply.kind === 'text' ? ({ form: 'typed', letters: reply.text.length } as const) : {}
  const seen = facts({ challenge: { answers: [answer({ ...how, input: summary })] } })
  return looked.map((check) => verdictOf(check, seen))
}

test('filled by the driver: text without keys', async () => {
  const one = await typedBy(() => page.getByRole('textbox').fill(text))
  expect(one.summary?.keydowns).toBeLessThanOrEqual(1)
  expect(verdicts(one, noTyping, paste, untrustedEvent)).toEqual(['flag -5', 'pass', 'pass'])
})

test('put in by the driver as text: the same', async () => {
  const one = await typedBy(() => page.keyboard.insertText(text))
  expect(verdicts(one, noTyping, untrustedEvent)).toEqual(['flag -5', 'pass'])
})

test('typed key by key: nothing but what its rhythm tells', async () => {
  const one = await typedBy(() => page.getByRole('textbox').pressSequentially(text))
  expect(one.summary?.keydowns).toBeGreaterThanOrEqual(text.length)
  expect(verdicts(one, noTyping, paste, untrustedEvent)).toEqual(['pass', 'pass', 'pass'])
})

test('typed with long and short pauses, as people do: nothing', async () => {
  const one = await typedBy(async () => {
    for (const [index, letter] of [...text].entries())
      await page.keyboard.press(letter === ' ' ? 'Space' : letter, { delay: 20 + ((index * 53) % 90) })
  })
  expect(verdicts(one, noTyping, rhythm, paste, untrustedEvent)).toEqual(['pass', 'pass', 'pass', 'pass'])
})

test('pasted', async () => {
  const one = await typedBy(async () => {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
    await page.keyboard.press('Control+V')
  })
  expect(one.summary?.pastes).toBe(1)
  expect(verdicts(one, noTyping, paste, untrustedEvent)).toEqual(['pass', 'flag -2', 'pass'])
})

test('set by a script of the page, which tells its events', async () => {
  const one = await typedBy(() =>
    page.getByRole('textbox').evaluate((field, value) => {
      ;(field as HTMLInputElement).value = value
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }, text),
  )
  expect(verdicts(one, untrustedEvent)).toEqual(['flag -10'])
})

const chosenBy = async (work: () => Promise<unknown>): Promise<Answer> => {
  pages.on('portal.step', () => answerWith(questions.manager))
  pages.on('portal.answer', () => answerWith(steps.waiting))
  await page.goto(`${pages.url}/v`)
  await expect(page.getByRole('radio').first()).toBeVisible()
  await work()
  return given()
}

test('clicked by the driver: one move to the exact centre', async () => {
  const one = await chosenBy(async () => {
    await page.getByRole('radio').first().click()
    await page.getByRole('button', { name: 'Continue' }).click()
  })
  expect(verdicts(one, pointer, untrustedEvent)).toEqual(['flag -2', 'pass'])
})

test('clicked by a script: no pointer at all, and an event that says so', async () => {
  const one = await chosenBy(async () => {
    await page
      .getByRole('radio')
      .first()
      .evaluate((option) => {
        ;(option as HTMLElement).click()
      })
    await page.getByRole('button', { name: 'Continue' }).evaluate((button) => {
      ;(button as HTMLElement).click()
    })
  })
  expect(verdicts(one, untrustedEvent)).toEqual(['flag -10'])
})

test('chosen with the keyboard: neither', async () => {
  const one = await chosenBy(async () => {
    await page.getByRole('radio').first().focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
  })
  expect(verdicts(one, pointer, untrustedEvent)).toEqual(['not_applicable', 'pass'])
})

test('answered at once: faster than anybody reads', async () => {
  const one = await chosenBy(async () => {
    await page.getByRole('radio').first().click()
    await page.getByRole('button', { name: 'Continue' }).click()
  })
  const seconds = (one.summary?.visibleMs ?? 0) / 1000
  const seen = facts({
    challenge: { answers: [answer({ seconds: Math.min(seconds, 0.7), input: one.summary })] },
  })
  expect(verdictOf(timing, seen)).toBe('flag -4')
})
