import { screens } from '../screens.ts'
import { tooWide } from './support/reflow.ts'
import { expect, test } from './support/test.ts'

/*
 * A phone, and the language with the longer words: wide content scrolls in a frame of its own, never the page, and no table
 * whose rows can be stacked has to be scrolled sideways.
 */

test('WCAG 1.4.10: no page of the administration is wider than a phone, in German @phone-only', async ({
  staff,
}) => {
  const { page } = await staff({ organisation: 'northwind', role: 'admin', language: 'de' })
  const withTables = ['/dashboard', '/sources', '/policy', '/reports/calibration']
  for (const { path } of screens.filter(
    ({ link }) => link !== undefined && link.needs !== 'verifications.decide',
  )) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    if (withTables.includes(path)) await page.locator('main table, .content table').first().waitFor()
    await page.evaluate(() => document.fonts.ready)
    expect(await tooWide(page), path).toEqual([])
  }
})
