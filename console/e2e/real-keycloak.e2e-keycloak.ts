import { askByForm } from '#dev/stack/directories/keycloak-admin.ts'
import { realmNames } from '#dev/stack/directories/keycloak-realm.ts'
import { demoPassword } from '#dev/seeds/demo.ts'
import { movedInto, resetLocked } from './support/moved.ts'
import { expect, test } from './support/test.ts'

/* A real Keycloak under the product: what counts is whether Keycloak itself gives a token. */

const { seeded, place } = movedInto('keycloak')

/** True if Keycloak takes this password. */
const signsIn = async (username: string, password: string): Promise<boolean> => {
  const { url, caFile } = place()
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

test('R4: a person locked out of a real realm is verified, sets a password, and gets a token with it and not with the old one', async ({
  staff,
  participant,
  inbox,
  ticket,
}) => {
  test.slow()
  const sides = { agent: await staff(), visitor: await participant(), inbox }
  await resetLocked(sides, await stillLocked(), ticket, signsIn, false)
  expect(await signsIn(seeded().ordinary, demoPassword), 'somebody else').toBe(true)
})
