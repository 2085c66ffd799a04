import type { Knex } from 'knex'
import pg from 'pg'
import { builderOn } from './builder.ts'
import type { Db } from './connect.ts'

/** A statement's parameters. */
export type Params = readonly unknown[]

/**
 * Something that runs SQL. A statement with a name is prepared once per connection and then reused: for those that every
 * verification runs and whose text is always the same.
 */
export type Queryable = {
  query<Row extends pg.QueryResultRow>(sql: string, params?: Params, name?: string): Promise<Row[]>
  /** The first row, or undefined. */
  one<Row extends pg.QueryResultRow>(sql: string, params?: Params, name?: string): Promise<Row | undefined>
  /** For INSERT, UPDATE, DELETE: how many rows were changed. */
  run(sql: string, params?: Params, name?: string): Promise<number>
  named<Row extends pg.QueryResultRow>(name: string, sql: string, params?: Params): Promise<Row[]>
}

/** One open transaction. Statements that do not wait for each other travel together: `Promise.all` of them is one trip. */
export type Tx = Queryable & {
  /** The tenant whose rows are visible; empty in a relay transaction, which sees only the outbox. */
  readonly tenantId: string
  /** A query builder on this very connection and transaction, for the models. Made when first asked for. */
  readonly knex: Knex
  /**
   * The last statement of the transaction: the commit travels with it, so that what it locks is held for no trip more. What
   * comes after it on this transaction is refused. Where it fails, nothing of the transaction is kept.
   */
  last<Row extends pg.QueryResultRow>(name: string, sql: string, params?: Params): Promise<Row[]>
}

/**
 * Runs `work` in one transaction that sees and writes the rows of one tenant only (I4). The tenant is set for
 * this transaction alone, so a pooled connection carries nothing over.
 * @throws whatever `work` throws, after a rollback; an error of COMMIT means that the outcome is unknown
 */
export const inTenant = <T>(db: Db, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(db, ofTenant(tenantId), work)

/**
 * The same in one trip: the commit is sent with the statements, which `work` has to begin before it waits for anything. For
 * reads that do not depend on each other, and for a single write.
 */
export const inOneTrip = <T>(db: Db, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(db, { ...ofTenant(tenantId), isOneTrip: true }, work)

/**
 * Like `inTenant`, and everything that `work` reads is of one moment, however many statements it takes. It cannot write.
 */
export const inSnapshot = <T>(db: Db, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(db, { ...ofTenant(tenantId), mode: 'isolation level repeatable read read only' }, work)

/** Runs `work` where the outbox rows of all tenants are visible, and nothing else (worker role only). */
export const inRelay = <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(db, { setting: 'app.relay', value: 'on', tenantId: '' }, work)

type Scope = {
  readonly setting: 'app.tenant' | 'app.relay'
  readonly value: string
  readonly tenantId: string
  readonly mode?: 'isolation level repeatable read read only'
  readonly isOneTrip?: boolean
}

const ofTenant = (tenantId: string): Scope => ({ setting: 'app.tenant', value: tenantId, tenantId })

/** Runs single statements outside any tenant: the `resolve_…` functions, `tenant_ids()`, sign-in transactions. */
export const outsideTenants = (db: Db): Queryable => queryable(() => db.pool)

const quoted = (text: string): string => pg.escapeLiteral(text)

/** The progress of a transaction: once it has ended, its connection belongs to another caller. */
type Progress = { hasEnded: boolean; committed: Promise<void> | undefined }

/** Asks for the commit. @throws where a statement had failed and its error was lost: nothing was kept then */
const commit = async (client: pg.ClientBase): Promise<void> => {
  const { command } = await client.query('commit')
  if (command !== 'COMMIT') throw new Error('the transaction was rolled back')
}

const end = (client: pg.ClientBase, progress: Progress): void => {
  progress.hasEnded = true
  progress.committed = commit(client)
  // The caller that ran the transaction waits for it below; until then nobody does.
  progress.committed.catch(() => undefined)
}

async function inTransaction<T>(
  db: Db,
  { setting, value, tenantId, mode, isOneTrip = false }: Scope,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const client = await db.pool.connect()
  const progress: Progress = { hasEnded: false, committed: undefined }
  let broken: Error | undefined
  // Nobody waits for it: it travels with the first statement of `work`, and without a tenant that would see no row.
  const begun = client.query(
    `begin ${mode ?? ''}; select set_config(${quoted(setting)}, ${quoted(value)}, true)`,
  )
  begun.catch(() => undefined)
  try {
    const working = work(transaction(client, tenantId, progress))
    if (isOneTrip) end(client, progress)
    const result = await working
    await begun
    if (!progress.hasEnded) end(client, progress)
    await progress.committed
    return result
  } catch (error) {
    progress.hasEnded = true
    // A connection that cannot even roll back is thrown away rather than handed to the next.
    await client.query('rollback').catch((reason: unknown) => {
      broken = reason instanceof Error ? reason : new Error(String(reason))
    })
    throw error
  } finally {
    client.release(broken)
  }
}

function transaction(client: pg.ClientBase, tenantId: string, progress: Progress): Tx {
  let builder: Knex | undefined
  const whileOpen = (): pg.ClientBase => {
    if (progress.hasEnded) throw new Error('this transaction has ended')
    return client
  }
  const statements = queryable(whileOpen)
  return {
    ...statements,
    tenantId,
    get knex() {
      return (builder ??= builderOn(whileOpen))
    },
    last: (name, sql, params) => {
      const rows = statements.named<never>(name, sql, params)
      if (!progress.hasEnded) end(client, progress)
      return rows
    },
  }
}

function queryable(on: () => pg.ClientBase | pg.Pool): Queryable {
  const query = async <Row extends pg.QueryResultRow>(text: string, params: Params = [], name?: string) =>
    on().query<Row>({ text, values: [...params], ...(name === undefined ? {} : { name }) })
  return {
    query: async <Row extends pg.QueryResultRow>(sql: string, params?: Params, name?: string) =>
      (await query<Row>(sql, params, name)).rows,
    one: async <Row extends pg.QueryResultRow>(
      sql: string,
      params?: Params,
      name?: string,
    ): Promise<Row | undefined> => (await query<Row>(sql, params, name)).rows.at(0),
    run: async (sql, params, name) => (await query(sql, params, name)).rowCount ?? 0,
    named: async <Row extends pg.QueryResultRow>(name: string, text: string, params: Params = []) =>
      (await query<Row>(text, params, name)).rows,
  }
}
