import { makeVerification } from '#platform/server/db/testing/factories.ts'
import { addPerson, addTenant, signIn, type TestApi } from './test-api.ts'

/** A verification as it was seeded, for comparing with what a list says. */
export type Seed = {
  readonly id: string
  readonly at: number
  readonly closed: number | null
  readonly risk: number | null
  readonly outcome: string | null
  readonly purpose: string
  readonly state: string
  readonly channel: string
  readonly referrer: string
  readonly name: string
  readonly ticket: string | null
}

/** What `seedCases` made. */
export type Seeded = Awaited<ReturnType<typeof seedCases>>

const outcomes = ['passed', 'failed', 'timed_out', 'cancelled', 'reported', null]
const count = 120

const shapeOf = (n: number, referrers: readonly string[]) => {
  const outcome = outcomes[n % outcomes.length] ?? null
  // Several share a moment, so that only the id tells them apart.
  const at = new Date(Date.UTC(2026, 9, 1) + Math.floor(n / 4) * 3_600_000)
  return {
    created_at: at,
    closed_at: outcome === null ? null : new Date(at.getTime() + (n % 7) * 60_000),
    outcome,
    state: outcome === null ? 'awaiting_decision' : 'closed',
    purpose: n % 2 === 0 ? 'password_reset' : 'identity_check',
    channel: n % 5 === 0 ? 'email' : 'sms',
    risk_tenths: n % 4 === 0 ? null : (n * 7) % 101,
    referrer_id: referrers[n % 2] ?? '',
    referrer_name: 'x',
    ticket: n % 10 === 0 ? `INC-${1000 + n}` : null,
  }
}

/** An organisation with 120 cases of three people in every state, some of them at the same moment. */
export const seedCases = async (api: TestApi) => {
  const { id: tenantId } = await addTenant(api)
  const agent = await signIn(api, tenantId)
  const supervisor = await signIn(api, tenantId, 'supervisor', { display_name: 'Sam Okafor' })
  const names = ['Ada Lindt', 'Jonas Weber', '=cmd|calc']
  const people = await Promise.all(names.map((display_name) => addPerson(api, tenantId, { display_name })))
  const seeds: Seed[] = []
  for (let n = 0; n < count; n += 1) {
    const person = people[n % 3]
    if (person === undefined) throw new Error('there are three people')
    const row = shapeOf(n, [agent.staffId, supervisor.staffId])
    const { id } = await makeVerification(api.owner, person.phone, row)
    const { outcome, purpose, state, channel, ticket } = row
    const closed = row.closed_at === null ? null : row.closed_at.getTime()
    const seed = {
      id,
      at: row.created_at.getTime(),
      closed,
      risk: row.risk_tenths,
      referrer: row.referrer_id,
    }
    seeds.push({ ...seed, outcome, purpose, state, channel, ticket, name: person.display_name })
  }
  return { tenantId, staff: { agent, supervisor }, seeds }
}
