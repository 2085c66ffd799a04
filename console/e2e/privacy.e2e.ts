import { sendLink } from './support/case.ts'
import { stack } from './support/stack.ts'
import { expect, test } from './support/test.ts'

/** Everything in which a page of this origin could have kept something. */
const keptBy = async () => ({
  local: Object.keys(localStorage).sort(),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  cookies: document.cookie,
})

test('F11, F12: a day at the console keeps nothing in the browser and asks nothing of other origins', async ({
  staff,
  inbox,
  person,
  ticket,
}) => {
  const agent = await staff()
  const { page } = agent
  const origins = new Set<string>()
  page.on('request', (request) => origins.add(new URL(request.url()).origin))
  const { code } = await sendLink(agent, inbox, person, ticket)
  expect(code).toMatch(/^\d{6}$/)
  for (const path of ['/verifications', `/verifications?q=${ticket}`, '/people', '/dashboard?days=7']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  expect([...origins]).toEqual([stack.console])
  expect(await page.evaluate(keptBy)).toEqual({
    local: [],
    session: [],
    databases: [],
    caches: [],
    workers: 0,
    cookies: '',
  })
})

test('F11, F12: a visit at the portal keeps the key of the device, the name of the organisation, and nothing of the person', async ({
  staff,
  participant: enter,
  inbox,
  person,
  ticket,
}) => {
  const agent = await staff()
  const { link, code } = await sendLink(agent, inbox, person, ticket)
  const visitor = await enter()
  const origins = new Set<string>()
  visitor.page.on('request', (request) => origins.add(new URL(request.url()).origin))
  await visitor.open(link)
  await visitor.typeCode(code)
  await visitor.answerAll(person)
  await expect(visitor.page.getByText(visitor.words.waiting)).toBeVisible()
  expect([...origins]).toEqual([stack.portal])
  expect(await visitor.page.evaluate(keptBy)).toEqual({
    local: [],
    // The link is forgotten as soon as a session takes its place.
    session: ['brand'],
    databases: ['countersign-device'],
    caches: [],
    workers: 0,
    cookies: '',
  })
})
