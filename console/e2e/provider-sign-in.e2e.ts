import type { Page } from '@playwright/test'
import { stepAt } from '#dev/stack/identity/totp.ts'
import { expectAccessible } from './support/axe.ts'
import { changeRows } from './support/database.ts'
import { enterCode } from './support/case.ts'
import { pointer } from './support/hands.ts'
import { mailboxOf } from './support/people.ts'
import { createParticipant } from './support/portal.ts'
import { setUpApp, typeCode, typePassword } from './support/provider.ts'
import { stack } from './support/stack.ts'
import { expect, test } from './support/test.ts'

/*
 * A case from a country in which the person was never seen needs two kinds of evidence. The policy of `lab` asks for a sign-in at
 * the provider where access changes.
 */
const homes: readonly string[] = ['GB', 'DE']
const abroad = { 'x-forwarded-for': `73.1.${String(Math.floor(Math.random() * 200))}.25` }

const picture = async (page: Page, name: string): Promise<void> => {
  await expectAccessible(page, name)
  const path = test.info().outputPath(`${name}.png`)
  await page.screenshot({ path, fullPage: true })
  await test.info().attach(name, { path, contentType: 'image/png' })
}

test('a sign-in at the provider is one more kind of proof, with more than a password, in the browser that began it', async ({
  staff,
  context_,
  people,
  inbox,
  ticket,
}) => {
  test.slow()
  const agent = await staff()
  const person = await (await people('lab')).take(homes)
  await changeRows(`delete from contacts where person_id = $1 and (kind = 'phone' or label = 'work')`, [
    person.id,
  ])
  await agent.find(person.login)
  await agent.send({ channel: 'email', ticket, purpose: 'access_change' })
  const sent = { agent, link: await inbox.link(mailboxOf(person)), code: await agent.matchCode() }
  const context = await context_({ locale: 'en-GB', extraHTTPHeaders: abroad }, [stack.portal, stack.signIn])
  const visitor = createParticipant(await context.newPage(), pointer, 'en')
  await enterCode(sent, visitor)
  await visitor.answerAll(person)
  await visitor.kindIs('provider_sign_in')
  const { page } = visitor
  const signIn = page.getByRole('button', { name: 'Go to the sign-in' })
  await expect(page.locator('main')).toContainText(new URL(stack.signIn).host)
  await expect(agent.verdict()).toContainText(
    agent.copy.sentence({ key: 'instruction.provider_sign_in', slots: {} }),
  )
  await picture(page, 'participant is asked to sign in')

  // With a password alone, which may be the one that was stolen.
  await signIn.click()
  await typePassword(page, person.login)
  await page.waitForURL('**/v')
  await expect(page.getByRole('alert')).toContainText('You signed in with a password only.')
  await picture(page, 'a password alone is not enough')

  // They set up their app at the provider, as an employee does, in another window.
  const employee = await (await context_({ locale: 'en-GB' }, [stack.signIn])).newPage()
  const secret = await setUpApp(employee, person.login)

  await signIn.click()
  await typePassword(page, person.login)
  await typeCode(page, secret, stepAt(Date.now()))
  await page.waitForURL('**/v')
  await visitor.kindIs('waiting')

  await expect(agent.panel().locator('.steps')).toContainText(agent.copy.live.providerSignIn)
  await picture(agent.page, 'agent sees the sign-in')
  await agent.confirm('approve', 'Signed in at the provider.')
  await expect(visitor.heading('Thank you. The help desk can go on')).toBeVisible()
})
