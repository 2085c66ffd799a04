import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { demoPerson } from '#platform/server/db/seeds/answers.ts'
import { demoPassword } from '#platform/server/db/seeds/demo.ts'
import { dataFolder } from './support/stack.ts'
import { expect, test } from './support/test.ts'

/* A real Samba domain under the product: what counts is what the domain itself says, asked by OpenLDAP's own program. */

const folder = join(dataFolder, 'directory-ad')
const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))
const domain = () =>
  (json('directories.json') as { directories: { url: string; caFile: string }[] }).directories[0]
const seeded = () => json('people-moved') as { locked: string[]; admin: string; ordinary: string }

/** Whether the domain takes this password. It knows no "who am I", so something is read under it; 49 is a wrong one. */
const signsIn = async (login: string, password: string): Promise<boolean> => {
  const { url = '', caFile = '' } = domain() ?? {}
  const as = ['-x', '-H', url.replace('localhost', '127.0.0.1'), '-D', `CORP\\${login}`, '-w', password]
  const asked = ['-s', 'base', '-b', 'DC=corp,DC=example', 'dn']
  try {
    await promisify(execFile)('ldapsearch', [...as, ...asked], {
      env: { LDAPTLS_CACERT: caFile, PATH: '/usr/bin:/bin' },
    })
    return true
  } catch (error) {
    if ((error as { code?: unknown }).code === 49) return false
    throw error
  }
}

/** A lockout of the domain ends by itself after ten minutes. */
const lockOut = async (login: string): Promise<void> => {
  for (let tries = 0; tries < 5; tries += 1) expect(await signsIn(login, 'not the password')).toBe(false)
}

test('R4: somebody locked out of a real domain is verified, sets a password, and signs in with it and not with the old one', async ({
  staff,
  participant,
  inbox,
  ticket,
}) => {
  test.slow()
  const agent = await staff()
  const login = seeded().locked[0] ?? ''
  await lockOut(login)
  const known = demoPerson('lab', login)
  const hiredOn = new Date(Date.now() - known.hiredDaysAgo * 86_400_000).toISOString().slice(0, 10)
  const person = { ...known, hiredOn }
  const password = `A fresh Harbour lantern ${String(Date.now() % 100_000)}`
  expect(await signsIn(person.login, demoPassword), 'the account is locked').toBe(false)
  await agent.find(person.login)
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
  test.info().annotations.push({ type: 'set password to done', description: `${String(tookMs)} ms` })
  expect(await signsIn(person.login, password), 'the new password').toBe(true)
  expect(await signsIn(person.login, demoPassword), 'the old password').toBe(false)
  expect(await signsIn(seeded().ordinary, demoPassword), 'somebody else').toBe(true)
})

test('D1: a Domain Admin by a group within the group begins as privileged', async ({ staff }) => {
  const agent = await staff({ role: 'supervisor' })
  await agent.page.goto('/people')
  await agent.page.getByRole('searchbox', { name: agent.copy.people.search }).fill(seeded().admin)
  const hit = agent.page.locator('[data-person]')
  await expect(hit).toHaveCount(1)
  await hit.click()
  await expect(agent.page.getByText(agent.copy.tiers.privileged).first()).toBeVisible()
  await agent.page.screenshot({ path: test.info().outputPath('admin.png'), fullPage: true })
})
