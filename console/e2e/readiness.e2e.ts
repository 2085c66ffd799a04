import { expectAccessible } from './support/axe.ts'
import { changeRows } from './support/database.ts'
import { expect, test } from './support/test.ts'

test('B24: a supervisor sees who has no passkey, and invites them by an address that is the same for everybody', async ({
  staff,
  inbox,
}) => {
  test.slow()
  // An earlier run on this stack may have invited them within seven days.
  await changeRows(`delete from notices where kind = 'passkey_invitation'`, [])
  const { page, copy } = await staff({ role: 'supervisor', language: 'de' })
  const words = copy.readiness
  await page.goto('/people')
  await page.getByRole('link', { name: words.link }).click()
  await expect(page.getByRole('heading', { name: words.title, level: 1 })).toBeVisible()
  await page.getByRole('button', { name: words.show.passkey }).click()
  const list = page.getByRole('region', { name: words.titles.passkey(null) })
  await list.getByRole('checkbox').first().check()
  await expectAccessible(page, 'readiness')
  for (const [size, width, height] of [
    ['desk', 1280, 900],
    ['phone', 390, 844],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      const path = test.info().outputPath(`readiness ${size} ${colorScheme}.png`)
      await page.screenshot({ path })
      await test.info().attach(`readiness ${size} ${colorScheme}`, { path, contentType: 'image/png' })
    }
  await page.getByRole('button', { name: words.invite.action(1) }).click()
  await expect(list.getByRole('status')).toContainText(words.invite.done(1, 0))
  const mail = await inbox.holding('/enrol')
  expect(mail).not.toContain('#')
})
