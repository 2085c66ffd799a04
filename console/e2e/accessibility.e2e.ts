import { screens } from '../screens.ts'
import { expectAccessible, faultsOf } from './support/axe.ts'
import type { Participant } from './support/portal.ts'
import { sendLink, wrongCode } from './support/case.ts'
import { stack } from './support/stack.ts'
import { expect, test } from './support/test.ts'

test('a planted fault is found: the judge of these journeys is awake', async ({ participant: enter }) => {
  const { page } = await enter()
  await page.goto(`${stack.portal}/v`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.evaluate(() => {
    const field = document.createElement('input')
    const words = document.createElement('p')
    words.append('hard to read')
    words.style.color = '#999'
    words.style.backgroundColor = '#aaa'
    document.querySelector('main')?.append(field, words)
  })
  const faults = (await faultsOf(page)).join('\n')
  expect(faults).toContain('label at')
  expect(faults).toContain('color-contrast at')
})

test('every page of the console is accessible @phone', async ({ staff, context_, inbox, person, ticket }) => {
  const signedOut = await (await context_({}, [stack.console])).newPage()
  await signedOut.goto(`${stack.console}/verifications`)
  await signedOut.locator('a[href^="/auth/sign-in"]').waitFor()
  await expectAccessible(signedOut, 'sign-in')

  const agent = await staff({ role: 'supervisor' })
  const { page, copy } = agent
  await page.goto('/people')
  await page.getByRole('searchbox', { name: copy.people.search }).fill(person.login)
  await expect(page.locator('[data-person]')).toHaveCount(1)
  await expectAccessible(page, 'people')
  await page.locator('[data-person]').click()
  await page.locator('figure').waitFor()
  await expectAccessible(page, 'person and sending')
  await sendLink(agent, inbox, person, ticket)
  await expectAccessible(page, 'person with a running verification')
  await agent.button(copy.verbs.cancel).click()
  await page.getByRole('dialog').waitFor()
  await expectAccessible(page, 'dialog')
  await page.keyboard.press('Escape')
  await agent.confirm('cancel', 'Looked at.')
  await expect(agent.verdict()).toContainText(copy.outcomes.cancelled)

  await page.goto('/verifications?outcome=passed')
  await page.locator('table.rows tbody tr').first().waitFor()
  await expectAccessible(page, 'verifications')
  await page.locator('table.rows tbody tr').first().getByRole('link').click()
  await agent.panel().waitFor()
  await expectAccessible(page, 'verification')
  await page.goto('/dashboard')
  await page.locator('.figures').waitFor()
  await expectAccessible(page, 'dashboard')
})

test('every screen of the rail is accessible @phone', async ({ staff }) => {
  const { page } = await staff({ role: 'admin' })
  for (const { path, link } of screens.filter(
    ({ link }) => link !== undefined && link.needs !== 'verifications.decide',
  )) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.evaluate(() => document.fonts.ready)
    await expectAccessible(page, link?.name ?? path)
  }
})

test('what only admins see is accessible @phone', async ({ staff }) => {
  const { page, copy } = await staff({ role: 'admin' })
  await page.goto('/sources')
  await page.getByRole('region', { name: copy.sources.thin.title }).waitFor()
  await page.getByText(copy.sources.upload.columns).click()
  await expectAccessible(page, 'sources')
  // A file that is no file of facts: its report, without anything changed.
  await page.getByLabel(copy.sources.upload.drop).setInputFiles({
    name: 'tickets.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('person,ticket_id,category,opened\nnobody,T1,,yesterday'),
  })
  await page.getByText(copy.sources.import.codes.not_a_moment).waitFor()
  await expectAccessible(page, 'a refused import')
  await page.goto('/reports/calibration')
  await page.getByRole('table').first().waitFor()
  await expectAccessible(page, 'calibration')
})

/** Holds back the answer to the checks until they have been looked at: they take a blink. */
const lookAtChecking = async ({ page, typeCode }: Participant, code: string): Promise<void> => {
  let goOn = (): void => undefined
  const isSeen = new Promise<void>((resolve) => (goOn = resolve))
  await page.route('**/api/portal/checks', async (route) => {
    await isSeen
    await route.continue()
  })
  await typeCode(code)
  await page.getByRole('heading', { name: 'Checking this device' }).waitFor()
  await expectAccessible(page, 'checking')
  goOn()
}

/** Looks at every question and then answers it. */
const lookAtQuestions = async (visitor: Participant, known: Parameters<Participant['answer']>[0]) => {
  let forms = ''
  for (;;) {
    const { kind } = await visitor.kindIs('question', 'waiting')
    if (kind === 'waiting') return forms
    const { ask } = await visitor.question()
    if (!forms.includes(ask.form)) await expectAccessible(visitor.page, `question, ${ask.form}`)
    forms += ` ${ask.form}`
    await visitor.answer(known)
  }
}

test('every step of the portal is accessible', async ({
  sent,
  participant: enter,
  inbox,
  person,
  ticket,
}) => {
  const { agent, link, code } = sent
  const visitor = await enter()
  const { page, words } = visitor
  await visitor.open(link)
  await expectAccessible(page, 'who asks')
  await visitor.button(words.no).click()
  await expectAccessible(page, 'no')
  await visitor.confirmNo('wrong')
  await expectAccessible(page, 'no, with an error')
  await visitor.button('Back').click()
  await visitor.typeCode(wrongCode(code))
  await page.getByRole('alert').waitFor()
  await expectAccessible(page, 'match code, with an error')
  await lookAtChecking(visitor, code)
  expect(await lookAtQuestions(visitor, person)).toContain('choice')
  await page.getByText(words.waiting).waitFor()
  await expectAccessible(page, 'waiting')
  await agent.confirm('approve', 'Known by voice.')
  await visitor.kindIs('new_password')
  await page.locator('#password').fill('password1')
  await expectAccessible(page, 'new password')
  await visitor.setPassword(`${ticket} quiet harbour lantern`)
  await expect(visitor.heading(words.changed)).toBeVisible({ timeout: 30_000 })
  await visitor.button(words.easy).click()
  await page.locator('#comment').waitFor()
  await expectAccessible(page, 'end, with feedback')

  await page.goto(await inbox.notice(person.addresses))
  await visitor.heading('Was this not you?').waitFor()
  await expectAccessible(page, 'this was not me')
  const other = await enter()
  await other.page.goto(link)
  await other.heading('This link cannot be used').waitFor()
  await expectAccessible(other.page, 'a dead link')
})
