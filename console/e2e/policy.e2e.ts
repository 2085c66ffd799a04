import { expectAccessible } from './support/axe.ts'
import { languageHere } from './support/language-here.ts'
import { expect, test } from './support/test.ts'

test('D13, D14: a weakening is seen with its diff, its reach and its back-test before it is proposed @phone', async ({
  staff,
  ticket,
}) => {
  test.slow()
  const language = languageHere('en')
  const { page, copy, button } = await staff({ organisation: 'northwind', role: 'admin', language })
  const words = copy.policy
  await page.goto('/policy')
  await button(words.edit).click()
  const link = page.getByRole('spinbutton', { name: `${words.fields['smsLink'] ?? ''}, ${words.minutes}` })
  await link.fill('25')
  const needed = (purpose: 'password_reset' | 'mfa_reset') =>
    page
      .getByRole('row', { name: copy.purposes[purpose] })
      .first()
      .getByRole('spinbutton', { name: words.fields['classesNeeded'] ?? '' })
  await needed('password_reset').fill('3')
  // Second factors never ask for fewer kinds than a password (B15).
  await needed('mfa_reset').fill('3')
  await expectAccessible(page, 'a policy being edited')
  await button(words.review).first().click()

  const changes = page.getByRole('region', { name: words.changes })
  await expect(changes).toContainText(words.weaker)
  await expect(changes.getByRole('row').filter({ hasText: words.fields['smsLink'] ?? '' })).toContainText(
    words.weakens,
  )
  const reach = page.getByRole('region', { name: words.reach.title })
  await expect(reach).toContainText(words.reach.reasons['one_kind_only'] ?? '')
  const past = page.getByRole('region', { name: words.backTest.title })
  await expect(past.getByRole('button', { name: words.backTest.start })).toBeVisible({ timeout: 60_000 })
  const counted = words.backTest.counted(0, 0).replace(/^\S+ \S+ /, '')
  await expect(past).toContainText(counted.replace(/\.$/, ''))
  await expect(past.locator('dl, table').first()).toContainText(words.backTest.worse)
  await expectAccessible(page, 'a policy under review')

  const why = `Links arrive late, ${ticket}.`
  await page.getByRole('textbox', { name: words.reason }).fill(why)
  await button(words.propose).click()
  await expect(page.getByRole('status').filter({ hasText: words.proposed })).toBeVisible()
  // The admin who proposed it cannot accept it; the policy in force is unchanged.
  const proposal = page.getByRole('article').filter({ hasText: why })
  await expect(proposal).toContainText(words.proposals.own)
  await expect(proposal.getByRole('button', { name: words.proposals.accept })).toHaveCount(0)
  await expectAccessible(page, 'a policy with a proposal')
  await proposal.getByRole('textbox', { name: words.proposals.reason }).fill('Not needed after all.')
  await proposal.getByRole('button', { name: words.proposals.withdraw }).click()
  await expect(proposal).toHaveCount(0)
})
