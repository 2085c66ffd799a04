import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { ClickHouseClient } from '@clickhouse/client'
import type { z } from 'zod'

/** One question to the store: SQL with `{name:Type}` placeholders, and what goes in and comes out. */
export type Report<P extends z.ZodType<Record<string, unknown>>, R extends z.ZodType> = {
  readonly name: string
  readonly sql: string
  readonly params: P
  readonly row: R
}

/** Asks. */
export interface Querier {
  /**
   * Values are bound by the server, never put into the text (K1).
   * @throws ZodError when a parameter or a row is not as the report says; the client's error when the store fails
   */
  query<P extends z.ZodType<Record<string, unknown>>, R extends z.ZodType>(
    report: Report<P, R>,
    params: z.input<P>,
  ): Promise<z.output<R>[]>
}

/** A table that takes rows. */
export type Table<R extends z.ZodType> = { readonly name: string; readonly row: R }

/** Adds rows. */
export interface Inserter {
  /**
   * Adds one block. `token` names its content: the same token again within the table's window adds nothing.
   * Returns when the store has it on disk.
   */
  insert<R extends z.ZodType>(table: Table<R>, rows: readonly z.input<R>[], token: string): Promise<void>
}

/** A process's way to the analytics store. */
export interface Analytics extends Querier, Inserter {
  /** Runs one statement that answers nothing. For migrations. */
  command(sql: string): Promise<void>
  /** True if the store answers. */
  isUp(): Promise<boolean>
  close(): Promise<void>
}

const settings = {
  // Servers before 25.8 quote 64-bit integers unless told otherwise.
  output_format_json_quote_64bit_integers: 0,
  // A share of nothing is null, not "nan".
  output_format_json_quote_denormals: 0,
  // Should a server's profile switch asynchronous inserts on, a block still counts only once it is on disk.
  wait_for_async_insert: 1,
} as const

/**
 * Connects lazily to ClickHouse, or to the embedded engine, which speaks the same protocol.
 * @param options.url `http(s)://user:password@host:port/database`
 * @param options.timeoutMs how long one request may take; a query is also ended by the server after that
 */
export function connectAnalytics(options: { readonly url: string; readonly timeoutMs: number }): Analytics {
  const client = createClient({
    url: options.url,
    request_timeout: options.timeoutMs,
    max_open_connections: 8,
    application: 'countersign',
    clickhouse_settings: settings,
    // Its lines quote statements and answers; what went wrong is thrown, and logged by our own logger.
    log: { level: ClickHouseLogLevel.OFF },
  })
  const queryLimits = { max_execution_time: Math.ceil(options.timeoutMs / 1000) }
  return {
    query: async (report, params) => {
      const answer = await client.query({
        query: report.sql,
        query_params: report.params.parse(params),
        clickhouse_settings: queryLimits,
        format: 'JSONEachRow',
      })
      return report.row.array().parse(await answer.json())
    },
    insert: (table, rows, token) => insertBlock(client, table, rows, token),
    command: async (sql) => {
      await client.command({ query: sql })
    },
    isUp: async () => (await client.ping()).success,
    close: () => client.close(),
  }
}

async function insertBlock<R extends z.ZodType>(
  client: ClickHouseClient,
  table: Table<R>,
  rows: readonly z.input<R>[],
  token: string,
): Promise<void> {
  if (rows.length === 0) return
  await client.insert({
    table: table.name,
    values: table.row.array().parse(rows),
    format: 'JSONEachRow',
    clickhouse_settings: { insert_deduplication_token: token },
  })
}

/** Holds nothing and answers nothing, but checks what it is given like the real one. For tests. */
export function noAnalytics(): Querier & Inserter {
  return {
    query: async (report, params) => {
      report.params.parse(params)
      return []
    },
    insert: async (table, rows) => {
      table.row.array().parse(rows)
    },
  }
}
