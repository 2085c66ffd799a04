import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { enterCode, sendLink } from './support/case.ts'
import { changeRows } from './support/database.ts'
import { pointer, type Hands } from './support/hands.ts'
import type { Taken } from './support/people.ts'
import { createParticipant, type Participant } from './support/portal.ts'
import { stack } from './support/stack.ts'
import { expect, test } from './support/test.ts'

/*
 * A privileged account needs two kinds of proof for a new password, and its person has an authenticator at the demo's push
 * server. They are asked to approve a push once they say that they cannot get the second code.
 */
const picture = async (page: Page, name: string): Promise<void> => {
  await expectAccessible(page, name)
  const path = test.info().outputPath(`${name}.png`)
  await page.screenshot({ path, fullPage: true })
  await test.info().attach(name, { path, contentType: 'image/png' })
}

/** The rhythm of typing is no matter here, and the policy of `lab` only records it. */
const swift: Hands = { ...pointer, type: (field, text) => field.fill(text) }

/** From the questions to a push on its way; gives the number that the page shows. */
const haveSent = async (
  visitor: Participant,
  person: Taken,
  words: { readonly noCode: string; readonly send: string },
): Promise<string> => {
  // A person gets three pushes within an hour; those of earlier runs lie further back.
  await changeRows(`update pushes set asked_at = asked_at - interval '2 hours' where person_id = $1`, [
    person.id,
  ])
  await visitor.answerAll(person)
  await visitor.kindIs('second_code')
  await visitor.button(words.noCode).click()
  await visitor.kindIs('push')
  await visitor.button(words.send).click()
  const shown = visitor.page.locator('.code-shown')
  await expect(shown).toHaveText(/^\d\d$/)
  return (await shown.textContent()) ?? ''
}

/** The push that waits on this person's phone. */
const pushOn = (phone: Page, { login }: Taken) => phone.getByRole('article').filter({ hasText: `(${login})` })

test('a push that its owner approves on their phone is the second kind of proof', async ({
  staff,
  context_,
  people,
  inbox,
  ticket,
}) => {
  const agent = await staff()
  const person = await (await people('lab')).take(undefined, 'privileged')
  const sent = await sendLink(agent, inbox, person, ticket)
  const phrase = (await agent.phrase()).replace(' · ', ' ')
  const context = await context_({ locale: 'en-GB' }, [stack.portal])
  const visitor = createParticipant(await context.newPage(), swift, 'en')
  await enterCode(sent, visitor)
  const number = await haveSent(visitor, person, {
    noCode: 'I cannot get messages there',
    send: 'Send me the push',
  })
  await picture(visitor.page, 'the push is on its way')
  await expect(agent.verdict()).toContainText(agent.copy.sentence({ key: 'instruction.push', slots: {} }))

  const phone = await (await context_({ locale: 'en-GB' }, [stack.phones])).newPage()
  await phone.goto(stack.phones)
  const push = pushOn(phone, person)
  await expect(push).toContainText('Countersign Lab: ')
  await expect(push).toContainText(phrase)
  await picture(phone, 'the phone')
  // Another number than that of the page approves nothing.
  await push
    .getByRole('button', { name: /^\d\d$/ })
    .filter({ hasNotText: number })
    .first()
    .click()
  await expect(phone.getByRole('alert')).toContainText('That is not the number')
  await push.getByRole('button', { name: number, exact: true }).click()
  await expect(phone.getByRole('status')).toContainText('You approved the push.')

  await visitor.kindIs('waiting')
  await expect(agent.panel().locator('.steps')).toContainText(agent.copy.live.push)
  await expect(agent.verdict()).toContainText(
    agent.copy.sentence({ key: 'instruction.second_approval', slots: {} }),
  )
  // Few people of the organisation are privileged: this one is free for another run.
  await agent.confirm('cancel', 'Only a journey.')
})

test('a push that is denied on the phone hands the case to a supervisor, and raises an alarm', async ({
  staff,
  context_,
  people,
  inbox,
  ticket,
}) => {
  const agent = await staff()
  const { copy } = agent
  const person = await (await people('lab')).take(undefined, 'privileged')
  const sent = await sendLink(agent, inbox, person, ticket)
  const onPhone = { locale: 'de-DE', viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const
  const page = await (await context_(onPhone, [stack.portal])).newPage()
  const visitor = createParticipant(page, swift, 'de')
  await enterCode(sent, visitor)
  await haveSent(visitor, person, {
    noCode: 'Dort kann ich keine Nachrichten empfangen',
    send: 'Push schicken',
  })

  const phone = await (await context_(onPhone, [stack.phones])).newPage()
  await phone.goto(stack.phones)
  await picture(phone, 'the phone')
  await pushOn(phone, person).getByRole('button', { name: 'Ablehnen', exact: true }).click()
  await expect(phone.getByRole('status')).toContainText('Sie haben den Push abgelehnt.')

  await visitor.kindIs('waiting')
  await expect(agent.verdict()).toContainText(copy.sentence({ key: 'instruction.supervisor', slots: {} }))
  await expect(agent.button(copy.verbs.approve)).toHaveAttribute('aria-disabled', 'true')
  expect(await inbox.holding('Somebody denied a push')).toContain(copy.checkName('POS_PUSH'))
  await agent.confirm('cancel', 'Only a journey.')
})
