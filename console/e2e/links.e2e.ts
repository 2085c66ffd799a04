import { mailboxOf } from './support/people.ts'
import { wrongCode } from './support/case.ts'
import { scan } from './support/scanner.ts'
import { stack } from './support/stack.ts'
import { expect, test } from './support/test.ts'

const deadLink = 'This link cannot be used'
const noSession = 'Open the link in your message again'

test('C6, C8: scanners that press every button consume nothing, and the participant succeeds first time', async ({
  sent,
  participant: enter,
  context_,
  person,
}) => {
  const { agent, link, code } = sent
  const scanner = await (await context_({}, [stack.portal])).newPage()
  const seen: string[] = []
  for (let visit = 0; visit < 3; visit += 1) seen.push(...(await scan(scanner, link)))
  // It went as far as buttons lead: to the page of the "No".
  expect(new Set(seen)).toEqual(new Set(['Did you contact the help desk?', 'Stop this?']))
  await expect(agent.page.getByText(agent.copy.live.triesLeft(5))).toBeVisible()
  const visitor = await enter()
  await visitor.open(link)
  await visitor.typeCode(code)
  await visitor.kindIs('question')
  await visitor.answerAll(person)
  await expect(visitor.page.getByText(visitor.words.waiting)).toBeVisible()
})

test('five wrong codes end the link, and a resend opens the way again', async ({
  sent,
  participant: enter,
  inbox,
  person,
}) => {
  const { agent, link, code } = sent
  const visitor = await enter()
  await visitor.open(link)
  await visitor.typeCode('12')
  await expect(visitor.page.getByRole('alert')).toHaveText('Please type all six digits.')
  for (const left of ['4 tries are left', '3 tries are left', '2 tries are left', 'One try is left']) {
    await visitor.typeCode(wrongCode(code))
    await expect(visitor.page.getByRole('alert')).toContainText(left)
  }
  await visitor.typeCode(wrongCode(code))
  await expect(visitor.heading('The code was wrong too often')).toBeVisible()

  await agent.confirm('resend', null)
  const fresh = await inbox.link(mailboxOf(person), link)
  // In the same tab, where only the part after the # differs.
  await expect(agent.digits()).not.toHaveText(new RegExp(`${code.slice(0, 3)}\\s*${code.slice(3)}`))
  await visitor.open(fresh)
  await visitor.typeCode(await agent.matchCode())
  await visitor.kindIs('question')
})

test('C11: a resend kills the old link at once', async ({ sent, participant: enter, inbox, person }) => {
  const { agent, link } = sent
  await agent.confirm('resend', null)
  const fresh = await inbox.link(mailboxOf(person), link)
  const early = await enter()
  await early.page.goto(link)
  await expect(early.heading(deadLink)).toBeVisible()
  const visitor = await enter()
  await visitor.open(fresh)
})

test('a reload resumes at the same question, and another browser gets a neutral page', async ({
  entered,
  participant: enter,
  person,
}) => {
  const { visitor, link } = entered
  await visitor.answer(person)
  const { position } = await visitor.question()
  await visitor.page.reload()
  expect((await visitor.question()).position).toBe(position)
  // The link once more, from the same message: the session brings the participant back to their step.
  await visitor.page.goto('about:blank')
  await visitor.page.goto(link)
  expect((await visitor.question()).position).toBe(position)

  const other = await enter()
  await other.page.goto(`${stack.portal}/v`)
  await expect(other.heading(noSession)).toBeVisible()
  await other.page.goto('about:blank')
  await other.page.goto(link)
  await expect(other.heading(deadLink)).toBeVisible()
  await expect(other.page.getByText(person.name)).toHaveCount(0)
  await visitor.answerAll(person)
  await expect(visitor.page.getByText(visitor.words.waiting)).toBeVisible()
})

test('a cancelled verification ends on the page that is open, and the link is dead', async ({
  entered,
  participant: enter,
}) => {
  const { agent, visitor, link } = entered
  await visitor.kindIs('question')
  await agent.confirm('cancel', 'The caller hung up.')
  await expect(agent.verdict()).toContainText(agent.copy.outcomes.cancelled)
  await visitor.page.reload()
  await expect(visitor.heading('The help desk ended this')).toBeVisible()
  const other = await enter()
  await other.page.goto(link)
  await expect(other.heading(deadLink)).toBeVisible()
})
