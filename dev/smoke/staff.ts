/** A member of staff in `smoke`: signs in by OpenID Connect with cookies by hand, and calls the console's API. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Purpose } from '#domain/verification/verification.ts'
import { CommandError } from '#cli/command.ts'
import { createBrowser, type Browser } from './http.ts'

const Session = z.object({ csrfToken: z.string(), staff: z.object({ name: z.string(), role: z.string() }) })
const Found = z.object({
  people: z.array(z.object({ id: z.string(), login: z.string(), workEmail: z.string() })),
})
const Card = z.object({
  id: z.string(),
  hiredOn: z.string().nullable(),
  country: z.string().nullable(),
  openVerificationId: z.string().nullable(),
})
const Options = z.object({
  options: z.array(
    z.object({ contactId: z.string(), channel: z.string(), label: z.string(), allowed: z.boolean() }),
  ),
  blocked: z.unknown().nullable(),
})
const Started = z.object({ verificationId: z.string(), status: z.string() })
const Code = z.object({ code: z.string(), phrase: z.array(z.string()) })
const Row = z.object({
  id: z.string(),
  state: z.string(),
  outcome: z.string().nullable(),
  action: z.string(),
  band: z.string().nullable(),
  ticket: z.string().nullable(),
})
const Panel = z.object({
  row: Row,
  recommendation: z.string().nullable(),
  actions: z.object({ approve: z.object({ allowed: z.boolean() }) }),
  screenHash: z.string(),
  score: z.object({ r: z.number() }).nullable(),
  checks: z.array(z.object({ code: z.string() })).nullable(),
  timeline: z.array(z.object({ event: z.object({ key: z.string() }) })),
})
const List = z.object({ rows: z.array(Row) })
const Dashboard = z.object({ figures: z.object({ started: z.object({ value: z.number().nullable() }) }) })

/** The panel as far as `smoke` looks at it. */
export type PanelSeen = z.infer<typeof Panel>

const dayMs = 24 * 3600 * 1000

const signInWith = async (
  browser: Browser,
  console_: URL,
  login: string,
  password: string,
): Promise<void> => {
  const form = await browser.visit(new URL('/auth/sign-in?return_to=/verifications', console_))
  const action = /<form method="post" action="([^"]+)"/.exec(form.text)?.[1]
  if (action === undefined)
    throw new CommandError(
      `The sign-in page is not there: ${form.url.origin} answered ${String(form.status)}.`,
    )
  const back = await browser.visit(new URL(action, form.url), { form: { login, password } })
  if (back.url.origin !== console_.origin || back.status !== 200)
    throw new CommandError(`${login} could not sign in: is SMOKE_PASSWORD right?`)
}

/** Signs in; what comes back can do what that role may. */
export const signIn = async (console_: URL, login: string, password: string) => {
  const browser = createBrowser()
  await signInWith(browser, console_, login, password)
  const at = (path: string): URL => new URL(`/api/console${path}`, console_)
  const { csrfToken, staff } = await browser.call(Session, at('/session'))
  const get = <T>(shape: z.ZodType<T>, path: string): Promise<T> => browser.call(shape, at(path))
  const post = <T>(shape: z.ZodType<T>, path: string, json: unknown): Promise<T> =>
    browser.call(shape, at(path), {
      json,
      headers: { 'x-csrf-token': csrfToken, 'idempotency-key': randomUUID() },
    })
  const panel = (id: string): Promise<PanelSeen> => get(Panel, `/verifications/${id}`)
  return {
    name: staff.name,
    find: async (login_: string) => {
      const { people } = await post(Found, '/people/search', { q: login_ })
      const found = people.find((person) => person.login === login_)
      if (found === undefined) throw new CommandError(`The search does not find ${login_}: is this the demo?`)
      return found
    },
    card: (personId: string) => get(Card, `/people/${personId}`),
    options: (personId: string) => get(Options, `/people/${personId}/send-options?purpose=password_reset`),
    start: (personId: string, contactId: string, ticket: string, purpose: Purpose = 'password_reset') =>
      post(Started, '/verifications', { personId, contactId, ticket, purpose }),
    matchCode: (id: string) => get(Code, `/verifications/${id}/match-code`),
    panel,
    approve: async (id: string, screenHash: string, reason = 'Smoke test: verified.') =>
      post(z.object({ outcome: z.string().nullable() }), `/verifications/${id}/decision`, {
        decision: 'approved',
        reason,
        screenHash,
      }),
    rowOf: async (ticket: string) => (await get(List, `/verifications?q=${encodeURIComponent(ticket)}`)).rows,
    /** True if the person said "this was not me" about a case: then they need two kinds for a month, also once it is lifted. */
    hasReported: async (personId: string): Promise<boolean> =>
      (await get(List, `/verifications?personId=${personId}&outcome=reported`)).rows.length > 0,
    /** Verifications started in the last seven days, as the dashboard counts them. */
    startedCount: async (): Promise<number> => {
      const now = Date.now()
      const period = new URLSearchParams({
        from: new Date(now - 7 * dayMs).toISOString(),
        to: new Date(now + dayMs).toISOString(),
      })
      const { figures } = await get(Dashboard, `/reports/dashboard?${period.toString()}`)
      return figures.started.value ?? 0
    },
  }
}

/** A signed-in member of staff. */
export type Staff = Awaited<ReturnType<typeof signIn>>

/** Looks again until something is there. @throws CommandError with the given sentence when time is up */
export const until = async <T>(
  seconds: number,
  complaint: string,
  look: () => Promise<T | null>,
): Promise<T> => {
  const end = performance.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (found !== null) return found
    if (performance.now() > end) throw new CommandError(complaint)
    await pause(250)
  }
}
