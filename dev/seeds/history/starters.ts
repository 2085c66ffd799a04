/** The start of a past case: who started it, for which purpose, and which contacts that brought into it. */
import type { Policy } from '#domain/policy/policy.ts'
import { returnSeconds } from '#domain/grant.ts'
import { ruleFor } from '#domain/policy/policy.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import { purposesOf } from './purposes.ts'
import { randomOf, type Random } from '../random.ts'
import type { Chart } from '../charts.ts'
import type { SeedContact } from '../contacts.ts'
import { seedId, type SeedPerson } from '../people.ts'

/** The referrer of a case, as its row names them. */
export type Referrer = {
  readonly kind: 'agent' | 'self_service' | 'api_client'
  readonly id: string
  readonly name: string
}

/**
 * The start of a case. `entry`: the contact to which the code of a link went that no agent read a number out for; null
 * with an agent on the line.
 */
export type Start = {
  readonly purpose: Purpose
  readonly referrer: Referrer
  readonly contact: SeedContact
  readonly entry: SeedContact | null
}

type Kind = Referrer['kind']

const kinds: Readonly<Record<Kind, number>> = { agent: 80, self_service: 14, api_client: 6 }

const hourMs = 3_600_000
/** Beside waiting and coming back: questions, decision, and the last step. */
const storyMs = 1.5 * hourMs

/** The ticket system that starts verifications of an organisation. */
export const ticketSystem = (chart: Chart): { readonly id: string; readonly name: string } => ({
  id: seedId(chart, 'api client', 'ticket system'),
  name: 'Ticket system',
})

/** A case begins with these. */
export type Beginning = {
  readonly chart: Chart
  readonly index: number
  readonly startedAt: number
  readonly person: SeedPerson
  readonly agent: SeedPerson
  readonly contacts: readonly SeedContact[]
  /** The contact that an agent picks. */
  readonly picked: SeedContact
  readonly policy: Policy
  /** The moment of the seed. */
  readonly at: Date
}

/** The start of a case. It draws from numbers of its own, so that other parts of the story keep theirs. */
export const startOf = (of: Beginning): Start => {
  const random = randomOf(of.chart.slug, 'start of', String(of.index))
  const ways = waysOf(of)
  const drawn = random.weighted(kinds)
  const kind = ways === null ? 'agent' : drawn
  const purpose = purposeOf(of, kind, random)
  return kind === 'agent' || ways === null
    ? { purpose, referrer: referrerOf(of, 'agent'), contact: of.picked, entry: null }
    : { purpose, referrer: referrerOf(of, kind), ...ways }
}

const referrerOf = ({ chart, person, agent }: Beginning, kind: Kind): Referrer => {
  if (kind === 'agent') return { kind, id: seedId(chart, 'staff', agent.login), name: agent.displayName }
  // Named as `record-case.ts` names them.
  if (kind === 'self_service') return { kind, id: person.id, name: 'Self-service' }
  return { kind, id: ticketSystem(chart).id, name: 'API client' }
}

/** Nothing whose waiting time could still run at the moment of the seed. */
const purposeOf = ({ policy, person, startedAt, at }: Beginning, kind: Kind, random: Random): Purpose => {
  const purpose = random.weighted(purposesOf(kind))
  const { waitSeconds } = ruleFor(policy, purpose, person.tier)
  const endsBy = startedAt + (waitSeconds + returnSeconds) * 1000 + storyMs
  return waitSeconds > 0 && endsBy > at.getTime() ? 'password_reset' : purpose
}

/** A locked-out person can still read these, the likeliest first (services/messages/entry-contact.ts). */
const ranks: Readonly<Record<SeedContact['label'], number>> = { mobile: 0, private: 1, work: 3 }

/** The contact for the link and another, of the other channel, for its code; null where there are no two that are settled. */
const waysOf = ({
  contacts,
  policy,
  startedAt,
  at,
}: Beginning): { contact: SeedContact; entry: SeedContact } | null => {
  const settled = contacts
    .filter(({ lineType }) => lineType === null || lineType === 'mobile')
    .filter(
      ({ changedDaysAgo }) =>
        at.getTime() - changedDaysAgo * 24 * hourMs <=
        startedAt - policy.contacts.changedWithinHours * hourMs,
    )
    .toSorted((a, b) => ranks[a.label] - ranks[b.label])
  const [contact] = settled
  const entry = settled.find(({ kind }) => kind !== contact?.kind)
  return contact === undefined || entry === undefined ? null : { contact, entry }
}
