import { pointer } from './support/hands.ts'
import { createParticipant } from './support/portal.ts'
import { startRelay } from './support/relay.ts'
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
    await visitor.sayYes()
    await visitor.typeCode(code)
    await expect(visitor.heading('This link cannot be used')).toBeVisible()
    expect(relay.cookies.has(sessionCookie)).toBe(false)
    const told = `The page was opened through another address: ${relay.origin}`
    await expect(agent.panel().getByRole('alert')).toContainText(told)
  } finally {
    await relay.stop()
  }
})
