import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { enterCode } from './support/case.ts'
import { changeRows } from './support/database.ts'
import { pointer } from './support/hands.ts'
import { mailboxOf } from './support/people.ts'
import { createParticipant } from './support/portal.ts'
import { stack } from './support/stack.ts'
import { expect, test } from './support/test.ts'

/*
 * A case from a country in which the person was never seen needs two kinds of evidence. The policy of `lab` takes a code of a
 * printed sheet where access changes.
 */
/** Their notices are in English. */
const homes: readonly string[] = ['GB']
const abroad = { 'x-forwarded-for': `73.1.${String(Math.floor(Math.random() * 200))}.27` }

const picture = async (page: Page, name: string): Promise<void> => {
  await expectAccessible(page, name)
  const path = test.info().outputPath(`${name}.png`)
  await page.screenshot({ path, fullPage: true })
  await test.info().attach(name, { path, contentType: 'image/png' })
}

test('a sheet of recovery codes is printed at the end of a case, and proves who somebody is once each, on a phone and in German', async ({
  staff,
  context_,
  people,
  inbox,
  ticket,
}) => {
  test.slow()
  const agent = await staff()
  const { copy } = agent
  const person = await (await people('lab')).take(homes)
  const begin = async (number: number) => {
    await agent.find(person.login)
    await agent.send({ channel: 'email', ticket: `${ticket}-${String(number)}`, purpose: 'access_change' })
    return { agent, link: await inbox.link(mailboxOf(person)), code: await agent.matchCode() }
  }

  // Two kinds carry the first case: the link, and a code to the phone.
  const desktop = await context_({ locale: 'en-GB', extraHTTPHeaders: abroad }, [stack.portal])
  const first = createParticipant(await desktop.newPage(), pointer, 'en')
  await enterCode(await begin(1), first)
  await first.answerAll(person)
  await first.kindIs('second_code')
  await first.typeCode(await inbox.code(person.addresses))
  await first.kindIs('waiting')
  await agent.confirm('approve', 'Known by voice.')
  await expect(first.heading('Thank you. The help desk can go on')).toBeVisible()
  await picture(first.page, 'a sheet is offered')
  await first.button('Show the codes').click()
  const shown = first.page.locator('.sheet code')
  await expect(shown).toHaveCount(10)
  const codes = await shown.allTextContents()
  await picture(first.page, 'the codes')
  await first.page.emulateMedia({ media: 'print' })
  await expect(first.page.locator('.sheet')).toBeVisible()
  await expect(first.page.locator('.screen-only')).toBeHidden()
  await expect(first.page.locator('h1')).toBeHidden()
  await picture(first.page, 'the codes on paper')
  await first.page.emulateMedia({ media: null })
  await first.button('I have them on paper').click()
  await expect(first.page.getByRole('heading', { name: 'Your recovery sheet is made' })).toBeVisible()
  await picture(first.page, 'the sheet is made')
  expect(await inbox.holding('recovery codes')).toContain('/not-me#')

  await agent.find(person.login)
  const card = agent.page.getByRole('article', { name: person.name })
  await expect(card).toContainText(copy.security.sheetStates.resting)
  await expect(card).toContainText(copy.security.codesLeft(10))
  await picture(agent.page, 'the card while the sheet rests')

  // A day passes by the database's clock, the person gets more rights, and the phone is lost.
  await changeRows(
    `update recovery_sheets set made_at = made_at - interval '25 hours', activated_at = activated_at - interval '25 hours'
     where person_id = $1 and voided_at is null`,
    [person.id],
  )
  await changeRows(`delete from contacts where person_id = $1 and (kind = 'phone' or label = 'work')`, [
    person.id,
  ])
  await changeRows(`update people set tier = 'privileged' where id = $1`, [person.id])
  const phone = await context_(
    { locale: 'de-DE', extraHTTPHeaders: abroad, viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
    [stack.portal],
  )
  const second = createParticipant(await phone.newPage(), pointer, 'de')
  await enterCode(await begin(2), second)
  await second.answerAll(person)
  await second.kindIs('provider_sign_in')
  await second.button('Ich kann mich jetzt nicht anmelden').click()
  await second.kindIs('recovery_sheet')
  await expect(agent.verdict()).toContainText(copy.sentence({ key: 'instruction.recovery_sheet', slots: {} }))
  await picture(second.page, 'a code is asked for')
  const field = second.page.getByLabel('Notfallcode')
  await field.fill('34679-CDFGH-JKLMD')
  await second.button('Diesen Code benutzen').click()
  await expect(second.page.getByRole('alert')).toContainText('Tippfehler')
  await picture(second.page, 'a typing error')
  await field.fill((codes[4] ?? '').toLowerCase().replaceAll('-', ' '))
  await second.button('Diesen Code benutzen').click()
  await second.kindIs('waiting')
  await expect(agent.panel().locator('.steps')).toContainText(copy.live.recoverySheet)
  await picture(agent.page, 'agent sees the sheet')
  // Nothing is missing but the second person whom the rule wants.
  await expect(agent.verdict()).toContainText(
    copy.sentence({ key: 'instruction.second_approval', slots: {} }),
  )

  await agent.page.reload()
  await expect(card).toContainText(copy.security.sheetStates.usable)
  await expect(card).toContainText(copy.security.codesLeft(9))
  await card.getByRole('button', { name: copy.security.voidSheet }).click()
  const dialog = agent.page.getByRole('dialog', { name: copy.security.voidSheetTitle })
  await picture(agent.page, 'the sheet is voided')
  await dialog.getByRole('textbox', { name: copy.confirm.reason }).fill('They lost it.')
  await dialog.getByRole('button', { name: copy.security.voidSheet }).click()
  await expect(card).not.toContainText(copy.security.sheet)
  await changeRows(`update people set tier = 'standard' where id = $1`, [person.id])
})
