import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pickFreePort } from '../ports.ts'
import { startPostgres } from './postgres.ts'

let folder: string
let dataDir: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-postgres-'))
  chmodSync(folder, 0o755)
  dataDir = join(folder, 'postgres')
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function ask(connectionString: string, query: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(query)
    return rows.flatMap((row) => Object.values(row))
  } finally {
    await client.end()
  }
}

async function start(password = "a'b c"): ReturnType<typeof startPostgres> {
  return startPostgres({ dataDir, port: await pickFreePort(), mode: 'durable', password })
}

/** A process that starts the database on the folder and then waits to be killed. */
async function startInAnotherProcess(): Promise<{ url: string; kill: () => void }> {
  const program = fileURLToPath(new URL('postgres.ts', import.meta.url))
  const script =
    `const { startPostgres } = await import(${JSON.stringify(pathToFileURL(program).href)});` +
    `const { url } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, port: ${String(await pickFreePort())},` +
    ` mode: 'durable', password: 'secret' }); console.log(url); setInterval(() => undefined, 1000)`
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const child = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', script])
  const url = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => {
      resolve(chunk.toString().trim())
    })
  })
  return { url, kill: () => child.kill('SIGKILL') }
}

function postmasterPid(): number {
  return Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])
}

describe('embedded PostgreSQL', () => {
  it('keeps its rows over a restart and asks for the password', async () => {
    const first = await start()
    await ask(first.url, 'create table kept as select 7 as n')
    await first.stop()
    const second = await start()
    expect(await ask(second.url, 'select n from kept')).toEqual([7])
    const withoutPassword = second.url.replace(/:[^:@]+@/, ':wrong@')
    await expect(ask(withoutPassword, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    await second.stop()
    expect(existsSync(join(dataDir, 'postmaster.pid'))).toBe(false)
  })

  it('never runs as root and listens on loopback only', async () => {
    const { url, stop } = await start()
    const status = readFileSync(`/proc/${String(postmasterPid())}/status`, 'utf8')
    const uid = /^Uid:\s+(\d+)/m.exec(status)?.[1]
    const map = readFileSync(`/proc/${String(postmasterPid())}/uid_map`, 'utf8').trim()
    // Seen from outside, a user namespace shows our own account; inside it, the server is nobody.
    expect(uid !== '0' || map.startsWith('65534')).toBe(true)
    expect(await ask(url, 'show listen_addresses')).toEqual(['127.0.0.1'])
    await stop()
  })

  it.runIf(process.getuid?.() === 0)('runs from a folder that only root may enter', async () => {
    chmodSync(folder, 0o700)
    const { url, stop } = await start()
    expect(await ask(url, 'select 1')).toEqual([1])
    await stop()
    chmodSync(folder, 0o755)
    const again = await start()
    expect(await ask(again.url, 'select 1')).toEqual([1])
    await again.stop()
  })

  it('ends with the process that started it, even when that is killed', async () => {
    const other = await startInAnotherProcess()
    const pid = postmasterPid()
    other.kill()
    await expect.poll(() => existsSync(`/proc/${String(pid)}/cwd`), { timeout: 5000 }).toBe(false)
  })

  it('ends a server that an earlier start left behind, and keeps its rows', async () => {
    const orphan = await startInAnotherProcess()
    await ask(orphan.url, 'create table kept as select 1 as n')
    const pid = postmasterPid()
    const { url, stop } = await start('secret')
    expect(postmasterPid()).not.toBe(pid)
    expect(await ask(url, 'select n from kept')).toEqual([1])
    await stop()
    orphan.kill()
  })

  it('starts over a pid file whose process is gone', async () => {
    const first = await start()
    const pid = postmasterPid()
    await first.stop()
    writeFileSync(join(dataDir, 'postmaster.pid'), `${String(pid)}\n${dataDir}\n`)
    const second = await start()
    expect(await ask(second.url, 'select 1')).toEqual([1])
    await second.stop()
  })

  it('starts over a cluster whose creation was interrupted', async () => {
    mkdirSync(`${dataDir}.partial/base`, { recursive: true })
    mkdirSync(dataDir)
    const { url, stop } = await start()
    expect(await ask(url, 'select 1')).toEqual([1])
    await stop()
  })

  it('says what to do about a lost password, another version and a foreign folder', async () => {
    const { stop } = await start()
    await stop()
    await expect(start('another')).rejects.toThrow('secrets.json')
    writeFileSync(join(dataDir, 'PG_VERSION'), '15\n')
    await expect(start()).rejects.toThrow('made by PostgreSQL 15')
    rmSync(join(dataDir, 'PG_VERSION'))
    await expect(start()).rejects.toThrow('not a PostgreSQL data folder')
  })
})
