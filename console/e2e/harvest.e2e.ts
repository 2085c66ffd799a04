import { expectAccessible } from './support/axe.ts'
import { changeRows } from './support/database.ts'
import { expect, test } from './support/test.ts'

/** Desktop and phone play at the same time; each has a family of its own. */
const familyHere = () => (test.info().project.name === 'phone' ? 'device_model' : 'meeting_organiser')

/** An alarm that no journey can bring about: it takes thirty cases of different people. */
const raise = (asn: number | null) =>
  changeRows(
    `insert into harvest_alarms (tenant_id, family, day, asn, cases, lists, lists_in_force, usual_cases)
     select id, $2, (now() at time zone 'UTC')::date, $1, 30, 11, 12, 1.5 from tenants where slug = 'northwind'
     on conflict do nothing`,
    [asn, familyHere()],
  )

test.afterEach(async () => {
  await changeRows(
    `delete from harvest_alarms where tenant_id = (select id from tenants where slug = 'northwind') and family = $1`,
    [familyHere()],
  )
})

test('a supervisor sees that lists may have been collected, and where to go from there, in English and German @phone', async ({
  staff,
}) => {
  for (const language of ['en', 'de'] as const) {
    await raise(null)
    await raise(65_550)
    const { page, copy } = await staff({ organisation: 'northwind', role: 'supervisor', language })
    const words = copy.policy.harvest
    await page.goto('/policy')
    const section = page.getByRole('region', { name: words.title, exact: true })
    await expect(section).toContainText(copy.policy.families[familyHere()] ?? '?')
    await expect(section).toContainText('AS65550')
    await expect(page.getByRole('complementary', { name: copy.notices })).toContainText(
      copy.banners['harvest_suspected'] ?? '?',
    )
    await expectAccessible(page, `collected lists, ${language}`)
    const path = test.info().outputPath(`collected-lists-${language}.png`)
    await page.screenshot({ path, fullPage: true })
    await test.info().attach(`collected lists, ${language}`, { path, contentType: 'image/png' })
    await section.getByRole('link', { name: words.see }).click()
    await expect(page).toHaveURL(/\/verifications\?.*step=code/)
  }
})
