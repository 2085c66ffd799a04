import type { Page } from '@playwright/test'
import { stepAt } from '#dev/stack/identity/totp.ts'
import { expectAccessible } from './support/axe.ts'
import { changeRows } from './support/database.ts'
import { pointer } from './support/hands.ts'
import { createParticipant } from './support/portal.ts'
import { setUpApp, typeCode, typePassword } from './support/provider.ts'
import { giveAuthenticator } from './support/staff-passkey.ts'
import { stack } from './support/stack.ts'
import { expect, test } from './support/test.ts'

/** Pictures of the page at a desk and on a phone, by day and by night. */
const pictures = async (page: Page, name: string): Promise<void> => {
  await expectAccessible(page, name)
  for (const [size, width, height] of [
    ['desk', 1280, 800],
    ['phone', 390, 844],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      const path = test.info().outputPath(`${name} ${size} ${colorScheme}.png`)
      await page.screenshot({ path, fullPage: true })
      await test.info().attach(`${name} ${size} ${colorScheme}`, { path, contentType: 'image/png' })
    }
  await expectAccessible(page, name)
}

test('B23: people set up a passkey while they can still sign in, with more than a password, and may take it back', async ({
  context_,
  staff,
  person,
  inbox,
}) => {
  test.slow()
  const forget = () =>
    changeRows('update passkeys set removed_at = now() where person_id = $1 and removed_at is null', [
      person.id,
    ])
  await forget()
  const context = await context_({ locale: 'de-DE' }, [stack.portal, stack.signIn])
  const page = await context.newPage()
  await giveAuthenticator(page)
  await page.goto(`${stack.portal}/enrol`)
  const signIn = page.getByRole('button', { name: 'Zur Anmeldung' })
  await expect(signIn).toBeVisible()
  await expect(page.locator('main')).toContainText(new URL(stack.signIn).host)
  await pictures(page, 'start')

  // With a password alone, which may be the one that was stolen.
  await signIn.click()
  await typePassword(page, person.login)
  await page.waitForURL('**/enrol')
  await expect(page.getByRole('alert')).toContainText('nur mit einem Passwort angemeldet')
  await pictures(page, 'a password alone is not enough')

  const employee = await (await context_({ locale: 'en-GB' }, [stack.signIn])).newPage()
  const secret = await setUpApp(employee, person.login)
  await signIn.click()
  await typePassword(page, person.login)
  await typeCode(page, secret, stepAt(Date.now()))
  await page.waitForURL('**/enrol')
  await expect(page.getByText('Sie haben noch keinen.')).toBeVisible()
  await pictures(page, 'signed in')
  await page.getByRole('button', { name: 'Passkey einrichten' }).click()
  await expect(page.getByRole('heading', { name: 'Ihr Passkey ist eingerichtet' })).toBeVisible()
  await expect(page.getByRole('listitem')).toContainText('zählt ab dem dritten Tag')
  await pictures(page, 'set up')
  await page.reload()
  await expect(signIn).toBeVisible()

  // The help desk sees it, and the person says from its notice that it was not them.
  const agent = await staff()
  await agent.find(person.login)
  await expect(agent.page.getByText(agent.copy.security.states.waiting)).toBeVisible()
  await page.goto(await inbox.notice([person.workEmail]))
  await expect(page.locator('main')).toContainText('In Ihrem Namen wurde ein Passkey eingerichtet.')
  await pictures(page, 'was this not you')
  await createParticipant(page, pointer, 'de').confirmNo()
  await expect(page.getByRole('heading', { name: 'Gestoppt. Danke für den Hinweis' })).toBeVisible()
  // B9: only a supervisor sees that it was reported, and what the report is about.
  const boss = await staff({ role: 'supervisor' })
  await boss.find(person.login)
  await expect(boss.page.getByText(boss.copy.security.states.disputed)).toBeVisible()
  await expect(boss.page.getByText(boss.copy.alarms.ownPasskey).first()).toBeVisible()
  await forget()
})
