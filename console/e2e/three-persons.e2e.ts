import type { Locator } from '@playwright/test'
import type { Inbox } from '#dev/smoke/inbox.ts'
import type { Agent } from './support/agent.ts'
import { enterCode, sendLink } from './support/case.ts'
import { pointer } from './support/hands.ts'
import type { Taken } from './support/people.ts'
import { createParticipant, type Participant } from './support/portal.ts'
import { stack } from './support/stack.ts'
import { expect, test } from './support/test.ts'

/*
 * Three persons as a help desk meets them: one at the laptop that is known, one with a device never seen, and a program that
 * calls from a data centre. The stack of journeys believes the address that loopback names. The first two are driven where
 * driven browsers may pass (lab); the program meets the usual policy.
 */

/** Another address of a network at each run: places are counted. */
const within = (network: string): string =>
  `${network}.${String(Math.floor(Math.random() * 120))}.${String(1 + Math.floor(Math.random() * 250))}`
/** Providers of households by country, and a data centre. */
const households: Readonly<Record<string, string>> = { US: '73.0', GB: '86.128', DE: '87.128' }
const homeOf = ({ country }: Taken): string => within(households[country ?? ''] ?? '')
const dataCentre = () => within('88.99')

const visitorFrom = (address: string, more: object = {}) => ({
  locale: 'en-GB',
  extraHTTPHeaders: { 'x-forwarded-for': address },
  ...more,
})

/** Answers as the person would, and types the second code where one is asked for. */
const goThrough = async (visitor: Participant, person: Taken, inbox: Inbox) => {
  await visitor.answerAll(person)
  const { kind } = await visitor.weighed()
  if (kind === 'second_code') await visitor.typeCode(await inbox.code(person.addresses))
  await visitor.kindIs('waiting')
}

/** Reads a case as a supervisor. */
const judged = async (boss: Agent, ticket: string) => {
  await boss.page.goto(`/verifications?q=${ticket}`)
  await boss.page.locator('table.rows tbody tr').getByRole('link').first().click()
  const why = boss.panel().getByRole('region', { name: boss.copy.panel.why })
  await expect(why).toBeVisible()
  const shown = (await boss.verdict().locator('.band .number').textContent()) ?? ''
  const [, decisive = ''] = /left out: ([\d.]+)\.$/m.exec(await why.innerText()) ?? []
  return {
    risk: Number.parseFloat(shown),
    // Right answers bring both of the first two close to nothing.
    decisiveRisk: Number.parseFloat(decisive),
    why,
    verdict: boss.verdict(),
    panel: boss.panel(),
  }
}

const pictured = async (panel: Locator, name: string) => {
  const path = test.info().outputPath(`${name}.png`)
  await panel.screenshot({ path })
  await test.info().attach(name, { path, contentType: 'image/png' })
}

test('a known laptop, a new device and a program in a data centre end apart, each with its reasons', async ({
  staff,
  context_,
  people,
  inbox,
  ticket,
}) => {
  test.slow()
  const agent = await staff()
  const boss = await staff({ role: 'supervisor' })
  const known = await (await people('lab')).take(Object.keys(households))
  const laptop = await context_(visitorFrom(homeOf(known)), [stack.portal])
  const visit = async (reference: string) => {
    const visitor = createParticipant(await laptop.newPage(), pointer, 'en')
    await enterCode(await sendLink(agent, inbox, known, reference), visitor)
    await goThrough(visitor, known, inbox)
    return visitor
  }
  const first = await visit(`${ticket}-1`)
  await agent.confirm('approve', 'Voice and ticket fit.')
  await first.setPassword('an entirely new passphrase 42')
  await expect(agent.verdict()).toContainText(agent.copy.actions.password_reset.completed)
  await first.page.close()
  await visit(`${ticket}-2`)
  const atLaptop = await judged(boss, `${ticket}-2`)
  await expect(atLaptop.why).toContainText('was verified with this device before')
  await pictured(atLaptop.panel, 'known laptop')

  const other = await (await people('lab')).take(Object.keys(households))
  const phone = await context_(
    visitorFrom(homeOf(other), { viewport: { width: 390, height: 844 }, hasTouch: true }),
    [stack.portal],
  )
  const newcomer = createParticipant(await phone.newPage(), pointer, 'en')
  await enterCode(await sendLink(agent, inbox, other, `${ticket}-3`), newcomer)
  await goThrough(newcomer, other, inbox)
  const onPhone = await judged(boss, `${ticket}-3`)
  await pictured(onPhone.panel, 'new device')

  const target = await (await people('northwind')).take()
  const desk = await staff({ organisation: 'northwind' })
  const lead = await staff({ organisation: 'northwind', role: 'supervisor' })
  const robot = createParticipant(
    await (await context_(visitorFrom(dataCentre()), [stack.portal])).newPage(),
    { ...pointer, type: (field, text) => field.fill(text) },
    'en',
  )
  await enterCode(await sendLink(desk, inbox, target, `${ticket}-4`), robot)
  await robot.kindIs('ended', 'waiting')
  const byRobot = await judged(lead, `${ticket}-4`)
  await pictured(byRobot.panel, 'program')
  await pictured(desk.panel(), 'program, as the agent sees it')

  expect(atLaptop.risk).toBeLessThanOrEqual(onPhone.risk)
  expect(atLaptop.decisiveRisk).toBeLessThan(onPhone.decisiveRisk)
  expect(onPhone.risk).toBeLessThan(byRobot.risk)
  expect(byRobot.risk).toBeGreaterThanOrEqual(7.5)
  await expect(byRobot.why).toContainText('data centre')
})
