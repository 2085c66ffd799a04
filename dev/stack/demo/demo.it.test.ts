import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { useDatabase } from '#platform/database/testing/open.ts'
import { createKeyFiles } from '#platform/crypto/key-files.ts'
import { prepareDemo } from './demo.ts'

const database = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'countersign-demo-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

it('data that another version wrote end the start in one sentence that says what to do', async () => {
  await database.owner.query("update schema_checksums set checksum = 'another' where name = 'verifications'")
  const options = {
    databaseUrl: database.addresses.ownerUrl,
    keyFile: createKeyFiles(folder).worker,
    issuer: 'http://127.0.0.1:1',
  }
  const said =
    'The database was written by another version of Countersign (migration verifications differs). '
  const message = (dataFolder?: string) => prepareDemo({ ...options, dataFolder }).catch(String)
  expect(await message('/data')).toBe(
    `Error: ${said}Move /data away to keep it, or let \`npm run db:reset\` begin anew.`,
  )
  expect(await message()).toBe(
    `Error: ${said}Name an empty database in DATABASE_URL, or let \`npm run db:reset\` empty this one.`,
  )
})

it('a step that the database refuses ends the start in one sentence that says what to do', async () => {
  await database.owner.query('drop schema public cascade')
  await database.owner.query('create schema public')
  await database.owner.query('create table people (note text)')
  const options = {
    databaseUrl: database.addresses.ownerUrl,
    keyFile: createKeyFiles(folder).worker,
    issuer: 'http://127.0.0.1:1',
  }
  expect(await prepareDemo(options).catch(String)).toBe(
    'Error: Migration people failed (42P07) and changed nothing: something of that name is in the database ' +
      'already, so name an empty one in DATABASE_URL, then migrate again.',
  )
})
