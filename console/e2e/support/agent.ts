/** A member of staff at the console: finds people, sends links, decides. */
import { expect, type Page } from '@playwright/test'
import type { Purpose } from '#domain/verification/verification.ts'
import { de } from '../../copy/de/index.ts'
import { en } from '../../copy/en/index.ts'
import type { Hands } from './hands.ts'
import type { Language } from './words.ts'

const copies = { en, de } as const

/** The options for sending a link. */
export type Sending = {
  readonly channel: 'sms' | 'email'
  readonly ticket: string
  /** A new password where nothing is said. */
  readonly purpose?: Purpose
}

/** Operates a signed-in console page. */
export const createAgent = (page: Page, hands: Hands, language: Language) => {
  const copy = copies[language]
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  /** Opens the person's page by searching for the login. */
  const find = async (login: string): Promise<void> => {
    await page.goto('/people')
    await hands.type(page.getByRole('searchbox', { name: copy.people.search }), login)
    const hit = page.locator('[data-person]')
    await expect(hit).toHaveCount(1)
    await hands.press(hit)
    await expect(page.getByRole('heading', { level: 2, name: copy.send.title })).toBeVisible()
  }
  /** Sends a link to a contact on file that policy allows: the mobile, or the private mailbox. */
  const send = async ({ channel, ticket, purpose }: Sending): Promise<void> => {
    if (purpose !== undefined)
      await hands.select(page.getByRole('combobox', { name: copy.columns.purpose }), purpose)
    const hasText = channel === 'sms' ? copy.channels.sms : /@gmail\.com/
    const radio = page.locator('label.choice').filter({ hasText }).getByRole('radio', { disabled: false })
    await hands.choose(radio.first())
    await hands.type(page.getByRole('textbox', { name: copy.send.ticket }), ticket)
    await hands.press(button(copy.list.send))
    await expect(digits()).toBeVisible()
  }
  const digits = () => page.locator('.match-code .digits')
  /** The six digits on the screen, as they are read out. */
  const matchCode = async (): Promise<string> => ((await digits().textContent()) ?? '').replace(/\D/g, '')
  /** The two words that both sides see. */
  const phrase = async (): Promise<string> =>
    (await page.locator('.match-code strong').first().textContent()) ?? ''
  const confirm = async (
    verb: 'approve' | 'refuse' | 'askApprover' | 'resend' | 'cancel',
    reason: string | null,
  ): Promise<void> => {
    await expect(button(copy.verbs[verb])).toHaveAttribute('aria-disabled', 'false')
    await hands.press(button(copy.verbs[verb]))
    const dialog = page.getByRole('dialog', { name: copy.confirm[verb].title })
    await expect(dialog).toBeVisible()
    if (reason !== null) await hands.type(dialog.getByRole('textbox', { name: copy.confirm.reason }), reason)
    await hands.press(dialog.getByRole('button', { name: copy.confirm[verb].action, exact: true }))
    await expect(dialog).toBeHidden()
  }
  const panel = () => page.getByRole('article', { name: copy.panel.label })
  const verdict = () => panel().getByRole('region', { name: copy.panel.verdict })
  return { page, copy, button, find, send, digits, matchCode, phrase, confirm, panel, verdict }
}

/** An agent at work. */
export type Agent = ReturnType<typeof createAgent>
