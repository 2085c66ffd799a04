/** Writes the past of a demo organisation, some cases in each transaction, and continues where a run was cut off. */
import { setImmediate as pause } from 'node:timers/promises'
import type { KeyRing } from '#platform/crypto/keys.ts'
import type { Db } from '#platform/database/connect.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { insertRows, type Row } from '../bulk.ts'
import type { Chart } from '../charts.ts'
import { contactsOf } from '../contacts.ts'
import { peopleOf, seedId, tenantIdOf } from '../people.ts'
import { pastCases, type PastCase } from './cases.ts'
import { recordPast } from './record.ts'
import { tellStory } from './tell-story.ts'
import type { Story } from './story.ts'
import { openWorld, type World } from './world.ts'

/** Cases in one transaction: a few megabytes of rows. */
const batch = 50

/** True if the past of an organisation is complete. */
export const hasPast = async (tx: Tx, chart: Chart): Promise<boolean> =>
  (await tx.one('select from verifications where tenant_id = $1 and id = $2', [
    tx.tenantId,
    lastId(chart),
  ])) !== undefined

const lastId = (chart: Chart): string => seedId(chart, 'verification', String(chart.pastVerifications - 1))

/** Writes what is missing of the past. `at`: the moment of the seed, however late this runs. */
export const writePast = async (db: Db, chart: Chart, keys: KeyRing, at: Date): Promise<void> => {
  const tenantId = tenantIdOf(chart)
  const { world, known } = await inTenant(db, tenantId, async (tx) => ({
    world: await openWorld(tx, chart, keys, at),
    known: await knownCases(tx),
  }))
  const people = peopleOf(chart)
  const { policyAt } = world
  const cases = pastCases({ chart, people, contacts: contactsOf(chart, people), policyAt, at })
  let writing = Promise.resolve()
  for (let from = 0; from < cases.length; from += batch) {
    // Every story is played, written or not: later ones build on what earlier ones left.
    const told = await tellStories(world, cases.slice(from, from + batch))
    const missing = told.filter((story) => !known.has(story.case.id))
    // The database works on one batch while the next is played.
    await writing
    writing = inTenant(db, tenantId, (tx) => writeBatch(tx, world, missing, from + batch >= cases.length))
    // Reported where it is awaited.
    writing.catch(() => undefined)
  }
  await writing
}

/** Pauses between stories: between two of its statements the batch before needs a moment of this process. */
const tellStories = async (world: World, cases: readonly PastCase[]): Promise<readonly Story[]> => {
  const told: Story[] = []
  for (const past of cases) {
    told.push(tellStory(world, past))
    await pause()
  }
  return told
}

const knownCases = async (tx: Tx): Promise<ReadonlySet<string>> => {
  const rows = await tx.query<{ id: string }>('select id from verifications where tenant_id = $1', [
    tx.tenantId,
  ])
  return new Set(rows.map(({ id }) => id))
}

const writeBatch = async (tx: Tx, world: World, told: readonly Story[], isLast: boolean): Promise<void> => {
  // The seed can be run again, so a crash may cost it the last moments.
  await tx.query('set local synchronous_commit = off')
  // Cases first: what is kept of labels and feedback in the row of a case is written by triggers on those.
  const rows = new Map<string, Row[]>([['verifications', []]])
  for (const story of told)
    for (const [table, some] of story.rows) rows.set(table, [...(rows.get(table) ?? []), ...some])
  for (const [table, some] of rows) await insertRows(tx, table, some)
  if (isLast) await settle(tx, world)
  await recordPast(
    tx,
    told.flatMap((story) => story.events),
  )
}

/** Accounts and devices as the past left them. */
const settle = async (tx: Tx, world: World): Promise<void> => {
  await insertRows(tx, 'devices', deviceRows(world))
  await tx.run(
    `update directory_accounts a set version = 1 + r.n, password_changed_at = coalesce(r.at, a.password_changed_at)
     from (select person_id, count(*)::integer as n, max(completed_at) filter (where kind = 'password_reset') as at
       from actions where tenant_id = $1 and state = 'completed' group by person_id) r
     join people p on p.tenant_id = $1 and p.id = r.person_id
     where a.tenant_id = $1 and a.directory_id = p.directory_id`,
    [tx.tenantId],
  )
  await tx.run(
    `update people p set password_changed_at = greatest(p.password_changed_at, a.password_changed_at)
     from directory_accounts a
     where p.tenant_id = $1 and a.tenant_id = $1 and a.directory_id = p.directory_id and a.version > 1`,
    [tx.tenantId],
  )
}

const deviceRows = (world: World): readonly Row[] =>
  world.people.flatMap((person) =>
    world
      .memoryOf(person)
      .devices.filter(({ times }) => times > 0)
      .map(({ device, times, lastAt }) => ({
        tenant_id: world.tenantId,
        id: world.idOf('device key', person.id, device.key.publicKey),
        person_id: person.id,
        key_digest: device.keyDigest,
        first_seen_at: new Date(lastAt),
        last_seen_at: new Date(lastAt),
        seen_count: times,
      })),
  )
