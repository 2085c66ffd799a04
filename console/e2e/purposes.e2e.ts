import type { Locator, Page } from '@playwright/test'
import type { Purpose } from '#domain/verification/verification.ts'
import type { Inbox } from '#dev/smoke/inbox.ts'
import type { Agent } from './support/agent.ts'
import { changeRows } from './support/database.ts'
import { mailboxOf, type Taken } from './support/people.ts'
import type { Participant } from './support/portal.ts'
import { purposeWords } from './support/purpose-words.ts'
import { stack } from './support/stack.ts'
import { expect, test } from './support/test.ts'
import type { Language } from './support/words.ts'

/*
 * Every purpose beside the new password, whole: who asks, code, questions, decision, and what then happens on the page that was
 * verified and nowhere else.
 */

const ways = [
  { language: 'en', on: '' },
  { language: 'de', on: ' @phone-only' },
] as const satisfies readonly { language: Language; on: string }[]

type Job = {
  readonly agent: Agent
  readonly visitor: Participant
  readonly person: Taken
  readonly inbox: Inbox
  readonly ticket: string
}

/** A picture that is kept with the run. */
const picture = async (of: Page | Locator, name: string): Promise<void> => {
  const path = test.info().outputPath(`${name}.png`)
  await of.screenshot({ path })
  await test.info().attach(name, { path, contentType: 'image/png' })
}

/** Answers as the person would, and types the second code that new factors always ask for. */
const answer = async (
  { visitor, person, inbox }: Omit<Job, 'agent' | 'ticket'>,
  purpose: Purpose,
): Promise<void> => {
  await visitor.answerAll(person)
  if (purpose === 'mfa_reset') {
    await visitor.kindIs('second_code')
    await visitor.typeCode(await inbox.code(person.addresses))
  }
  await visitor.kindIs('waiting')
}

const verify = async (job: Job, purpose: Purpose): Promise<void> => {
  const { agent, visitor, person, inbox, ticket } = job
  await agent.find(person.login)
  await agent.send({ channel: 'email', ticket, purpose })
  await visitor.open(await inbox.link(mailboxOf(person)))
  await picture(visitor.page, `${purpose} who asks`)
  await visitor.typeCode(await agent.matchCode())
  await answer(job, purpose)
}

const approve = async (staff: Agent, ticket: string): Promise<void> => {
  await staff.page.goto(`/verifications?q=${ticket}`)
  await staff.page.locator('table.rows tbody tr').getByRole('link').first().click()
  await staff.confirm('approve', 'Known by voice.')
}

/** Locks the person's account in the demo directory, as too many wrong passwords do. */
const lock = async ({ id }: Taken): Promise<void> => {
  await changeRows(
    `update directory_accounts a set state = 'locked', failed_tries = 5, locked_at = now() from people p
     where p.id = $1 and a.tenant_id = p.tenant_id and a.directory_id = p.directory_id`,
    [id],
  )
  await changeRows(`update people set account_state = 'locked' where id = $1`, [id])
}

/** Records the requests of these pages from now on and, for staff's pages, the answers. */
const overhear = (staff: readonly Page[], visitor: Page): readonly string[] => {
  const heard: string[] = []
  for (const page of [...staff, visitor]) page.on('request', (request) => heard.push(request.url()))
  for (const page of staff)
    page.on('response', (response) => {
      // A response that is still open when the journey ends is never whole.
      void response.text().then(
        (text) => heard.push(text),
        () => undefined,
      )
    })
  return heard
}

for (const { language, on } of ways) {
  const words = purposeWords[language]

  test(`B2, B15: a lost second factor takes two kinds of evidence and a supervisor; the code is shown once, there alone: ${language}${on}`, async ({
    staff,
    participant: enter,
    person,
    inbox,
    ticket,
  }) => {
    test.slow()
    const agent = await staff({ language })
    const visitor = await enter({ language })
    await verify({ agent, visitor, person, inbox, ticket }, 'mfa_reset')
    await expect(agent.button(agent.copy.verbs.approve)).toHaveAttribute('aria-disabled', 'true')
    await picture(agent.page, 'factors, as the agent sees them')
    const boss = await staff({ role: 'supervisor', language })
    const heard = overhear([agent.page, boss.page], visitor.page)
    await approve(boss, ticket)
    await visitor.kindIs('reset_mfa')
    await expect(visitor.heading(words.removeHeading)).toBeVisible()
    await picture(visitor.page, 'factors remove')
    await visitor.button(words.remove).click()
    await expect(visitor.heading(words.removed)).toBeVisible({ timeout: 30_000 })
    await picture(visitor.page, 'factors removed')
    await visitor.button(words.showCode).click()
    const code = (await visitor.page.locator('.one-time-code').textContent()) ?? ''
    expect(code.length).toBeGreaterThanOrEqual(8)
    await picture(visitor.page, 'factors code')
    await visitor.page.reload()
    await expect(visitor.page.getByText(words.wasShown)).toBeVisible()
    expect(await visitor.page.content()).not.toContain(code)
    await expect(boss.verdict()).toContainText(boss.copy.actions.mfa_reset.completed)
    for (const { page } of [agent, boss]) expect(await page.content()).not.toContain(code)
    // M1: nor in any address, or in what the console is sent; the listening works, since the case is in it.
    expect(heard.join('\n')).toContain(ticket)
    for (const text of heard) expect(text).not.toContain(code)
    await picture(boss.page, 'factors, as the supervisor sees them')
  })

  test(`an account that is locked is unlocked by itself once it is approved: ${language}${on}`, async ({
    staff,
    participant: enter,
    person,
    inbox,
    ticket,
  }) => {
    await lock(person)
    const agent = await staff({ language })
    const visitor = await enter({ language })
    await verify({ agent, visitor, person, inbox, ticket }, 'account_unlock')
    await agent.confirm('approve', 'Known by voice.')
    await expect(visitor.heading(words.unlocked)).toBeVisible({ timeout: 30_000 })
    await picture(visitor.page, 'unlocked')
    await expect(agent.verdict()).toContainText(agent.copy.actions.account_unlock.completed)
    await picture(agent.page, 'unlocked, as the agent sees it')
    const open = `select from directory_accounts a join people p on p.tenant_id = a.tenant_id and p.directory_id = a.directory_id
      where p.id = $1 and a.state = 'active'`
    expect(await changeRows(open, [person.id])).toBe(1)
  })

  test(`access that changes elsewhere ends with the decision: ${language}${on}`, async ({
    staff,
    participant: enter,
    person,
    inbox,
    ticket,
  }) => {
    const agent = await staff({ language })
    const visitor = await enter({ language })
    await verify({ agent, visitor, person, inbox, ticket }, 'access_change')
    await agent.confirm('approve', 'Known by voice.')
    await expect(visitor.heading(words.confirmed)).toBeVisible({ timeout: 30_000 })
    await picture(visitor.page, 'access')
    await expect(agent.verdict()).toContainText(agent.copy.outcomes.passed)
    await picture(agent.page, 'access, as the agent sees it')
  })

  test(`H1: people help themselves: a link to one contact, a code to another, and staff decide: ${language}${on}`, async ({
    staff,
    participant: enter,
    person,
    inbox,
  }) => {
    await lock(person)
    const visitor = await enter({ language })
    const { page } = visitor
    await page.goto(`${stack.portal}/help`)
    await picture(page, 'help')
    await page.getByRole('radio', { name: words.locked }).check()
    await page.getByRole('textbox', { name: words.who }).fill(person.login)
    await visitor.button(words.goOn).click()
    await expect(visitor.heading(words.asked)).toBeVisible()
    await picture(page, 'help sent')
    const link = await inbox.link(person.addresses)
    const code = await inbox.code(person.addresses)
    await page.goto('about:blank')
    await page.goto(link)
    await picture(page, 'help who asks')
    await visitor.typeCode(code)
    await answer({ visitor, person, inbox }, 'account_unlock')
    const agent = await staff({ language })
    await agent.page.goto('/queue')
    await agent.page.locator('.queue-item a').filter({ hasText: person.name }).click()
    await agent.confirm('approve', 'All fits.')
    await expect(visitor.heading(words.unlocked)).toBeVisible({ timeout: 30_000 })
    await picture(agent.page, 'helped, as the agent sees it')
  })
}
