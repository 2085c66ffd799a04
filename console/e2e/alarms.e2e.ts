import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { expect, test } from './support/test.ts'

const look = async (page: Page, name: string): Promise<void> => {
  await expectAccessible(page, name)
  const path = test.info().outputPath(`${name}.png`)
  await page.screenshot({ path, fullPage: true })
  await test.info().attach(name, { path, contentType: 'image/png' })
}

test('the silent signal: the agent sees what is ordinary, the supervisor an alarm, and releases the case @phone', async ({
  sent,
  staff,
}) => {
  const { agent } = sent
  const { page, copy } = agent
  const copies = page.getByRole('button', { name: copy.panel.copy, exact: true })
  const answers: string[] = []
  let id = ''
  page.on('response', (response) => {
    const [, pressed] = /verifications\/([0-9a-f-]{36})\/copies$/.exec(response.url()) ?? []
    id = pressed ?? id
    if (pressed !== undefined)
      void response.text().then((text) => answers.push(`${String(response.status())} ${text}`))
  })
  await look(page, 'case of an agent')
  await copies.click({ clickCount: 3, delay: 20 })
  await expect.poll(() => answers.length).toBe(3)
  expect(new Set(answers).size).toBe(1)
  await expect(page.getByText(copy.panel.copied, { exact: true })).toBeVisible()

  const boss = await staff({ role: 'supervisor' })
  await boss.page.goto('/alarms')
  const signals = boss.page.getByRole('region', { name: boss.copy.alarms.duress.heading })
  const row = signals.getByRole('row').filter({ has: boss.page.locator(`a[href="/verifications/${id}"]`) })
  await expect(row).toContainText(boss.copy.alarms.duress.standing)
  await look(boss.page, 'alarms')
  await row.getByRole('button', { name: boss.copy.alarms.duress.clear, exact: true }).click()
  const dialog = boss.page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Went to see them')
  await look(boss.page, 'clearing')
  await dialog.getByRole('button', { name: boss.copy.alarms.duress.clear, exact: true }).click()
  await expect(row).toContainText('Went to see them')
  // The agent's screen is as it was.
  await expect(page.getByText(boss.copy.alarms.duress.heading)).toHaveCount(0)
})

test('B9, H6: a frozen person on the card, and the freeze lifted by a supervisor @phone', async ({
  sent,
  staff,
  participant: enter,
  person,
}) => {
  const visitor = await enter()
  await visitor.open(sent.link)
  await visitor.button(visitor.words.no).click()
  await visitor.confirmNo()
  await expect(visitor.heading('Stopped. Thank you for telling us')).toBeVisible()
  const boss = await staff({ role: 'supervisor' })
  await boss.find(person.login)
  const frozen = boss.page.getByRole('region', { name: boss.copy.alarms.frozen })
  await expect(frozen).toBeVisible()
  await look(boss.page, 'frozen person')
  await frozen.getByRole('button', { name: boss.copy.alarms.lift, exact: true }).click()
  const dialog = boss.page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Spoke to them on a number that was on file')
  await dialog.getByRole('button', { name: boss.copy.alarms.lift, exact: true }).click()
  await expect(frozen).toHaveCount(0)
})
