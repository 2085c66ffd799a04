import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { expect, test } from './support/test.ts'

const look = async (page: Page, name: string): Promise<void> => {
  await expectAccessible(page, name)
  const path = test.info().outputPath(`${name}.png`)
  await page.screenshot({ path, fullPage: true })
  await test.info().attach(name, { path, contentType: 'image/png' })
}

test('B22: an SMS is measured while typing @phone', async ({ staff }) => {
  const { page, copy } = await staff({ role: 'admin', language: 'en' })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/policy/messages?kind=link&channel=sms&language=de')
  const text = page.getByRole('textbox', { name: copy.messages.text, exact: true })
  await expect(page.getByText(/^GSM-7: /)).toBeVisible()
  await text.fill(`${await text.inputValue()} „Danke“`)
  await expect(page.getByText(/^UCS-2 /)).toBeVisible()
  await look(page, 'measured')
})
