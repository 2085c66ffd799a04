import type { Page } from '@playwright/test'
import { mailboxOf } from './support/people.ts'
import { createAgent } from './support/agent.ts'
import { faultsOf } from './support/axe.ts'
import { sendLink } from './support/case.ts'
import { changeRows } from './support/database.ts'
import { pointer } from './support/hands.ts'
import { stack } from './support/stack.ts'
import { addStaffPasskey, emailOf, giveAuthenticator } from './support/staff-passkey.ts'
import { expect, test } from './support/test.ts'

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
  await addStaffPasskey(page, login, `Laptop ${ticket}`)
  const agent = createAgent(page, pointer, 'en')
  const words = agent.copy.security
  expect(await faultsOf(page)).toEqual([])

  await agent.find(person.login)
  await agent.send({ channel: 'email', ticket })
  const participant = await enter()
  await giveAuthenticator(participant.page)
  await participant.open(await inbox.link(mailboxOf(person)))
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

test('F6: an export asks for the passkey where its window ran out while the list was open', async ({
  context_,
  ticket,
}) => {
  // Nobody else's journey signs in as this auditor.
  const login = 'lab.yuna.marchetti'
  const context = await context_({ baseURL: stack.console, locale: 'en-GB' }, [stack.console, stack.signIn])
  const page = await context.newPage()
  await addStaffPasskey(page, login, `Laptop ${ticket}`)
  const { copy } = createAgent(page, pointer, 'en')
  await page.goto('/verifications?outcome=passed')
  await page.locator('table.rows tbody tr').first().waitFor()
  const ranOut = await changeRows(
    `update staff_sessions s set stepped_up_at = null, authenticated_at = now() - interval '1 hour' from staff f
     where f.tenant_id = s.tenant_id and f.id = s.staff_id and f.email = $1`,
    [emailOf(login)],
  )
  expect(ranOut).toBeGreaterThan(0)
  await page.getByRole('link', { name: copy.list.export }).click()
  const dialog = page.getByRole('dialog', { name: copy.security.confirm })
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: copy.security.use }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('verifications.csv')
  const content = await (await file.createReadStream()).setEncoding('utf8').toArray()
  expect(content.join('')).toMatch(/^id,participant,.+\r\n.+passed/)
  await expect(page).toHaveURL(/\/verifications\?outcome=passed$/)
})

const pictured = async (page: Page, name: string): Promise<void> => {
  const path = test.info().outputPath(`${name}.png`)
  await page.screenshot({ path, fullPage: true })
  await test.info().attach(name, { path, contentType: 'image/png' })
}

test('B5, G8: a passkey that was set up more than 72 hours ago is asked for where one more kind is needed, and counts, on a phone and in German', async ({
  staff,
  participant: enter,
  person,
  inbox,
  ticket,
}) => {
  test.slow()
  const forget = () =>
    changeRows('update passkeys set removed_at = now() where person_id = $1 and removed_at is null', [
      person.id,
    ])
  await forget()
  const agent = await staff()
  const visitor = await enter({ language: 'de' })
  await visitor.page.setViewportSize({ width: 390, height: 844 })
  await giveAuthenticator(visitor.page)
  const first = await sendLink(agent, inbox, person, `${ticket}-1`)
  await visitor.open(first.link)
  await visitor.typeCode(first.code)
  await visitor.answerAll(person)
  await visitor.kindIs('waiting')
  await agent.confirm('approve', 'Known by voice.')
  await visitor.setPassword(`${ticket} quiet harbour lantern`)
  await expect(visitor.heading(visitor.words.changed)).toBeVisible({ timeout: 30_000 })
  await expect(visitor.button('Passkey einrichten')).toBeVisible()
  await pictured(visitor.page, 'offer')
  await visitor.button('Passkey einrichten').click()
  await expect(visitor.page.getByRole('heading', { name: 'Ihr Passkey ist eingerichtet' })).toBeVisible()
  await pictured(visitor.page, 'set up')

  // Three days pass by the database's clock; the person gets more rights, so that two kinds of evidence are needed, and has
  // one contact left.
  const older = await changeRows(
    `update passkeys set created_at = created_at - interval '73 hours' where person_id = $1 and removed_at is null`,
    [person.id],
  )
  expect(older).toBe(1)
  const { page, copy } = agent
  try {
    await changeRows(`update people set tier = 'privileged' where id = $1`, [person.id])
    await changeRows(
      `update contacts set removed_at = now() where person_id = $1 and not (kind = 'email' and label = 'private')`,
      [person.id],
    )
    await agent.find(person.login)
    await expect(page.getByText(copy.security.states.usable)).toBeVisible()
    await agent.send({ channel: 'email', ticket: `${ticket}-2` })
    await visitor.open(await inbox.link(mailboxOf(person)))
    await visitor.typeCode(await agent.matchCode())
    await visitor.answerAll(person)
    await visitor.kindIs('passkey')
    expect(await faultsOf(visitor.page)).toEqual([])
    await pictured(visitor.page, 'asked')
    await visitor.button('Meinen Passkey benutzen').click()
    await visitor.kindIs('waiting')
    const boss = await staff({ role: 'supervisor' })
    await boss.page.goto(page.url())
    await expect(boss.panel()).toContainText(copy.checkName('POS_PASSKEY'))
    await expect(boss.panel()).toContainText('confirmed with their own passkey')
    // Nothing is missing but the second person whom the rule wants.
    await expect(boss.verdict()).toContainText('a second approval is needed')
    await expect(boss.verdict()).not.toContainText('evidence is missing')
  } finally {
    await changeRows(`update people set tier = 'standard' where id = $1`, [person.id])
    await changeRows('update contacts set removed_at = null where person_id = $1', [person.id])
    await forget()
  }
})
