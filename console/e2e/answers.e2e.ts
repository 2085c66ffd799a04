import { enterCode, sendLink } from './support/case.ts'
import { expect, test } from './support/test.ts'

test('wrong answers give no hint; a code to another contact is asked, and a person decides', async ({
  entered,
  inbox,
  person,
}) => {
  const { agent, visitor } = entered
  // Two wrong answers ask for more evidence; more of them would leave the case to a supervisor at once.
  await visitor.answerAll(person, 2)
  await expect(agent.verdict()).toContainText(agent.copy.recommendations.hold)
  await expect(agent.button(agent.copy.verbs.approve)).toHaveAttribute('aria-disabled', 'true')
  await visitor.kindIs('second_code')
  await visitor.heading('Type the code we sent you').waitFor()
  await visitor.typeCode(await inbox.code(person.addresses))
  await expect(visitor.page.getByText(visitor.words.waiting)).toBeVisible()
  await agent.confirm('refuse', 'Could not answer.')
  await expect(agent.verdict()).toContainText(agent.copy.outcomes.failed)
  await visitor.page.reload()
  await expect(visitor.heading('We could not confirm this')).toBeVisible()
})

test('in an organisation with the usual policy a driven browser is recognised, whatever it answers', async ({
  staff,
  participant: enter,
  people,
  inbox,
  ticket,
}) => {
  const person = await (await people('northwind')).take()
  const agent = await staff({ organisation: 'northwind' })
  const { visitor } = await enterCode(await sendLink(agent, inbox, person, ticket), await enter())
  await visitor.kindIs('waiting', 'ended', 'question', 'second_code')
  await visitor.answerAll(person)
  await expect(agent.verdict()).toContainText(agent.copy.recommendations.hold)
  await expect(agent.button(agent.copy.verbs.approve)).toHaveAttribute('aria-disabled', 'true')

  const boss = await staff({ organisation: 'northwind', role: 'supervisor' })
  await boss.page.goto(`/verifications?q=${ticket}`)
  await boss.page.locator('table.rows tbody tr').getByRole('link').click()
  const checks = boss.panel().getByRole('region', { name: boss.copy.panel.checks })
  await expect(checks).toContainText('END_WEBDRIVER')
})
