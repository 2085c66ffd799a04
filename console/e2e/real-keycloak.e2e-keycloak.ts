import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { askByForm } from '#platform/embedded/directories/keycloak-admin.ts'
import { realmNames } from '#platform/embedded/directories/keycloak-realm.ts'
import { demoPerson } from '#platform/server/db/seeds/answers.ts'
import { demoPassword } from '#platform/server/db/seeds/demo.ts'
import { dataFolder } from './support/stack.ts'
import { expect, test } from './support/test.ts'

/* A real Keycloak under the product: what counts is whether Keycloak itself gives a token. */

const folder = join(dataFolder, 'directory-keycloak')
const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))
const seeded = () =>
  json('people-moved') as {
    readonly locked: readonly string[]
    readonly admin: string
    readonly ordinary: string
  }

/** Whether Keycloak takes this password. */
const signsIn = async (username: string, password: string): Promise<boolean> => {
  const { directories } = json('directories.json') as { directories: { url: string; caFile: string }[] }
  const { url = '', caFile = '' } = directories[0] ?? {}
  const address = `${url}/realms/${realmNames.realm}/protocol/openid-connect/token`
  const form = { grant_type: 'password', client_id: realmNames.signInClient, username, password }
  const { json: answer } = await askByForm(caFile, address, form)
  return typeof answer === 'object' && answer !== null && 'access_token' in answer
}

/** The first of these people whom nobody reset yet. */
const stillLocked = async (): Promise<string> => {
  for (const login of seeded().locked) if (!(await signsIn(login, demoPassword))) return login
  throw new Error('Nobody is locked out any more: delete the data folder of these journeys.')
}

test('R4: somebody locked out of a real realm is verified, sets a password, and gets a token with it and not with the old one', async ({
  staff,
  participant,
  inbox,
  ticket,
}) => {
  test.slow()
  const agent = await staff()
  const login = await stillLocked()
  const known = demoPerson('lab', login)
  const hiredOn = new Date(Date.now() - known.hiredDaysAgo * 86_400_000).toISOString().slice(0, 10)
  const person = { ...known, hiredOn }
  const password = `a fresh harbour lantern ${String(Date.now() % 100_000)}`
  await agent.find(login)
  await agent.page.screenshot({ path: test.info().outputPath('1-person.png'), fullPage: true })
  await agent.send({ channel: 'email', ticket })
  const visitor = await participant()
  await visitor.open(await inbox.link([person.workEmail]))
  await visitor.sayYes()
  await visitor.typeCode(await agent.matchCode())
  await visitor.answerAll(person)
  const { kind } = await visitor.kindIs('waiting', 'second_code')
  if (kind === 'second_code') await visitor.typeCode(await inbox.code(person.addresses))
  await visitor.kindIs('waiting')
  await agent.confirm('approve', 'Voice and ticket fit.')
  const startedAt = Date.now()
  await visitor.setPassword(password)
  await expect(visitor.heading(visitor.words.changed)).toBeVisible({ timeout: 30_000 })
  const tookMs = Date.now() - startedAt
  await expect(agent.verdict()).toContainText(agent.copy.actions.password_reset.completed)
  await agent.page.screenshot({ path: test.info().outputPath('2-console.png'), fullPage: true })
  await visitor.page.screenshot({ path: test.info().outputPath('3-portal.png'), fullPage: true })
  process.stdout.write(`set password to done: ${String(tookMs)} ms\n`)
  expect(await signsIn(login, password), 'the new password').toBe(true)
  expect(await signsIn(login, demoPassword), 'the old password').toBe(false)
  expect(await signsIn(seeded().ordinary, demoPassword), 'somebody else').toBe(true)
})
