import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refreshWhenDue, type RefreshOptions } from './refresh-network-data.ts'

const now = Date.UTC(2026, 10, 25, 12)
const hour = 3_600_000
let dir: string
let options: RefreshOptions

/** Stands for the command line: notes what it was given and ends as told. */
const program = (code: number): string =>
  `require('node:fs').writeFileSync(process.env.DATA_DIR + '/called.json', JSON.stringify([process.argv.slice(2), Object.keys(process.env).sort()]))
process.exitCode = ${String(code)}`
const called = (): unknown => {
  const path = join(dir, 'called.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}
const last = (ok: boolean, hoursAgo: number): void => {
  const at = new Date(now - hoursAgo * hour).toISOString()
  writeFileSync(join(dir, 'refreshed', 'refresh.json'), JSON.stringify({ at, ok, sentence: '…' }))
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'refresh-'))
  mkdirSync(join(dir, 'refreshed'))
  options = { dataDir: dir, dataSources: join(dir, 'sources.json'), cli: join(dir, 'cli.cjs') }
  writeFileSync(options.cli, program(0))
  writeFileSync(
    options.dataSources,
    JSON.stringify({ everyHours: 12, sources: [{ kind: 'tor', from: 'https://lists.example/tor.txt' }] }),
  )
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})

describe('the refresh of the network data', () => {
  it('runs the command line, with two variables and no secret', async () => {
    expect(await refreshWhenDue(options, now)).toBe(true)
    const [args, names] = called() as [string[], string[]]
    expect(args).toEqual(['data', 'refresh'])
    expect(names).toEqual(expect.arrayContaining(['DATA_DIR', 'DATA_SOURCES']))
    expect(names.filter((name) => /URL|KEY|SECRET|TOKEN/.test(name))).toEqual([])
  })

  it.each([
    [true, 11, false],
    [true, 12, true],
    [false, 0.5, false],
    [false, 1, true],
  ])('after one that worked (%s) %d hours ago: %s', async (ok, hoursAgo, isDue) => {
    last(ok, hoursAgo)
    expect(await refreshWhenDue(options, now)).toBe(isDue)
    expect(called() !== null).toBe(isDue)
  })

  it('fails where the command line fails, or the sources cannot be read', async () => {
    writeFileSync(options.cli, program(1))
    await expect(refreshWhenDue(options, now)).rejects.toThrow('the refresh of the network data failed')
    writeFileSync(options.dataSources, '{}')
    await expect(refreshWhenDue(options, now)).rejects.toThrow('sources')
  })
})
