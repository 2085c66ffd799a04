import type { Locator } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { changeRows } from './support/database.ts'
import { expect, test } from './support/test.ts'

/** Number in a column of a row, from 0. */
const cellOf = async (row: Locator, column: number): Promise<number> =>
  Number(((await row.getByRole('cell').nth(column).textContent()) ?? '').replace(/\D/g, ''))

test.afterEach(async () => {
  // No case of the demo stays an exercise because a journey ended early.
  await changeRows(`delete from exercises where reason like 'Played by ourselves, E2E-%'`, [])
})

test('an exercise counts as an impostor in the calibration until its mark is taken back', async ({
  staff,
  ticket,
}) => {
  test.slow()
  const admin = await staff({ organisation: 'northwind', role: 'admin' })
  const { page, copy } = admin
  const words = copy.calibration
  const known = page.getByRole('region', { name: words.labels.title })
  const redTeam = known.getByRole('row', { name: words.labels.sources['red_team'] ?? '' })
  const impostors = async (): Promise<number> => {
    await page.goto('/reports/calibration')
    await expect(redTeam).toBeVisible({ timeout: 60_000 })
    return cellOf(redTeam, 1)
  }
  const before = await impostors()
  await expectAccessible(page, 'calibration of a year')

  const boss = await staff({ organisation: 'northwind', role: 'supervisor' })
  await boss.page.goto('/verifications?outcome=passed')
  const newest = boss.page.locator('table.rows tbody tr').first().getByRole('link')
  await newest.click()
  const panel = boss.panel()
  await panel.getByText(words.exercise.mark, { exact: true }).first().click()
  await panel.getByRole('textbox', { name: words.exercise.reason }).fill(`Played by ourselves, ${ticket}.`)
  await panel.getByRole('button', { name: words.exercise.mark, exact: true }).click()
  await expect(panel).toContainText(words.exercise.marked)
  expect(await impostors()).toBe(before + 1)

  await panel.getByRole('textbox', { name: words.exercise.reason }).fill('Somebody in need after all.')
  await panel.getByRole('button', { name: words.exercise.unmark, exact: true }).click()
  await expect(panel).toContainText(words.exercise.unmarked)
  expect(await impostors()).toBe(before)

  await admin.button(words.weights.draft).click()
  const changes = page.getByRole('region', { name: copy.policy.changes })
  await expect(changes.getByRole('row')).not.toHaveCount(0)
  await expect(changes).toContainText(copy.policy.fields['weight']?.split(',')[0] ?? '')
})
