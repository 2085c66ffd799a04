import { createClient, type ClickHouseClient, ClickHouseLogLevel } from '@clickhouse/client'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startClickHouse } from './clickhouse.ts'
import { pickFreePort } from '../ports.ts'

const url = inject('clickhouseUrl')
const isEmbedded = process.env['CLICKHOUSE_URL'] === undefined
const table = `check_${randomUUID().replaceAll('-', '')}`

function connect(options: { compression?: boolean } = {}): ClickHouseClient {
  const on = options.compression ?? false
  return createClient({
    url,
    log: { level: ClickHouseLogLevel.OFF },
    compression: { request: on, response: on },
  })
}

let client: ClickHouseClient

async function rows(query: string, params: Record<string, unknown> = {}, settings = {}): Promise<unknown> {
  const result = await client.query({
    query,
    query_params: params,
    format: 'JSONEachRow',
    clickhouse_settings: settings,
  })
  return result.json()
}

beforeAll(async () => {
  client = connect()
  const layout = 'ENGINE = MergeTree ORDER BY id SETTINGS non_replicated_deduplication_window = 100'
  await client.command({ query: `CREATE TABLE ${table} (id UInt32, text String) ${layout}` })
})

afterAll(async () => {
  await client.command({ query: `DROP TABLE IF EXISTS ${table}` })
  await client.close()
})

describe('the official client', () => {
  it('gets back the rows it inserted, quotes and line breaks included', async () => {
    const values = [{ id: 1, text: "it's a \\ \n line" }]
    const { summary } = await client.insert({ table, values, format: 'JSONEachRow' })
    expect(summary?.written_rows).toBe('1')
    expect(await rows(`SELECT * FROM ${table} WHERE id = 1`)).toEqual(values)
  })

  it('inserts only the named columns', async () => {
    await client.insert({ table, values: [{ id: 2 }], columns: ['id'], format: 'JSONEachRow' })
    expect(await rows(`SELECT text FROM ${table} WHERE id = 2`)).toEqual([{ text: '' }])
  })

  it('inserts a block with a known deduplication token only once', async () => {
    const block = { table, values: [{ id: 3, text: 'x' }], format: 'JSONEachRow' } as const
    const clickhouse_settings = { insert_deduplication_token: randomUUID() }
    await client.insert({ ...block, clickhouse_settings })
    await client.insert({ ...block, clickhouse_settings })
    expect(await rows(`SELECT toUInt32(count()) AS n FROM ${table} WHERE id = 3`)).toEqual([{ n: 1 }])
  })

  it('reads a result of many blocks whole, as rows and as one document', async () => {
    const query = 'SELECT number FROM numbers(300000)'
    expect(await rows(query)).toHaveLength(300_000)
    const document = await client.query({ query, format: 'JSON' })
    expect((await document.json()).rows).toBe(300_000)
  })

  it('compresses both ways', async () => {
    const compressed = connect({ compression: true })
    await compressed.insert({ table, values: [{ id: 4, text: 'zip' }], format: 'JSONEachRow' })
    const result = await compressed.query({
      query: `SELECT text FROM ${table} WHERE id = 4`,
      format: 'JSONEachRow',
    })
    expect(await result.json()).toEqual([{ text: 'zip' }])
    await compressed.close()
  })

  it('gets code and kind of an error', async () => {
    await expect(rows('SELECT * FROM there_is_no_such_table')).rejects.toMatchObject({
      code: '60',
      type: 'UNKNOWN_TABLE',
    })
    await expect(rows('SELEC 1')).rejects.toMatchObject({ code: '62' })
    await expect(rows('SELECT sleep(3)', {}, { max_execution_time: 1 })).rejects.toMatchObject({
      code: '159',
    })
  })
})

describe('parameters', () => {
  const hostile = [
    `"]; DROP TABLE ${table}; --`,
    `'; DROP TABLE ${table}; --`,
    `\\'; DROP TABLE ${table}; --`,
    "'",
    '\\',
  ]

  it('are values and never become statements', async () => {
    expect(await rows('SELECT {a:Array(String)} AS a', { a: hostile })).toEqual([{ a: hostile }])
    for (const a of hostile) expect(await rows('SELECT {a:String} AS a', { a })).toEqual([{ a }])
    expect(await rows(`EXISTS TABLE ${table}`)).toEqual([{ result: 1 }])
  })

  it('keep NULL, numbers and times', async () => {
    const params = { n: null, i: 7, d: new Date('2026-01-02T03:04:05.678Z') }
    const query = "SELECT {n:Nullable(String)} AS n, {i:Int32} AS i, toString({d:DateTime64(3, 'UTC')}) AS d"
    expect(await rows(query, params)).toEqual([{ n: null, i: 7, d: '2026-01-02 03:04:05.678' }])
  })

  it('must be given, also when an earlier request gave one of that name', async () => {
    await rows('SELECT {once:String} AS a', { once: 'x' })
    await Promise.all(
      Array.from({ length: 5 }, () =>
        expect(rows('SELECT {once:String} AS a')).rejects.toMatchObject({ code: '456' }),
      ),
    )
  })

  it('may travel in a multipart body', async () => {
    const result = await client.query({
      query: 'SELECT {a:String} AS a',
      query_params: { a: "l'été" },
      use_multipart_params: true,
      format: 'JSONEachRow',
    })
    expect(await result.json()).toEqual([{ a: "l'été" }])
  })
})

it('refuses several statements in one request', async () => {
  await expect(rows(`SELECT 1; DROP TABLE ${table}`)).rejects.toMatchObject({ code: '62' })
})

it('forgets the settings of a request after it', async () => {
  await rows('SELECT 1', {}, { max_result_rows: 1, result_overflow_mode: 'throw' })
  await Promise.all(
    Array.from({ length: 8 }, async () => expect(await rows('SELECT * FROM numbers(9)')).toHaveLength(9)),
  )
})

describe.runIf(isEmbedded)('the embedded front', () => {
  it('refuses requests that a web page could send', async () => {
    const page = await fetch(`${url}/?query=SELECT+1`, { headers: { origin: 'https://example.com' } })
    expect(page.status).toBe(403)
  })

  it('writes nothing on GET', async () => {
    const response = await fetch(`${url}/?query=${encodeURIComponent(`DROP TABLE ${table}`)}`)
    expect(response.ok).toBe(false)
    expect(await rows(`EXISTS TABLE ${table}`)).toEqual([{ result: 1 }])
  })

  it('takes over a folder whose holder was killed, and keeps what was acknowledged', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'countersign-clickhouse-'))
    const first = await startClickHouse({ dataDir, port: await pickFreePort() })
    const writer = createClient({ url: first.url })
    await writer.command({ query: 'CREATE TABLE kept (id UInt32) ENGINE = MergeTree ORDER BY id' })
    await writer.insert({ table: 'kept', values: [{ id: 1 }], format: 'JSONEachRow' })
    await writer.close()
    if (first.child.pid !== undefined) process.kill(first.child.pid, 'SIGKILL')
    const second = await startClickHouse({ dataDir, port: await pickFreePort() })
    const reader = createClient({ url: second.url })
    const result = await reader.query({ query: 'SELECT * FROM kept', format: 'JSONEachRow' })
    expect(await result.json()).toEqual([{ id: 1 }])
    await reader.close()
    await second.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
})
