/** All stories of one organisation share these: people, contacts, counted facts, policies, keys. */
import type { Policy } from '#domain/policy/policy.ts'
import { factRowsOf } from '#domain/questions/fact-rows.ts'
import { tenantFacts, type TenantFacts } from '#domain/questions/facts.ts'
import type { ParticipantFacts } from '#domain/questions/participant-facts.ts'
import type { PlanTools } from '#domain/questions/plan.ts'
import { randomBytes } from 'node:crypto'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { decoyDigest, seal, valueIndex } from '#platform/crypto/sealing.ts'
import { textTools } from '#platform/facts/text-folding.ts'
import { readBlocks } from '#services/questions/blocks.ts'
import { readAllFacts } from '#services/questions/question-facts.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { Row } from '../bulk.ts'
import type { Chart } from '../charts.ts'
import { contactsOf, type SeedContact } from '../contacts.ts'
import { peopleOf, seedId, type SeedPerson, tenantIdOf } from '../people.ts'
import { firstPolicy, secondPolicy, secondPolicyDays } from '../policies.ts'
import { signInRows } from '../rows.ts'
import { contactsByPerson } from './cases.ts'
import { createMemories, type PersonMemory } from './memory.ts'

/** Everything a story may look at. */
export type World = {
  readonly chart: Chart
  readonly tenantId: string
  readonly keys: KeyRing
  /** The moment of the seed. */
  readonly at: Date
  readonly people: readonly SeedPerson[]
  readonly contactsOf: (person: SeedPerson) => readonly SeedContact[]
  readonly factsOf: (person: SeedPerson) => ParticipantFacts | undefined
  readonly signInsOf: (person: SeedPerson) => SignIns
  readonly memoryOf: (person: SeedPerson) => PersonMemory
  /** Waiting times that began so far. */
  readonly waits: { begun: number }
  readonly tenant: TenantFacts
  readonly tools: PlanTools
  /** The policy in force at a moment. */
  readonly policyAt: (at: number) => Policy
  readonly seal: (table: string, column: string, row: string, value: unknown) => Buffer
  readonly indexOf: (kind: 'phone' | 'phone_prefix' | 'email', value: string) => Buffer
  readonly idOf: (...parts: readonly string[]) => string
}

/** A person's sign-ins, counted. */
export type SignIns = {
  readonly events: number
  readonly countries: ReadonlyMap<string, number>
  readonly asns: ReadonlyMap<number, number>
  readonly hours: readonly number[]
}

const noSignIns: SignIns = {
  events: 0,
  countries: new Map(),
  asns: new Map(),
  hours: Array.from({ length: 24 }, () => 0),
}

/** Reads what the organisation's first rows say, and computes the rest. */
export const openWorld = async (tx: Tx, chart: Chart, keys: KeyRing, at: Date): Promise<World> => {
  const tenantId = tenantIdOf(chart)
  const tools = {
    ...textTools,
    hmac: decoyDigest(keys, tenantId),
    randomId: () => randomBytes(12).toString('base64url'),
  }
  const all = await readAllFacts(tx)
  const facts = new Map(all.map((one) => [one.participantId, one]))
  const rows = all.flatMap((one) => factRowsOf(one, tools))
  const tenant = tenantFacts(rows, await readBlocks(tx, keys))
  const people = peopleOf(chart)
  const contacts = contactsByPerson(contactsOf(chart, people))
  const signIns = countSignIns(signInRows(chart, people, at))
  const policies = [firstPolicy(chart), secondPolicy(chart)] as const
  const change = at.getTime() - secondPolicyDays * 24 * 3600 * 1000
  return {
    chart,
    tenantId,
    keys,
    at,
    people,
    contactsOf: (person) => contacts.get(person.id) ?? [],
    factsOf: (person) => facts.get(person.id),
    signInsOf: (person) => signIns.get(person.id) ?? noSignIns,
    memoryOf: createMemories(),
    waits: { begun: 0 },
    tenant,
    tools,
    policyAt: (moment) => policies[moment < change ? 0 : 1],
    seal: (table, column, row, value) =>
      seal(keys, { tenantId, table, column, row }, typeof value === 'string' ? value : JSON.stringify(value)),
    indexOf: (kind, value) => valueIndex(keys, tenantId, kind, value),
    idOf: (...parts) => seedId(chart, ...parts),
  }
}

const countSignIns = (rows: readonly Row[]): ReadonlyMap<string, SignIns> => {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const id = String(row['person_id'])
    const known = found.get(id)
    if (known === undefined) found.set(id, [row])
    else known.push(row)
  }
  return new Map([...found].map(([id, own]) => [id, counted(own)]))
}

const counted = (rows: readonly Row[]): SignIns => {
  const countries = new Map<string, number>()
  const asns = new Map<number, number>()
  const hours = Array.from({ length: 24 }, () => 0)
  for (const row of rows) {
    const [country, asn, hour] = [String(row['country']), Number(row['asn']), Number(row['local_hour'])]
    countries.set(country, (countries.get(country) ?? 0) + 1)
    asns.set(asn, (asns.get(asn) ?? 0) + 1)
    hours[hour] = (hours[hour] ?? 0) + 1
  }
  return { events: rows.length, countries, asns, hours }
}
