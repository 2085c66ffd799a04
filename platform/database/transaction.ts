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

/** One open transaction. */
export type Tx = Queryable & {
  /** The tenant whose rows are visible; empty in a relay transaction, which sees only the outbox. */
  readonly tenantId: string
  /** A query builder on this very connection and transaction, for the models. Made when first asked for. */
  readonly knex: Knex
}

/**
 * Runs `work` in one transaction that sees and writes the rows of one tenant only (security.md I4). The tenant is set for
 * this transaction alone, so a pooled connection carries nothing over.
 * @throws whatever `work` throws, after a rollback; an error of COMMIT means that the outcome is unknown (security.md §4.1)
 */
export const inTenant = <T>(db: Db, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(db, 'app.tenant', tenantId, tenantId, work)

/**
 * Like `inTenant`, and everything that `work` reads is of one moment, however many statements it takes. It cannot write.
 */
export const inSnapshot = <T>(db: Db, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(db, 'app.tenant', tenantId, tenantId, work, 'isolation level repeatable read read only')

/** Runs `work` where the outbox rows of all tenants are visible, and nothing else (worker role only). */
export const inRelay = <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(db, 'app.relay', 'on', '', work)

/** Runs single statements outside any tenant: the `resolve_…` functions, `tenant_ids()`, sign-in transactions. */
export const outsideTenants = (db: Db): Queryable => queryable(db.pool)

const quoted = (text: string): string => pg.escapeLiteral(text)

async function inTransaction<T>(
  db: Db,
  setting: string,
  value: string,
  tenantId: string,
  work: (tx: Tx) => Promise<T>,
  mode: '' | 'isolation level repeatable read read only' = '',
): Promise<T> {
  const client = await db.pool.connect()
  let broken: Error | undefined
  try {
    // Both in one trip: a verification is some sixteen transactions.
    await client.query(`begin ${mode}; select set_config(${quoted(setting)}, ${quoted(value)}, true)`)
    const result = await work(transaction(client, tenantId))
    await client.query('commit')
    return result
  } catch (error) {
    // A connection that cannot even roll back is thrown away rather than handed to the next.
    await client.query('rollback').catch((reason: unknown) => {
      broken = reason instanceof Error ? reason : new Error(String(reason))
    })
    throw error
  } finally {
    client.release(broken)
  }
}

function transaction(client: pg.ClientBase, tenantId: string): Tx {
  let builder: Knex | undefined
  return {
    ...queryable(client),
    tenantId,
    get knex() {
      return (builder ??= builderOn(client))
    },
  }
}

function queryable(client: pg.ClientBase | pg.Pool): Queryable {
  const query = async <Row extends pg.QueryResultRow>(text: string, params: Params = [], name?: string) =>
    client.query<Row>({ text, values: [...params], ...(name === undefined ? {} : { name }) })
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
