import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findTemporalProgram, SOURCES } from './temporal-program.ts'

/** Without the download service: a test must not depend on the network. */
const local = Object.fromEntries(Object.entries(SOURCES).filter(([name]) => !name.includes('download')))
const path = process.env['PATH']
const said: string[] = []
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-temporal-'))
  said.length = 0
  process.env['PATH'] = join(folder, 'bin')
  mkdirSync(join(folder, 'bin'))
})
afterEach(() => {
  process.env['PATH'] = path
  rmSync(folder, { recursive: true, force: true })
})

function find(): Promise<string> {
  return findTemporalProgram(
    { cacheDir: join(folder, 'cache'), notify: (sentence) => said.push(sentence) },
    local,
  )
}

function putProgram(file: string, version: string): void {
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, `#!/bin/sh\necho "temporal version ${version} (Server 1.0)"\n`)
  chmodSync(file, 0o755)
}

describe('the Temporal program', () => {
  it('on PATH comes first', async () => {
    putProgram(join(folder, 'bin', 'temporal'), '1.9.1')
    expect(await find()).toBe(join(folder, 'bin', 'temporal'))
    expect(said).toEqual([])
  })

  it('on PATH may be of another version, which is said', async () => {
    putProgram(join(folder, 'bin', 'temporal'), '1.5.0')
    expect(await find()).toBe(join(folder, 'bin', 'temporal'))
    expect(said[0]).toContain('1.5.0')
  })

  it('on PATH is passed over when too old', async () => {
    putProgram(join(folder, 'bin', 'temporal'), '1.3.9')
    await expect(find()).rejects.toThrow('is version 1.3.9, too old')
  })

  it('in the cache is used only with the recorded content', async () => {
    const cached = join(folder, 'cache', `temporal-1.9.1-${process.platform}-${process.arch}`, 'temporal')
    putProgram(cached, '1.9.1')
    writeFileSync(`${cached}.sha256`, 'of something else\n')
    await expect(find()).rejects.toThrow('its content is not what was recorded; it was removed')
    expect(existsSync(cached)).toBe(false)
  })

  it('that is nowhere ends in one message with every source and what to set', async () => {
    const message = await find().catch((error: unknown) => String(error))
    expect(message).toContain('set TEMPORAL_ADDRESS')
    expect(message).toMatch(
      /1\. TEMPORAL_ADDRESS: not set\n.*2\. .*PATH: not found\n.*3\. cached program: none yet/,
    )
    expect(message).toContain('python3 is not installed')
  })
})
