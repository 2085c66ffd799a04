/** A mail scanner at its worst: loads a link in a real browser, runs all scripts, types junk everywhere, presses everything. */
import type { Page } from '@playwright/test'

/** Typed into every field; none of it can be a code of six digits, nor the two digits by which a "No" is confirmed. */
const junk = 'scanner@mail.test'
const rounds = 4

const quickly = { timeout: 1_000 }

const fillEverything = async (page: Page): Promise<void> => {
  for (const field of await page.locator('input, textarea').all())
    await field.fill(junk, quickly).catch(() => undefined)
  await page.evaluate(() => {
    for (const form of document.forms) form.requestSubmit()
  })
}

/** Presses the buttons of the page, the last one first in every other round. `look` is called after each. */
const pressEverything = async (page: Page, round: number, look: () => Promise<void>): Promise<void> => {
  const buttons = page.getByRole('button')
  const count = await buttons.count()
  for (let index = 0; index < count; index += 1) {
    const place = round % 2 === 0 ? index : count - 1 - index
    await buttons
      .nth(place)
      .click(quickly)
      .catch(() => undefined)
    await look()
  }
}

/** One visit; every round works on what the round before brought up. Returns the headings that the scanner saw. */
export const scan = async (page: Page, link: string): Promise<readonly string[]> => {
  const headings = new Set<string>()
  await page.goto('about:blank')
  await page.goto(link)
  const look = async (): Promise<void> => {
    await page.waitForTimeout(150)
    for (const heading of await page.getByRole('heading').allTextContents()) headings.add(heading)
  }
  await page.getByRole('heading', { level: 1 }).waitFor()
  for (let round = 0; round < rounds; round += 1) {
    await look()
    await fillEverything(page)
    await pressEverything(page, round, look)
  }
  return [...headings]
}
