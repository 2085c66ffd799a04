/** A mail scanner at its worst: loads a link in a real browser, runs all scripts, types junk everywhere, presses everything. */
import type { Page } from '@playwright/test'

/** Typed into every field; none of it can be a code of six digits, nor the two digits by which a "No" is confirmed. */
const junk = 'scanner@mail.test'
const rounds = 6

const pressEverything = async (page: Page): Promise<void> => {
  for (const field of await page.locator('input, textarea').all())
    await field.fill(junk, { timeout: 1_000 }).catch(() => undefined)
  const count = await page.getByRole('button').count()
  for (let index = 0; index < count; index += 1) {
    const button = page.getByRole('button').nth(index)
    await button.click({ timeout: 1_000 }).catch(() => undefined)
  }
  await page.evaluate(() => {
    for (const form of document.forms) form.requestSubmit()
  })
}

/** One visit. Every round presses what the round before brought up. Returns the headings that the scanner got to see. */
export const scan = async (page: Page, link: string): Promise<readonly string[]> => {
  const headings = new Set<string>()
  await page.goto('about:blank')
  await page.goto(link)
  await page.getByRole('heading', { level: 1 }).waitFor()
  for (let round = 0; round < rounds; round += 1) {
    headings.add((await page.getByRole('heading', { level: 1 }).textContent()) ?? '')
    await pressEverything(page)
  }
  return [...headings]
}
