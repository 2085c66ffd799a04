import { placeOfStep } from '#domain/verification/funnel.ts'
import { insertRow, makeVerification } from '#platform/database/testing/factories.ts'
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
  readonly band: string | null
  /** The furthest step of the funnel, 1 to 8. */
  readonly step: number
  readonly reasons: readonly string[]
  readonly feedback: string | null
  readonly commented: boolean
  readonly overturned: boolean
}

/** The cases that `seedCases` made. */
export type Seeded = Awaited<ReturnType<typeof seedCases>>

const outcomes = ['passed', 'failed', 'timed_out', 'cancelled', 'reported', null]
const ratings = ['easy', 'hard', null]
const pageSeen = placeOfStep('opened')
const bands = ['low', 'guarded', 'elevated', 'high']
const count = 120

/** A stored row has reached this step at least: its link was sent, and a passed case has come that far. */
const leastStep = (outcome: string | null, purpose: string): number => {
  if (outcome !== 'passed') return 1
  return purpose === 'identity_check' ? 8 : 7
}

const reasonsOf = (n: number): string[] => [
  ...(n % 5 === 0 ? ['CHA_ANSWER'] : []),
  ...(n % 7 === 0 ? ['NET_TOR_EXIT'] : []),
]

/** A case that passed has a score; one without has no reasons, band or later steps. */
const saidOf = (n: number, outcome: string | null) => {
  const isScored = n % 4 !== 0 || outcome === 'passed'
  const lastStep = isScored ? 6 : 5
  return {
    risk_tenths: isScored ? (n * 7) % 101 : null,
    furthest_step: storedStep(Math.min(n % 9, outcome === 'passed' ? 8 : lastStep)),
    score_reasons: isScored ? reasonsOf(n) : [],
    feedback: ratings[n % ratings.length] ?? null,
    commented: n % 12 === 1,
    overturned: outcome === 'failed' && n % 4 === 3,
    band: bands[isScored ? n % bands.length : -1] ?? null,
  }
}

/** A page that was seen is no step of the row: a visit is. */
const wasSeen = (n: number): boolean => n % 9 === pageSeen
const storedStep = (step: number): number => (step === pageSeen ? 1 : step)

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
    referrer_id: referrers[n % 2] ?? '',
    referrer_name: 'x',
    ticket: n % 10 === 0 ? `INC-${1000 + n}` : null,
    ...saidOf(n, outcome),
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
    if (wasSeen(n))
      await insertRow(api.owner, 'link_visits', {
        tenant_id: tenantId,
        verification_id: id,
        link_id: id,
        kind: 'page_seen',
      })
    const { outcome, purpose, state, channel, ticket, band, feedback, commented } = row
    const closed = row.closed_at === null ? null : row.closed_at.getTime()
    const seed = {
      id,
      at: row.created_at.getTime(),
      closed,
      risk: row.risk_tenths,
      referrer: row.referrer_id,
      step: Math.max(row.furthest_step, leastStep(outcome, purpose), wasSeen(n) ? pageSeen : 0),
      reasons: row.score_reasons,
    }
    const said = { band, feedback, commented, overturned: row.overturned }
    seeds.push({ ...seed, ...said, outcome, purpose, state, channel, ticket, name: person.display_name })
  }
  return { tenantId, staff: { agent, supervisor }, seeds }
}
