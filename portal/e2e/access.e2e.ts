import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { endings, type Step } from '#api/contract/portal.ts'
import { answerWith, brand, questions, reportPage, steps, token } from '../testing/answers.ts'
import { startPages, type Pages } from '../testing/pages-server.ts'

let pages: Pages
test.beforeAll(async () => {
  pages = await startPages()
})
test.afterAll(() => pages.stop())

const shown: Readonly<Record<string, Step>> = {
  ...steps,
  ...questions,
  waitingScore: { ...steps.waiting, for: 'score' },
  refused: { ...steps.new_password, refusedBy: ['directory'], triesLeft: 1 },
  lastSeconds: { ...questions.assetTag, secondsLeft: 15 },
  ...Object.fromEntries(endings.map((ending) => [ending, { ...steps.ended, ending }])),
}

const open = async (page: Page, step: Step) => {
  pages.clear()
  pages.on('portal.step', () => answerWith(step))
  pages.on('public.openLink', () => answerWith(step))
  pages.on('portal.checks', () => new Promise(() => undefined))
  await page.goto(step.kind === 'who_asks' ? `${pages.url}/v#${token}` : `${pages.url}/v`)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
}

const problems = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme, locale: colorScheme === 'dark' ? 'de-DE' : 'en-GB' })
    test('axe finds nothing on any step @phone-only', async ({ page }) => {
      const found: Record<string, string[]> = {}
      for (const [name, step] of Object.entries(shown)) {
        await open(page, step)
        found[name] = await problems(page)
      }
      expect(found).toEqual(Object.fromEntries(Object.keys(shown).map((name) => [name, []])))
    })

    test('axe finds nothing where "No" is confirmed, reported, or nothing can be shown @phone-only', async ({
      page,
    }) => {
      await open(page, steps.who_asks)
      await page.getByRole('button').first().click()
      expect(await problems(page)).toEqual([])
      await open(page, steps.waiting)
      await page.getByRole('button').first().click()
      await expect(page.getByRole('heading', { level: 2 })).toBeFocused()
      expect(await problems(page)).toEqual([])
      pages.clear()
      await page.goto(`${pages.url}/`)
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
      expect(await problems(page)).toEqual([])
      pages.on('public.openReport', () => reportPage)
      await page.goto(`${pages.url}/not-me#${token}`)
      await expect(page.getByRole('textbox')).toBeVisible()
      expect(await problems(page)).toEqual([])
    })
  })

test('C9: loaded again, or gone and come back, before the code: nothing is lost, and no other tab knows the link @phone', async ({
  page,
  context,
}) => {
  pages.clear()
  pages.on('public.openLink', () => answerWith(steps.who_asks))
  const field = page.getByRole('textbox')
  await page.goto(`${pages.url}/v#${token}`)
  await expect(field).toBeVisible()
  expect(page.url()).not.toContain(token)
  await page.reload()
  await expect(field).toBeVisible()
  await page.goto(`${pages.url}/help`)
  await page.goBack()
  await expect(field).toBeVisible()
  await page.goForward()
  await page.goBack()
  await expect(page.getByText('amber · heron')).toBeVisible()
  const other = await context.newPage()
  await other.goto(`${pages.url}/v`)
  await expect(other.getByRole('heading', { name: 'Open the link in your message again' })).toBeFocused()
  await expect(other.getByRole('link', { name: 'I cannot sign in' })).toHaveAttribute('href', '/help')
  expect(await problems(other)).toEqual([])
  const kept = await context.storageState({ indexedDB: true })
  expect(JSON.stringify(kept)).not.toContain(token)
})

for (const [path, heading] of [
  ['/', 'Help with signing in'],
  ['/northwind', 'Help with signing in'],
] as const)
  test(`the front door at ${path}: three ways on, with name and number @phone`, async ({ page }) => {
    pages.clear()
    pages.on('public.frontDoor', () => ({ brand }))
    await page.goto(`${pages.url}${path}`)
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeFocused()
    await expect(page.getByRole('banner')).toContainText(brand.name)
    await expect(page.getByRole('contentinfo')).toContainText(brand.helpdeskPhone ?? '')
    expect(await problems(page)).toEqual([])
    await page.getByRole('link', { name: 'Get help' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'What do you need?' })).toBeFocused()
    await expect(page.getByRole('banner')).toContainText(brand.name)
  })

test('at 400 % nothing is cut off and nothing scrolls sideways @phone-only', async ({ page }) => {
  // 1280 x 1024 CSS pixels at 400 % (WCAG 1.4.10).
  await page.setViewportSize({ width: 320, height: 256 })
  const wide: string[] = []
  for (const [name, step] of Object.entries(shown)) {
    await open(page, step)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (over > 0) wide.push(`${name} by ${String(over)}`)
  }
  expect(wide).toEqual([])
})
