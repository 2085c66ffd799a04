import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { changeRows } from './support/database.ts'
import { languageHere } from './support/language-here.ts'
import { expect, test } from './support/test.ts'

const look = async (page: Page, name: string): Promise<void> => {
  await expectAccessible(page, name)
  const path = test.info().outputPath(`${name}.png`)
  await page.screenshot({ path, fullPage: true })
  await test.info().attach(name, { path, contentType: 'image/png' })
}

// Its own alone: the other size may be writing another message at the same moment.
test.afterEach(async ({ ticket }) => {
  await changeRows('delete from message_texts where reason = $1', [`Clearer, ${ticket}`])
})

/** Words that nobody else writes; five digits in a row would be a number to call. */
const ownTextOf = (ticket: string): string =>
  `Thank you, ${ticket.replace(/\d/g, (digit) => String.fromCharCode(97 + Number(digit)))}.`

test('B22, T9: one admin writes a message anew, tries it, another accepts it @phone', async ({
  staff,
  inbox,
  ticket,
}) => {
  test.slow()
  const language = languageHere('en')
  const { page, copy, button } = await staff({ role: 'admin', language })
  const other = await staff({ role: 'second_admin', language })
  const words = copy.messages
  // Each size has a message of its own.
  const kind = { en: 'finished', de: 'started' }[language]
  const own = ownTextOf(ticket)
  const address = `/policy/messages?kind=${kind}&channel=email&language=${language}`
  await page.goto(address)
  await page.getByRole('heading', { level: 1, name: words.title }).waitFor()
  const text = page.getByRole('textbox', { name: words.text, exact: true })
  const standard = await text.inputValue()
  await look(page, 'messages')

  await text.fill(standard.replace('{warning}', ''))
  await expect(page.getByText(words.problems.missing.replace('{placeholder}', '{warning}'))).toBeVisible()
  await text.fill(`${standard}\n0800 330 330`)
  await expect(page.getByText(words.problems.number)).toBeVisible()
  await look(page, 'what is wrong')

  await text.fill(`${standard}\n${own}`)
  await expect(page.getByText(words.problems.number)).toBeHidden()
  await expect(page.getByRole('region', { name: words.preview, exact: true })).toContainText(own)
  await page.getByRole('textbox', { name: words.reason }).fill(`Clearer, ${ticket}`)
  await button(words.propose).click()
  await expect(page.getByRole('region', { name: words.waits })).toContainText(own)
  await button(words.sendProposed).click()
  await expect(page.getByText(new RegExp(words.testStates.sent)).first()).toBeVisible({ timeout: 30_000 })
  expect(await inbox.holding(own)).toMatch(/\/not-me#/)
  await look(page, 'tried')

  await other.page.goto(address)
  const waiting = other.page.getByRole('region', { name: words.waits })
  await expect(waiting).toContainText(own)
  await waiting.getByRole('textbox', { name: words.reason }).fill('Reads well')
  await look(other.page, 'second admin')
  await waiting.getByRole('button', { name: words.accept, exact: true }).click()
  // Live: the first admin's page says so by itself.
  await expect(page.getByRole('heading', { name: words.own })).toBeVisible()
  await expect(text).toHaveValue(`${standard}\n${own}`)

  await page.locator('summary', { hasText: words.reset }).click()
  await page.getByRole('textbox', { name: words.reason }).fill(`Clearer, ${ticket}`)
  await page.getByRole('button', { name: words.reset, exact: true }).click()
  await expect(text).toHaveValue(standard)
  await page.locator('summary', { hasText: words.history }).click()
  await expect(page.getByText(words.states.replaced, { exact: true }).first()).toBeVisible()
  await look(page, 'history')
})

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
