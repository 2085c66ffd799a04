/** The demo organisations: written once, kept fresh afterwards. */
import { hash } from '@node-rs/argon2'
import type { Role } from '#domain/roles.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { connect, type Db } from '#platform/database/connect.ts'
import { inTenant, outsideTenants, type Tx } from '#platform/database/transaction.ts'
import { playable } from './answers.ts'
import { type Chart, charts } from './charts.ts'
import { hasPast, writePast } from './history/write.ts'
import { openCases, playedCases, wasOpened } from './open-cases.ts'
import { writeOrganisation } from './organisation.ts'
import { peopleOf, tenantIdOf } from './people.ts'

/** The options of seeding. */
export type SeedOptions = {
  /** Address of the database's owner, as for `migrate`. */
  readonly url: string
  readonly keys: KeyRing
  /** Every age counts back from it; the present by default. */
  readonly now?: Date
  /** First password of everybody in the demo directory. */
  readonly employeePassword?: string
  /** Address of the identity provider under which the staff are known. */
  readonly staffIssuer: string
}

/** A member of staff who can sign in to the console of a demo organisation. */
export type DemoStaff = {
  readonly organisation: Chart['slug']
  readonly login: string
  readonly name: string
  readonly role: Role
}

/** The work that was done, and the accounts that can sign in. */
export type SeedSummary = {
  /** `left_alone`: the database belongs to other organisations. */
  readonly status: 'seeded' | 'refreshed' | 'left_alone'
  /**
   * True if cases that the stack is to open as real workflows are not there, as after a first start that was cut short.
   */
  readonly lacksOpenCases: boolean
  readonly staff: readonly DemoStaff[]
  /** One manager of each organisation, who may be asked to vouch for their people. */
  readonly managers: readonly Pick<DemoStaff, 'organisation' | 'login' | 'name'>[]
  /** People whose accounts have an authenticator that takes pushes. */
  readonly authenticators: SeedSummary['managers']
  readonly employeePassword: string
}

/** First password of the demo people: known, and therefore worth nothing outside a demo. */
export const demoPassword = 'lantern-orbit-harbour-47'

/** Everybody who can sign in to a console, agents first. */
export const demoStaff = (): readonly DemoStaff[] =>
  charts.flatMap((chart) =>
    chart.desk.flatMap((member) => {
      const person = peopleOf(chart).find((candidate) => candidate.desk === member)
      return person === undefined
        ? []
        : [
            {
              organisation: chart.slug,
              login: person.login,
              name: person.displayName,
              role: member.role,
            },
          ]
    }),
  )

/** The first person of each organisation who manages others, is active, and has nobody of the help desk above or below. */
export const demoManagers = (): SeedSummary['managers'] =>
  charts.flatMap((chart) => {
    const people = peopleOf(chart)
    const desk = people.filter((person) => person.desk !== null)
    const manager = people.find(
      (person) =>
        person.desk === null &&
        person.managerId !== null &&
        person.accountState === 'active' &&
        !person.neverViaHelpDesk &&
        people.some(({ managerId }) => managerId === person.id) &&
        desk.every(({ id, managerId }) => managerId !== person.id && person.managerId !== id),
    )
    return manager === undefined
      ? []
      : [{ organisation: chart.slug, login: manager.login, name: manager.displayName }]
  })

/**
 * The people whose authenticator takes pushes: those whose accounts need two kinds of proof for a new password, since the demo's
 * policies allow a push for them alone.
 */
export const demoAuthenticators = (): SeedSummary['authenticators'] =>
  charts.flatMap((chart) =>
    playable(peopleOf(chart), 'privileged')
      .filter(({ neverViaHelpDesk }) => !neverViaHelpDesk)
      .map(({ login, displayName }) => ({ organisation: chart.slug, login, name: displayName })),
  )

const open = (url: string): Db =>
  connect({ url, max: 1, applicationName: 'countersign-seed', statementTimeoutMs: 60_000 })

const using = async <T>(url: string, work: (db: Db) => Promise<T>): Promise<T> => {
  const db = open(url)
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

const knownTenants = async (db: Db): Promise<ReadonlySet<string>> => {
  const rows = await outsideTenants(db).query<{ id: string }>('select id from tenant_ids() t (id)')
  return new Set(rows.map(({ id }) => id))
}

/** True if both demo organisations are in a database, their past included. */
export const isSeeded = (url: string): Promise<boolean> =>
  using(url, async (db) => (await unfinished(db, await knownTenants(db))).length === 0)

/** Organisations that are missing, or whose past is not complete. */
const unfinished = async (db: Db, known: ReadonlySet<string>): Promise<readonly Chart[]> => {
  const open: Chart[] = []
  for (const chart of charts) {
    const id = tenantIdOf(chart)
    if (!known.has(id) || !(await inTenant(db, id, (tx) => hasPast(tx, chart)))) open.push(chart)
  }
  return open
}

/**
 * Writes the demo organisations that are missing and freshens those that are there. A database in which other
 * organisations live and no demo does is left alone. Running it again changes no id and no history.
 */
export const seedDemo = (options: SeedOptions): Promise<SeedSummary> =>
  using(options.url, async (db) => {
    const employeePassword = options.employeePassword ?? demoPassword
    const summary = {
      staff: demoStaff(),
      managers: demoManagers(),
      authenticators: demoAuthenticators(),
      employeePassword,
    }
    const known = await knownTenants(db)
    const open = await unfinished(db, known)
    if (known.size > 0 && charts.every((chart) => !known.has(tenantIdOf(chart))))
      return {
        ...{ status: 'left_alone', lacksOpenCases: false, ...summary },
        ...{ staff: [], managers: [], authenticators: [] },
      }
    await write(db, open, known, options, employeePassword)
    await refresh(db, options.now ?? new Date())
    const status = open.length > 0 ? 'seeded' : 'refreshed'
    return { status, lacksOpenCases: await lacksOpenCases(db), ...summary }
  })

const lacksOpenCases = async (db: Db): Promise<boolean> => {
  for (const one of [...openCases(), ...playedCases()]) {
    if (!(await inTenant(db, one.tenantId, (tx) => wasOpened(tx, one)))) return true
  }
  return false
}

const write = async (
  db: Db,
  open: readonly Chart[],
  known: ReadonlySet<string>,
  { keys, now, staffIssuer }: SeedOptions,
  employeePassword: string,
): Promise<void> => {
  if (open.length === 0) return
  // 19 MiB and two passes: OWASP's first choice for argon2id, as the directory itself hashes.
  const passwordHash = await hash(employeePassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  const context = { keys, at: now ?? new Date(), issuer: staffIssuer, passwordHash }
  for (const chart of open) {
    const id = tenantIdOf(chart)
    if (!known.has(id)) await inTenant(db, id, (tx) => writeOrganisation(tx, chart, context))
    const at = await inTenant(db, id, (tx) => seededAt(tx))
    await writePast(db, chart, keys, at)
  }
}

/** The moment of the first seed: the past counts back from it, also in a run that completes an earlier one. */
const seededAt = async (tx: Tx): Promise<Date> => {
  const row = await tx.one<{ at: Date }>('select created_at as at from tenants where id = $1', [tx.tenantId])
  if (row === undefined) throw new Error('the organisation that was just written is not there')
  return row.at
}

/**
 * Does what connected sources do once a day: everything is read again, the inventory has seen its devices, meetings
 * were held and groups used lately. Without it the facts of a demo older than a day would be too old to ask about.
 */
export const refreshDemo = (url: string, now = new Date()): Promise<void> =>
  using(url, (db) => refresh(db, now))

const refresh = async (db: Db, now: Date): Promise<void> => {
  const known = await knownTenants(db)
  for (const chart of charts.filter((one) => known.has(tenantIdOf(one)))) {
    await inTenant(db, tenantIdOf(chart), (tx) => refreshTenant(tx, now))
  }
}

const refreshTenant = async (tx: Tx, now: Date): Promise<void> => {
  await tx.run('update people set refreshed_at = $2 where tenant_id = $1 and refreshed_at < $2', [
    tx.tenantId,
    now,
  ])
  await tx.run(
    `update facts set read_at = $2,
       valid_from = case
         when family in ('device', 'joined', 'group') then valid_from + ($2 - read_at)
         when family = 'busy_days' then (date_trunc('week', $2 at time zone 'UTC') - interval '7 days') at time zone 'UTC'
         else valid_from end
     where tenant_id = $1 and valid_to is null and read_at < $2`,
    [tx.tenantId, now],
  )
}
