import { pointer } from './support/hands.ts'
import { createParticipant } from './support/portal.ts'
import { startRelay } from './support/relay.ts'
import { stack } from './support/stack.ts'
import { expect, test } from './support/test.ts'

const sessionCookie = '__Host-countersign-portal'

test('F15: a page that is relayed from another address ends at the code, and the agent reads why', async ({
  sent,
  context_,
}) => {
  const { agent, link, code } = sent
  const relay = await startRelay()
  try {
    const page = await (await context_({ locale: 'en-GB' }, [relay.origin])).newPage()
    const visitor = createParticipant(page, pointer, 'en')
    await visitor.open(relay.baitOf(link))
    await visitor.typeCode(code)
    await expect(visitor.heading('This link cannot be used')).toBeVisible()
    expect(relay.cookies.has(sessionCookie)).toBe(false)
    const told = `The page was opened through another address: ${relay.origin}`
    await expect(agent.panel().getByRole('alert')).toContainText(told)
  } finally {
    await relay.stop()
  }
})

test('F15: a reload finds the key again; a browser that was given the cookie ends the session with its first act', async ({
  entered,
  context_,
  person,
}) => {
  const { agent, visitor } = entered
  await visitor.kindIs('question')
  await visitor.page.reload()
  await visitor.answer(person)
  await visitor.kindIs('question')

  const storageState = await visitor.page.context().storageState()
  const stolen = await (await context_({ locale: 'en-GB', storageState }, [stack.portal])).newPage()
  const thief = createParticipant(stolen, pointer, 'en')
  await stolen.goto(`${stack.portal}/v`)
  const { number = 0 } = await thief.kindIs('question')
  expect(number).toBeGreaterThan(1)
  await thief.answer(person)
  const over = 'This page cannot be used any more'
  await expect(thief.heading(over)).toBeVisible()
  await expect(agent.panel().getByRole('alert')).toContainText(
    'did not come from the browser that typed the code',
  )
  await visitor.page.reload()
  await expect(visitor.heading(over)).toBeVisible()
})
