/** A passkey of a member of staff of `lab`, by which a journey steps up. */
import { expect, type Page } from '@playwright/test'
import { demoPassword } from '#dev/seeds/demo.ts'
import { createAgent } from './agent.ts'
import { changeRows } from './database.ts'
import { pointer } from './hands.ts'
import { stack } from './stack.ts'

/** An authenticator of Chromium's own for one page: it verifies its owner without asking. */
export const giveAuthenticator = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

const signInAs = async (page: Page, login: string): Promise<void> => {
  await page.locator('[name=login]').fill(login)
  await page.locator('[name=password]').fill(demoPassword)
  await page.locator('form button').click()
}

/** Work address of a member of staff of lab. */
export const emailOf = (login: string): string => `${login.replace(/^lab\./, '')}@lab.example`

/**
 * Sets up a passkey for a member of staff on a page of theirs, after they signed in once more. Those of an earlier run are
 * gone with their authenticators.
 */
export const addStaffPasskey = async (page: Page, login: string, name: string): Promise<void> => {
  await changeRows('delete from staff_passkeys k using staff f where f.id = k.staff_id and f.email = $1', [
    emailOf(login),
  ])
  await giveAuthenticator(page)
  await page.goto('/security')
  await page.locator('a[href^="/auth/sign-in"]').click()
  await signInAs(page, login)
  await page.waitForURL(`${stack.console}/security`)
  const words = createAgent(page, pointer, 'en').copy.security
  // A session alone is not enough: the identity provider has to see them again.
  await page.getByRole('link', { name: words.signInAgain }).click()
  await signInAs(page, login)
  await page.waitForURL(`${stack.console}/security`)
  await page.getByRole('textbox', { name: words.name }).fill(name)
  await page.getByRole('button', { name: words.add, exact: true }).click()
  await expect(page.getByText(name)).toBeVisible()
}
