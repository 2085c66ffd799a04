/** The test of these journeys: signed-in staff, participants, people of one's own, and a watch over every page. */
import {
  test as base,
  expect,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
} from '@playwright/test'
import { openInbox, type Inbox } from '#dev/smoke/inbox.ts'
import { signIn, type Staff } from '#dev/smoke/staff.ts'
import { demoPassword } from '#dev/seeds/demo.ts'
import { createAgent, type Agent } from './agent.ts'
import { enterCode, sendLink, type Entered, type Sent } from './case.ts'
import { keyboard, pointer } from './hands.ts'
import { createPeople, type Taken } from './people.ts'
import { createParticipant, type Participant } from './portal.ts'
import { stack } from './stack.ts'
import { watch, type Noticed } from './watch.ts'
import type { Language } from './words.ts'

export { expect }

/** Agents of both organisations; each worker has one of its own, since they would share limits and screens. */
const agents = {
  lab: ['lab.mila.sorland', 'lab.jonas.petit', 'lab.amara.diallo', 'lab.ravi.menon'],
  northwind: ['nadia.okoro', 'tomas.ribera', 'leonie.kruger', 'samir.belhadj'],
} as const
const supervisors = { lab: 'lab.greta.lindholm', northwind: 'maeve.brannigan' } as const
const admins = { lab: 'lab.oskar.wendel', northwind: 'henrik.solvang' } as const
/** A weakening needs another admin than the one who proposes it. */
const secondAdmins = { lab: 'lab.thandi.morrow', northwind: 'priya.castellan' } as const

type Organisation = keyof typeof agents
type Role = 'agent' | 'supervisor' | 'admin' | 'second_admin'
type State = Exclude<BrowserContextOptions['storageState'], string | undefined>

/** The settings of a journey: organisation, language and hands. */
export type Ways = {
  readonly organisation?: Organisation
  readonly role?: Role
  readonly language?: Language
  readonly hands?: 'pointer' | 'keyboard'
}

type WorkerFixtures = {
  /** Headers by which the staff of this worker call from an address of their own, as sign-ins are limited by address. */
  readonly fromOwnAddress: { readonly 'x-forwarded-for': string }
  /** Cookies of a signed-in member of staff; each signs in once a worker. */
  readonly signedIn: (organisation: Organisation, role: Role) => Promise<State>
  readonly people: (organisation: Organisation) => Promise<ReturnType<typeof createPeople>>
}
type Fixtures = {
  /** A watched context; closed with the journey, which fails when the watch noticed anything. */
  readonly context_: (options: BrowserContextOptions, allowed: readonly string[]) => Promise<BrowserContext>
  readonly staff: (ways?: Ways) => Promise<Agent>
  readonly participant: (ways?: Ways) => Promise<Participant>
  readonly inbox: Inbox
  readonly person: Taken
  /** A reference by which the journey finds its row again. */
  readonly ticket: string
  /** An agent of lab has sent a link to `person`. */
  readonly sent: Sent
  /** The same, and the participant has opened it, said Yes and typed the code. */
  readonly entered: Entered
}

const locales = { en: 'en-GB', de: 'de-DE' } as const

/** Signs in as a person does: at the console, with the organisation's own page. */
const signInByPage = async (
  browser: Browser,
  login: string,
  extraHTTPHeaders: Readonly<Record<string, string>>,
): Promise<State> => {
  const context = await browser.newContext({ baseURL: stack.console, extraHTTPHeaders })
  const page = await context.newPage()
  await page.goto('/verifications')
  await page.locator('a[href^="/auth/sign-in"]').click()
  await page.locator('[name=login]').fill(login)
  await page.locator('[name=password]').fill(demoPassword)
  await page.locator('form button').click()
  await page.waitForURL(`${stack.console}/verifications`)
  const state = await context.storageState()
  await context.close()
  return state
}

const isClean = ({ origins, violations, errors }: Noticed, allowed: readonly string[]): void => {
  expect(
    [...origins].filter((origin) => !allowed.includes(origin)),
    'F12: requests to other origins',
  ).toEqual([])
  expect(violations, 'F9: violations of the page policy').toEqual([])
  expect(errors, 'scripts that failed').toEqual([])
}

const remembering = <K extends string, V>(make: (key: K) => Promise<V>): ((key: K) => Promise<V>) => {
  const known = new Map<K, Promise<V>>()
  return (key) => {
    const found = known.get(key) ?? make(key)
    known.set(key, found)
    return found
  }
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  fromOwnAddress: [
    async ({ browser: _browser }, use, { workerIndex }) => {
      await use({ 'x-forwarded-for': `127.0.1.${String(1 + (workerIndex % 254))}` })
    },
    { scope: 'worker' },
  ],
  signedIn: [
    async ({ browser, fromOwnAddress }, use, { parallelIndex }) => {
      const byLogin = remembering((login: string) => signInByPage(browser, login, fromOwnAddress))
      await use((organisation, role) => {
        const pool = agents[organisation]
        const agent = pool[parallelIndex % pool.length] ?? pool[0]
        const logins = {
          agent,
          supervisor: supervisors[organisation],
          admin: admins[organisation],
          second_admin: secondAdmins[organisation],
        }
        return byLogin(logins[role])
      })
    },
    { scope: 'worker' },
  ],
  people: [
    async ({ browser: _browser }, use, { parallelIndex, config }) => {
      const share = { worker: parallelIndex, workers: config.workers }
      const staffOf = (organisation: Organisation): Promise<Staff> =>
        signIn(new URL(stack.console), supervisors[organisation], demoPassword)
      await use(
        remembering(async (organisation: Organisation) =>
          createPeople(organisation, await staffOf(organisation), share),
        ),
      )
    },
    { scope: 'worker' },
  ],
  context_: async ({ browser }, use) => {
    const open: { context: BrowserContext; noticed: Noticed; allowed: readonly string[] }[] = []
    await use(async (options, allowed) => {
      const context = await browser.newContext(options)
      open.push({ context, noticed: await watch(context), allowed })
      return context
    })
    for (const { context, noticed, allowed } of open) {
      await context.close()
      isClean(noticed, allowed)
    }
  },
  staff: async ({ context_, signedIn, fromOwnAddress }, use) => {
    await use(async ({ organisation = 'lab', role = 'agent', language = 'en', hands = 'pointer' } = {}) => {
      const storageState = await signedIn(organisation, role)
      const context = await context_(
        { storageState, locale: locales[language], extraHTTPHeaders: fromOwnAddress },
        [stack.console],
      )
      return createAgent(await context.newPage(), hands === 'pointer' ? pointer : keyboard, language)
    })
  },
  participant: async ({ context_ }, use) => {
    await use(async ({ language = 'en', hands = 'pointer' } = {}) => {
      const context = await context_({ locale: locales[language] }, [stack.portal])
      return createParticipant(await context.newPage(), hands === 'pointer' ? pointer : keyboard, language)
    })
  },
  inbox: async ({ browser: _browser }, use) => {
    await use(await openInbox(stack.inbox))
  },
  person: async ({ people }, use) => {
    await use(await (await people('lab')).take())
  },
  ticket: async ({ browser: _browser }, use, { testId }) => {
    await use(`E2E-${testId.slice(-6)}-${String(Date.now() % 1_000_000)}`)
  },
  sent: async ({ staff, inbox, person, ticket }, use) => {
    await use(await sendLink(await staff(), inbox, person, ticket))
  },
  entered: async ({ sent, participant }, use) => {
    await use(await enterCode(sent, await participant()))
  },
})
