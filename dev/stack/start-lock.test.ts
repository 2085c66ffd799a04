import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashSources } from './fresh-build.ts'
import { takeStartLock } from './start-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-start-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('a data folder', () => {
  it('is taken by one start at a time, which is named', async () => {
    const script = join(folder, 'dev', 'stack', 'start.ts')
    mkdirSync(join(folder, 'dev', 'stack'), { recursive: true })
    writeFileSync(script, "console.log('up'); setInterval(() => {}, 1000)")
    const other = spawn(process.execPath, [script])
    await new Promise((resolve) => other.stdout.once('data', resolve))
    writeFileSync(join(folder, 'start.pid'), String(other.pid))
    expect(() => takeStartLock(folder)).toThrow(`already running on ${folder} (process ${String(other.pid)})`)
    other.kill('SIGKILL')
    await new Promise((resolve) => other.once('close', resolve))
    expect(takeStartLock(folder).wasLeftBehind).toBe(true)
  })

  it('is free when the number in the file now belongs to another program', () => {
    writeFileSync(join(folder, 'start.pid'), String(process.ppid))
    expect(takeStartLock(folder).wasLeftBehind).toBe(true)
  })

  it('is free again after a release', () => {
    const lock = takeStartLock(folder)
    expect(lock.wasLeftBehind).toBe(false)
    lock.release()
    expect(existsSync(join(folder, 'start.pid'))).toBe(false)
  })
})

it('a build is stale after a change of a source, not of a test', () => {
  mkdirSync(join(folder, 'domain'))
  writeFileSync(join(folder, 'domain', 'a.ts'), '1')
  const before = hashSources(folder)
  writeFileSync(join(folder, 'domain', 'a.test.ts'), 'x')
  expect(hashSources(folder)).toBe(before)
  writeFileSync(join(folder, 'domain', 'a.ts'), '2')
  expect(hashSources(folder)).not.toBe(before)
})
