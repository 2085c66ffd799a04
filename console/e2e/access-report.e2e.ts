import { readFileSync } from 'node:fs'
import { expectAccessible } from './support/axe.ts'
import { tooWide } from './support/reflow.ts'
import { expect, test } from './support/test.ts'

test('M8: an admin makes the access report of a verified person, prints it and keeps it as JSON', async ({
  staff,
  entered,
  person,
}) => {
  await entered.visitor.answerAll(person)
  await entered.agent.confirm('approve', 'Voice and ticket fit.')
  const { page, copy } = await staff({ role: 'admin', language: 'de' })
  await page.goto(`/people/${person.id}`)
  await page.getByRole('link', { name: copy.access.make }).click()
  await page.getByRole('textbox', { name: new RegExp(copy.access.reference) }).fill('DSR-2026-014')
  await page.getByRole('button', { name: copy.access.make }).click()
  const report = page.getByRole('article', { name: copy.access.title })
  await expect(report.getByRole('heading', { level: 1 })).toContainText(person.name)
  await expect(report).toContainText('DSR-2026-014')
  for (const address of person.addresses) await expect(report).toContainText(address)
  await expect(report.getByRole('heading', { name: copy.access.asked }).first()).toBeVisible()
  await expectAccessible(page, 'access report')
  expect(await tooWide(page), 'WCAG 1.4.10: wider than its place').toEqual([])
  const path = test.info().outputPath('access report.png')
  await page.screenshot({ path, fullPage: true })
  await test.info().attach('access report', { path, contentType: 'image/png' })

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: copy.access.download }).click()
  const file = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as {
    verifications: { asked: unknown[] }[]
  }
  expect(file.verifications[0]?.asked.length).toBeGreaterThanOrEqual(3)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('button', { name: copy.access.print })).toBeHidden()
  await expect(report).toBeVisible()
})
