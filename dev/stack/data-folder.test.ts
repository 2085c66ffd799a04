import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assertOurs, openDataFolder } from './data-folder.ts'

const own = process.getuid?.() ?? 0
const somebodyElse = own + 1

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-data-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('the data folder', () => {
  it('is made where it is asked for', () => {
    expect(openDataFolder(join(folder, 'a', 'b'))).toBe(join(folder, 'a', 'b'))
  })

  it('is refused in one sentence where none can be', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => openDataFolder(join(folder, 'file'))).toThrow(
      /cannot be written \(EEXIST\): set COUNTERSIGN_DATA/,
    )
  })

  it('of another user is refused, except by root', () => {
    writeFileSync(join(folder, 'secrets.json'), '')
    expect(() => {
      assertOurs(folder, somebodyElse)
    }).toThrow(
      `secrets.json belongs to another user (was Countersign started as root?): give the folder back (sudo chown -R ${String(somebodyElse)}`,
    )
    expect(() => {
      assertOurs(folder, own)
      assertOurs(folder, 0)
    }).not.toThrow()
  })

  it('may hold foreign things that are not parts of the stack', () => {
    writeFileSync(join(folder, 'lost+found'), '')
    expect(() => {
      assertOurs(folder, somebodyElse)
    }).not.toThrow()
  })
})
