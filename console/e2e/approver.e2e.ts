import type { Page } from '@playwright/test'
import type { Inbox } from '#dev/smoke/inbox.ts'
import { createApprover, needsApprover } from './support/approver.ts'
import type { Agent } from './support/agent.ts'
import { expectAccessible } from './support/axe.ts'
import { changeRows } from './support/database.ts'
import { enterCode, sendLink } from './support/case.ts'
import { pointer } from './support/hands.ts'
import { languageHere } from './support/language-here.ts'
import type { Taken } from './support/people.ts'
import { createParticipant } from './support/portal.ts'
import { stack } from './support/stack.ts'
import { expect, test } from './support/test.ts'
import type { Language } from './support/words.ts'

/*
 * A case from a country in which the person was never seen needs two kinds of evidence; without a second contact the
 * workflow asks the manager by itself. The stack of journeys believes the address that loopback names.
 */
const homes: readonly string[] = ['GB', 'DE']
const abroad = { 'x-forwarded-for': `73.0.${String(Math.floor(Math.random() * 200))}.25` }
const locales = { en: 'en-GB', de: 'de-DE' } as const

const look = async (page: Page, name: string): Promise<void> => {
  await expectAccessible(page, name)
  const path = test.info().outputPath(`${name}.png`)
  await page.screenshot({ path, fullPage: true })
  await test.info().attach(name, { path, contentType: 'image/png' })
}

type World = {
  readonly context_: (
    options: object,
    allowed: readonly string[],
  ) => ReturnType<Page['context']> | Promise<ReturnType<Page['context']>>
  readonly agent: Agent
  readonly inbox: Inbox
  readonly person: Taken
  readonly ticket: string
  readonly language: Language
}

/** Up to the moment at which the manager has the message. */
const askedCase = async ({ context_, agent, inbox, person, ticket, language }: World) => {
  const manager = await needsApprover(person)
  const sent = await sendLink(agent, inbox, person, ticket)
  const context = await context_({ locale: locales[language], extraHTTPHeaders: abroad }, [stack.portal])
  const visitor = createParticipant(await context.newPage(), pointer, language)
  await enterCode(sent, visitor)
  await visitor.answerAll(person)
  await visitor.kindIs('vouching')
  const digits = ((await visitor.page.locator('.code-shown').textContent()) ?? '').replace(/\D/g, '')
  const link = await inbox.approval(manager.addresses)
  const theirs = await context_({ locale: locales[language] }, [stack.portal, stack.signIn])
  const approver = createApprover(await theirs.newPage(), language)
  const approvers = agent.panel().getByRole('region', { name: agent.copy.approvers.asked })
  return { manager, visitor, digits, link, approver, approvers }
}

test('a manager vouches after their own sign-in, with the digits of the participant’s page @phone', async ({
  staff,
  context_,
  people,
  inbox,
  ticket,
}) => {
  test.slow()
  const language = languageHere('en')
  const agent = await staff({ language })
  const person = await (await people('lab')).take(homes)
  const { manager, visitor, digits, link, approver, approvers } = await askedCase({
    context_,
    agent,
    inbox,
    person,
    ticket,
    language,
  })
  await look(visitor.page, 'participant waits')
  await expect(approvers).toContainText(agent.copy.approvers.answers.waiting)
  await expect(agent.verdict()).toContainText(agent.copy.sentence({ key: 'instruction.approver', slots: {} }))
  await look(agent.page, 'agent waits')

  await approver.open(link)
  // Nothing about anybody before the sign-in (C17).
  await expect(approver.page.locator('body')).not.toContainText(person.name)
  await look(approver.page, 'approver before sign-in')
  await approver.signIn(manager.login)
  await expect(approver.heading(approver.words.isIt(person.name))).toBeVisible()
  await expect(approver.page.locator('body')).toContainText(ticket)
  await expect(approver.page.locator('body')).toContainText(approver.words.wants)
  // The page never shows what it asks for.
  expect(await approver.prose()).not.toMatch(new RegExp(`(?<!\\d)${digits}(?!\\d)`))
  await look(approver.page, 'approver asked')
  await approver.sayYes(digits === '00' ? '01' : '00')
  await expect(approver.page.locator('body')).toContainText(approver.words.wrong)
  await look(approver.page, 'approver wrong digits')
  await approver.sayYes(digits)
  await expect(approver.heading(approver.words.saidYes)).toBeVisible()
  await look(approver.page, 'approver said yes')

  await expect(approvers).toContainText(agent.copy.approvers.answers.yes)
  await look(agent.page, 'agent sees the yes')
  await agent.confirm('approve', 'The manager vouched.')
  await visitor.setPassword('an entirely new passphrase 57')
  await expect(agent.verdict()).toContainText(agent.copy.actions.password_reset.completed)

  // Used up: the link says the same as any other that cannot be used.
  await approver.page.goto(link)
  await expect(approver.heading(approver.words.over)).toBeVisible()
  await look(approver.page, 'approver over')
})

test('a manager’s no stops the case @phone', async ({ staff, context_, people, inbox, ticket }) => {
  test.slow()
  const language = languageHere('de')
  const agent = await staff({ language })
  const person = await (await people('lab')).take(homes)
  const { manager, visitor, link, approver, approvers } = await askedCase({
    context_,
    agent,
    inbox,
    person,
    ticket,
    language,
  })
  await look(visitor.page, 'participant waits')
  await look(agent.page, 'agent waits')
  await approver.open(link)
  await look(approver.page, 'approver before sign-in')
  await approver.signIn(manager.login)
  await expect(approver.heading(approver.words.isIt(person.name))).toBeVisible()
  await look(approver.page, 'approver asked')
  await approver.button(approver.words.no).click()
  await look(approver.page, 'approver stops')
  await approver.page.getByRole('button', { name: approver.words.back, exact: true }).click()
  await approver.sayNo()
  await expect(approver.heading(approver.words.saidNo)).toBeVisible()
  await look(approver.page, 'approver said no')
  await expect(agent.verdict()).toContainText(agent.copy.outcomes.failed)
  await expect(approvers).toContainText(agent.copy.approvers.answers.no)
  await look(agent.page, 'agent sees the no')
  await visitor.kindIs('ended')
})

// Deletes this test's naming alone: the other screen size may be naming an approver at the same moment.
test.afterEach(async ({ ticket }) => {
  await changeRows('delete from named_approvers where reason = $1', [`Sits beside them, ${ticket}`])
})

test('D13: one admin names an approver, another accepts, either ends it @phone', async ({
  staff,
  people,
  ticket,
}) => {
  const language = languageHere('en')
  const { page, copy, button } = await staff({ role: 'admin', language })
  const other = await staff({ role: 'second_admin', language })
  const words = copy.approvers
  const lab = await people('lab')
  const [approver, participant] = [await lab.take(), await lab.take()]
  await page.goto('/policy/approvers')
  await page.getByRole('heading', { level: 1, name: words.title }).waitFor()
  await look(page, 'approvers')
  await button(words.name).click()
  const pick = async (label: string, login: string) => {
    await page.getByRole('group', { name: label, exact: true }).getByRole('searchbox').fill(login)
    await page.locator('.approvers-hit').click()
  }
  await pick(words.who, approver.login)
  await page
    .getByRole('group', { name: words.forPerson, exact: true })
    .getByRole('searchbox')
    .fill(participant.login)
  await page.locator('.approvers-hit').waitFor()
  await look(page, 'naming an approver')
  await page.locator('.approvers-hit').click()
  await page.getByRole('textbox', { name: words.why }).fill(`Sits beside them, ${ticket}`)
  await button(words.propose).click()
  await expect(page.getByRole('status')).toContainText(words.named)
  const card = (where: Page) => where.getByRole('article').filter({ hasText: ticket })
  await expect(card(page)).toContainText(words.states.proposed)
  await expect(card(page).getByRole('button', { name: words.accept })).toHaveCount(0)
  await look(page, 'named')

  await other.page.goto('/policy/approvers')
  await card(other.page).getByRole('textbox', { name: words.reason }).fill('Known to me')
  await look(other.page, 'second admin')
  await card(other.page).getByRole('button', { name: words.accept, exact: true }).click()
  // Live: the first admin's page says so by itself.
  await expect(card(page)).toContainText(words.states.waiting)
  await card(page).locator('summary').click()
  await card(page).getByRole('textbox', { name: words.reason }).fill('Only a journey')
  await look(page, 'ending')
  await card(page).getByRole('button', { name: words.end, exact: true }).click()
  await expect(card(page)).toHaveCount(0)
  await page.getByRole('checkbox', { name: words.over }).check()
  await expect(card(page)).toContainText(words.states.ended)
  await look(page, 'over')
})
