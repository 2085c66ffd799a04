/** People of `lab` who moved into a real directory under the product (dev/stack/directories), and how one is reset there. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Inbox } from '#dev/smoke/inbox.ts'
import { demoPerson } from '#dev/seeds/answers.ts'
import { demoPassword } from '#dev/seeds/demo.ts'
import type { Agent } from './agent.ts'
import type { Participant } from './portal.ts'
import { mailboxOf } from './people.ts'
import { dataFolder } from './stack.ts'

type Place = { readonly url: string; readonly caFile: string; readonly base?: string }

/** A directory as it was left: who has what part there, and where it is. */
export const movedInto = (short: 'ad' | 'keycloak') => {
  const folder = join(dataFolder, `directory-${short}`)
  const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  return {
    folder,
    /** Locked out, an administrator by a group within a group, neither. */
    seeded: () =>
      json('people-moved') as {
        readonly locked: readonly [string, string]
        readonly admin: string
        readonly ordinary: string
      },
    place: (): Place => {
      const { directories } = json('directories.json') as { directories: Place[] }
      return directories[0] ?? { url: '', caFile: '' }
    },
  }
}

/** A person of the directory, as a demo person. */
export const personOf = (login: string) => {
  const known = demoPerson('lab', login)
  const hiredOn = new Date(Date.now() - known.hiredDaysAgo * 86_400_000).toISOString().slice(0, 10)
  return { ...known, hiredOn }
}

export const newPassword = (): string => `A fresh Harbour lantern ${String(Date.now() % 100_000)}`

export const picture = (who: Pick<Agent, 'page'>, name: string) =>
  who.page.screenshot({ path: test.info().outputPath(`${name}.png`), fullPage: true })

/** Says how long something took, in the report and on the terminal. `startedAt`: as `Date.now()` gives it. */
export const figure = (type: string, startedAt: number): void => {
  const description = `${String(Date.now() - startedAt)} ms`
  test.info().annotations.push({ type, description })
  process.stdout.write(`${type}: ${description}\n`)
}

type Sides = { readonly agent: Agent; readonly visitor: Participant; readonly inbox: Inbox }

/** From the link to the moment at which staff have to decide. */
export const answerAll = async (
  { agent, visitor, inbox }: Sides,
  person: ReturnType<typeof personOf>,
  isCodeSure = false,
): Promise<void> => {
  await visitor.open(await inbox.link(mailboxOf(person)))
  await visitor.typeCode(await agent.matchCode())
  await visitor.answerAll(person)
  // A privileged person is asked for it after the score, so that they wait in between.
  const { kind } = isCodeSure ? await visitor.kindIs('second_code') : await visitor.weighed()
  if (kind === 'second_code') await visitor.typeCode(await inbox.code(person.addresses))
  await visitor.kindIs('waiting')
}

/** Sets a new password; then the directory itself takes it and the old one no more. `signsIn` asks it. */
export const setsPassword = async (
  visitor: Participant,
  login: string,
  signsIn: (login: string, password: string) => Promise<boolean>,
): Promise<void> => {
  const password = newPassword()
  const startedAt = Date.now()
  await visitor.setPassword(password)
  await expect(visitor.heading(visitor.words.changed)).toBeVisible({ timeout: 30_000 })
  figure('set password to done', startedAt)
  expect(await signsIn(login, password), 'the new password').toBe(true)
  expect(await signsIn(login, demoPassword), 'the old password').toBe(false)
}

/**
 * A locked-out person is found, verified, approved, and sets a password; the card shows it without being fetched again.
 * `tellsLocks`: the reading of every minute reports locks, as Keycloak's list does not.
 */
export const resetLocked = async (
  sides: Sides,
  login: string,
  ticket: string,
  signsIn: Parameters<typeof setsPassword>[2],
  tellsLocks: boolean,
): Promise<void> => {
  const { agent, visitor } = sides
  const { locked = '', active = '' } = agent.copy.accountStates
  const card = () => agent.page.getByRole('article', { name: personOf(login).name })
  await agent.find(login)
  if (tellsLocks)
    await expect(async () => {
      await agent.page.reload()
      await expect(card().getByText(locked, { exact: true })).toBeVisible({ timeout: 5_000 })
    }).toPass({ timeout: 90_000 })
  await picture(agent, '1-person')
  await agent.send({ channel: 'email', ticket })
  await answerAll(sides, personOf(login))
  await agent.confirm('approve', 'Voice and ticket fit.')
  await setsPassword(visitor, login, signsIn)
  await expect(agent.verdict()).toContainText(agent.copy.actions.password_reset.completed)
  await expect(card().getByText(active, { exact: true })).toBeVisible()
  await expect(card().getByText(locked, { exact: true })).toBeHidden()
  await picture(agent, '2-console')
  await picture(visitor, '3-portal')
  await agent.find(login)
  await expect(card().getByText(active, { exact: true }), 'as it is stored').toBeVisible()
  await picture(agent, '4-card')
}
