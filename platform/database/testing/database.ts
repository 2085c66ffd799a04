/** A migrated database of its own for each test process, copied from a template that is made once per run. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
// Makes `databaseUrl` known to vitest's types.
import type {} from '#dev/stack/testing/stack.ts'
import { connect, type Db } from '../connect.ts'
import { migrate } from '../migrate.ts'

const template = 'countersign_template'
/** Test processes take turns: the first makes the template, and nobody copies it half-made. */
const templateLock = 7_301_945

/** Addresses of one test database, one for each role, and its end. */
export type TestDatabase = {
  readonly name: string
  /** The owner is a superuser here, so row-level security does not hold it: for preparing and looking, never for proving. */
  readonly ownerUrl: string
  readonly apiUrl: string
  readonly workerUrl: string
  drop(): Promise<void>
}

/** Creates a database with every table and no rows. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await administer(async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock])
    const found = await client.query('select from pg_database where datname = $1', [template])
    if (found.rowCount === 0) await makeTemplate(client)
    await client.query(`create database ${name} template ${template}`)
  })
  return {
    name,
    ownerUrl: addressOf(name),
    apiUrl: addressOf(name, 'countersign_api'),
    workerUrl: addressOf(name, 'countersign_worker'),
    drop: () =>
      administer(async (client) => {
        await client.query(`drop database if exists ${name} with (force)`)
      }),
  }
}

/** A small pool on one of the addresses. */
export const connectTest = (url: string, max = 4): Db =>
  connect({ url, max, applicationName: 'countersign-test', statementTimeoutMs: 15_000 })

async function makeTemplate(client: pg.Client): Promise<void> {
  const half = `${template}_half`
  await client.query(`drop database if exists ${half} with (force)`)
  await client.query(`create database ${half}`)
  await migrate(addressOf(half))
  // In an install the roles get their passwords from the operator; the test cluster asks for none.
  for (const role of ['countersign_api', 'countersign_worker']) await client.query(`alter role ${role} login`)
  await client.query(`alter database ${half} rename to ${template}`)
}

function addressOf(database: string, role?: string): string {
  const url = new URL(inject('databaseUrl'))
  url.pathname = `/${database}`
  if (role !== undefined) url.username = role
  return url.href
}

async function administer(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: addressOf('postgres') })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
