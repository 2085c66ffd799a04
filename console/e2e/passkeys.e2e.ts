import type { Page } from '@playwright/test'
import { demoPassword } from '#platform/server/db/seeds/demo.ts'
import { createAgent } from './support/agent.ts'
import { faultsOf } from './support/axe.ts'
import { pointer } from './support/hands.ts'
import { stack } from './support/stack.ts'
import { expect, test } from './support/test.ts'

/** An authenticator of Chromium's own for one page: it verifies its owner without asking. */
const giveAuthenticator = async (page: Page): Promise<void> => {
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
  await page.getByLabel('Login').fill(login)
  await page.getByLabel('Password').fill(demoPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('F6: a passkey of staff confirms an approval, and the participant sets one up for later', async ({
  context_,
  participant: enter,
  person,
  inbox,
  ticket,
}) => {
  // Nobody else's journey signs in as this agent: from now on what they approve asks for a passkey.
  const login = 'lab.ravi.menon'
  const context = await context_({ baseURL: stack.console, locale: 'en-GB' }, [stack.console, stack.signIn])
  const page = await context.newPage()
  await giveAuthenticator(page)
  await page.goto('/security')
  await page.locator('a[href^="/auth/sign-in"]').click()
  await signInAs(page, login)
  const agent = createAgent(page, pointer, 'en')
  const words = agent.copy.security
  await page.goto('/security')
  // A session alone is not enough: the identity provider has to see them again.
  await page.getByRole('link', { name: words.signInAgain }).click()
  await signInAs(page, login)
  await page.waitForURL(`${stack.console}/security`)
  const name = `Laptop ${ticket}`
  await page.getByRole('textbox', { name: words.name }).fill(name)
  await page.getByRole('button', { name: words.add, exact: true }).click()
  await expect(page.getByText(name)).toBeVisible()
  expect(await faultsOf(page)).toEqual([])

  await agent.find(person.login)
  await agent.send({ channel: 'email', ticket })
  const participant = await enter()
  await giveAuthenticator(participant.page)
  await participant.open(await inbox.link([person.workEmail]))
  await participant.sayYes()
  await participant.typeCode(await agent.matchCode())
  await participant.answerAll(person)
  await expect(participant.page.getByText(participant.words.waiting)).toBeVisible()

  await agent.button(agent.copy.verbs.approve).click()
  const dialog = page.getByRole('dialog', { name: agent.copy.confirm.approve.title })
  await dialog.getByRole('textbox', { name: agent.copy.confirm.reason }).fill('Known by voice.')
  await dialog.getByRole('button', { name: agent.copy.confirm.approve.action, exact: true }).click()
  const stepUp = page.getByRole('dialog', { name: words.confirm })
  await stepUp.getByRole('button', { name: words.use }).click()
  await expect(stepUp).toBeHidden()
  await expect(dialog).toBeHidden()

  await participant.setPassword(`${ticket} quiet harbour lantern`)
  await expect(participant.heading(participant.words.changed)).toBeVisible({ timeout: 30_000 })
  await participant.page.getByRole('button', { name: 'Set up a passkey' }).click()
  await expect(participant.page.getByRole('heading', { name: 'Your passkey is set up' })).toBeVisible()
  expect(await faultsOf(participant.page)).toEqual([])

  await agent.find(person.login)
  await expect(page.getByText(words.states.waiting)).toBeVisible()
})
