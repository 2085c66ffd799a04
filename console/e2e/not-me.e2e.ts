import { phonesOf } from './support/people.ts'
import { expect, test } from './support/test.ts'

test('"No, this is not me" asks once more, and stops everything after the two digits @phone', async ({
  sent,
  staff,
  participant: enter,
  ticket,
}) => {
  const { agent, link, code } = sent
  const visitor = await enter()
  await visitor.open(link)
  await visitor.button(visitor.words.no).click()
  await visitor.confirmNo('wrong')
  await expect(visitor.page.getByRole('alert')).toHaveText('Please type the two digits shown above.')
  // Nothing has happened yet: the way back leads to the question.
  await visitor.button('Back').click()
  await expect(visitor.heading(visitor.words.whoAsks)).toBeVisible()
  await visitor.button(visitor.words.no).click()
  await visitor.confirmNo()
  await expect(visitor.heading('Stopped. Thank you for telling us')).toBeVisible()

  const other = await enter()
  await other.page.goto(link)
  await expect(other.heading('This link cannot be used')).toBeVisible()
  // B9: an agent sees a failed verification, a supervisor what was said.
  await expect(agent.verdict()).toContainText(agent.copy.outcomes.failed)
  expect(code).toMatch(/^\d{6}$/)
  const boss = await staff({ role: 'supervisor' })
  await boss.page.goto(`/verifications?q=${ticket}`)
  await expect(boss.page.locator('table.rows tbody tr')).toContainText(boss.copy.outcomes.reported)
})

test('B12: "this was not me" from a notice stops what is open, once', async ({
  staff,
  participant: enter,
  inbox,
  person,
  ticket,
}) => {
  const agent = await staff()
  // The link goes to the phone, the notice to the other contacts.
  await agent.find(person.login)
  await agent.send({ channel: 'sms', ticket })
  const link = await inbox.link(phonesOf(person))
  const notice = await inbox.notice([person.workEmail])
  const visitor = await enter()
  await visitor.page.goto(notice)
  await expect(visitor.heading('Was this not you?')).toBeVisible()
  expect(new URL(visitor.page.url()).hash).toBe('')
  await visitor.confirmNo()
  await expect(visitor.heading('Stopped. Thank you for telling us')).toBeVisible()
  await expect(agent.verdict()).toContainText(agent.copy.outcomes.failed)
  await visitor.page.goto('about:blank')
  await visitor.page.goto(link)
  await expect(visitor.heading('This link cannot be used')).toBeVisible()
  await visitor.page.goto('about:blank')
  await visitor.page.goto(notice)
  await expect(visitor.heading('This link was used already, or it is too old')).toBeVisible()
})

test('"This was not me" within the portal stops a verification that is being answered', async ({
  entered,
}) => {
  const { agent, visitor } = entered
  await visitor.kindIs('question')
  await visitor.button(visitor.words.notMe).click()
  await visitor.confirmNo()
  await expect(visitor.heading('Stopped. Thank you for telling us')).toBeVisible()
  await expect(agent.verdict()).toContainText(agent.copy.outcomes.failed)
})
