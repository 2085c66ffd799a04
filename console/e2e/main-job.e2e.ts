import { takesPassword } from '#dev/smoke/participant.ts'
import { demoPassword } from '#dev/seeds/demo.ts'
import type { Agent } from './support/agent.ts'
import { mailboxOf, phonesOf, type Taken } from './support/people.ts'
import type { Participant } from './support/portal.ts'
import { stack } from './support/stack.ts'
import { expect, test, type Ways } from './support/test.ts'

type Job = {
  readonly agent: Agent
  readonly participant: Participant
  readonly person: Taken
  readonly link: () => Promise<string>
  readonly channel: 'sms' | 'email'
  readonly ticket: string
  readonly password: string
}

/** From the search to the answered questions. */
const verify = async ({ agent, participant, person, link, channel, ticket }: Job): Promise<void> => {
  await agent.find(person.login)
  await agent.send({ channel, ticket })
  await participant.open(await link())
  await expect(participant.page.locator('.phrase')).toHaveText(await agent.phrase())
  await participant.typeCode(await agent.matchCode())
  expect(await participant.answerAll(person)).toBeGreaterThanOrEqual(3)
  await expect(participant.page.getByText(participant.words.waiting)).toBeVisible()
}

/** From the decision to the changed directory. */
const reset = async ({ agent, participant, person, password }: Job): Promise<void> => {
  await agent.confirm('approve', 'Known by voice.')
  expect(await takesPassword(stack.employee, person.login, password)).toBe(false)
  await participant.setPassword(password)
  await expect(participant.heading(participant.words.changed)).toBeVisible({ timeout: 30_000 })
  expect(await takesPassword(stack.employee, person.login, demoPassword)).toBe(false)
  expect(await takesPassword(stack.employee, person.login, password)).toBe(true)
  await participant.button(participant.words.easy).click()
  await expect(agent.verdict()).toContainText(agent.copy.actions.password_reset.completed)
}

/** On paper, which is narrower than the window, the report stays. */
const isPrinted = async ({ page, copy, button, verdict }: Agent): Promise<void> => {
  const screen = page.viewportSize()
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 688, height: 1017 })
  await expect(button(copy.panel.print)).toBeHidden()
  await expect(verdict()).toBeVisible()
  await page.emulateMedia({ media: 'screen' })
  if (screen !== null) await page.setViewportSize(screen)
}

/** The row in the table, with its report beside or behind it. */
const findRow = async (agent: Agent, { person, ticket }: Job): Promise<void> => {
  const { page, copy } = agent
  await page.goto(`/verifications?q=${ticket}`)
  const row = page.locator('table.rows tbody tr')
  await expect(row).toHaveCount(1)
  await expect(row).toContainText(person.name)
  await expect(row).toContainText(copy.outcomes.passed)
  await row.getByRole('link').click()
  await expect(agent.verdict()).toContainText(copy.actions.password_reset.completed)
  await expect(agent.panel().getByRole('region', { name: copy.panel.timeline })).toContainText(
    copy.actions.password_reset.completed,
  )
  await isPrinted(agent)
}

/** Verifications that were started in the days that the dashboard shows. */
const startedOnDashboard = async (boss: Agent): Promise<number> => {
  await boss.page.goto('/dashboard?days=7')
  const figure = boss.page.locator('.figures a').first()
  await expect(figure).toContainText(boss.copy.dashboard.figures.started)
  return Number(((await figure.locator('strong').textContent()) ?? '').replace(/\D/g, ''))
}

const ways: readonly (Ways & { title: string; channel: 'sms' | 'email' })[] = [
  { title: 'by click @phone', channel: 'sms', hands: 'pointer', language: 'en' },
  { title: 'by keyboard alone', channel: 'email', hands: 'keyboard', language: 'en' },
  { title: 'in German @phone-only', channel: 'email', hands: 'pointer', language: 'de' },
]

test.describe('the main job', () => {
  for (const { title, channel, ...way } of ways)
    test(`send, code, checks, questions, decision, new password: ${title}`, async ({
      staff,
      participant: enter,
      person,
      inbox,
      ticket,
    }) => {
      const boss = await staff({ ...way, role: 'supervisor', hands: 'pointer' })
      const before = await startedOnDashboard(boss)
      const job: Job = {
        agent: await staff(way),
        participant: await enter(way),
        person,
        link: () => inbox.link(channel === 'sms' ? phonesOf(person) : mailboxOf(person)),
        channel,
        ticket,
        password: `${ticket} quiet harbour lantern`,
      }
      await verify(job)
      await reset(job)
      await findRow(job.agent, job)
      await expect.poll(() => startedOnDashboard(boss)).toBeGreaterThan(before)
    })
})
