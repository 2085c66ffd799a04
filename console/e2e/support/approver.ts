/** An approver who is asked to vouch: opens the link, signs in as they do at work, answers. */
import { expect, type Page } from '@playwright/test'
import { demoAddresses } from '#dev/seeds/answers.ts'
import { demoManagers, demoPassword } from '#dev/seeds/demo.ts'
import { changeRows } from './database.ts'
import type { Taken } from './people.ts'
import { approverWords, type Language } from './words.ts'

/** The approver whom a journey asks. */
export type Manager = { readonly login: string; readonly addresses: readonly string[] }

const managerOf = (organisation: 'lab'): Manager => {
  const found = demoManagers().find((one) => one.organisation === organisation)
  if (found === undefined) throw new Error(`Nobody of ${organisation} manages anybody.`)
  return { login: found.login, addresses: demoAddresses(organisation, found.login) }
}

/**
 * Leaves this person no second contact, and a manager who can be asked: whose contacts are old and who is nobody's at the
 * desk. What the journey needs then is an approver.
 */
export const needsApprover = async (person: Taken): Promise<Manager> => {
  const manager = managerOf('lab')
  await changeRows(`delete from contacts where person_id = $1 and (kind = 'phone' or label <> 'private')`, [
    person.id,
  ])
  await changeRows(
    `update people p set manager_id = m.id from people m
     where p.id = $1 and m.tenant_id = p.tenant_id and m.login = $2`,
    [person.id, manager.login],
  )
  await changeRows(
    `update contacts c set last_changed_at = now() - interval '300 days' from people m
     where m.login = $1 and c.tenant_id = m.tenant_id and c.person_id = m.id`,
    [manager.login],
  )
  return manager
}

/** Operates the approver's page. */
export const createApprover = (page: Page, language: Language) => {
  const words = approverWords[language]
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const heading = (name: string) => page.getByRole('heading', { level: 1, name })
  return {
    page,
    words,
    button,
    heading,
    open: async (link: string): Promise<void> => {
      await page.goto(link)
      await expect(heading(words.start)).toBeFocused()
    },
    signIn: async (login: string): Promise<void> => {
      await button(words.signIn).click()
      await page.locator('[name=login]').fill(login)
      await page.locator('[name=password]').fill(demoPassword)
      await page.locator('form button').click()
      await page.waitForURL('**/approve')
    },
    /** The text of the page, but for the facts: ticket and times have digits of their own. */
    prose: (): Promise<string> =>
      page.locator('main').evaluate((main) => {
        const copy = main.cloneNode(true) as HTMLElement
        for (const fact of copy.querySelectorAll('dd')) fact.remove()
        return copy.textContent
      }),
    sayYes: async (digits: string): Promise<void> => {
      await page.locator('#approver-digits').fill(digits)
      await button(words.yes).click()
    },
    sayNo: async (): Promise<void> => {
      await button(words.no).click()
      await expect(heading(words.stop)).toBeFocused()
      await button(words.confirm).click()
    },
  }
}
