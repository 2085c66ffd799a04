import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inMemory } from './bytes-at.ts'
import { ChangedFile, PagedFile } from './paged-file.ts'

/** More pages than are kept, and a last one that is not full. */
const size = 700_000 - 4
const content = new Uint8Array(size)
for (let at = 0; at < size; at += 1) content[at] = (at * 31 + (at >>> 8) * 17) & 255

/** An assertion over every byte takes seconds. */
const isContent = (bytes: Uint8Array): boolean => Buffer.compare(bytes, content) === 0

let dir: string
let path: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'paged-'))
  path = join(dir, 'file')
  writeFileSync(path, content)
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})

describe('a file read page by page', () => {
  it('reads what the same bytes in memory say, wherever it is asked and however often', () => {
    const [file, whole] = [new PagedFile(path), inMemory(content)]
    expect(file.length).toBe(size)
    for (let step = 0; step < 5_000; step += 1) {
      const at = ((step * 7919 * 8) % (size - 8)) & ~7
      const isSame =
        file.byte(at + 3) === whole.byte(at + 3) &&
        file.u32(at + 4) === whole.u32(at + 4) &&
        file.u64(at) === whole.u64(at)
      if (!isSame) throw new Error(`another value at ${String(at)}`)
    }
    expect(file.u32(size - 4)).toBe(whole.u32(size - 4))
  })

  it('copies across the edges of pages, up to the whole', () => {
    const file = new PagedFile(path)
    expect(isContent(file.copy(0, size))).toBe(true)
    expect(file.copy(2_040, 4_100)).toEqual(content.slice(2_040, 4_100))
    expect(file.copy(9, 9)).toEqual(new Uint8Array(0))
  })

  it('knows the checksum of the whole', () => {
    expect(new PagedFile(path).sha256).toBe(createHash('sha256').update(content).digest('hex'))
  })

  it('throws for a page that was changed or cut off since, and still reads those that were not', () => {
    const file = new PagedFile(path)
    const changed = content.slice()
    changed[300_000] = (changed[300_000] ?? 0) ^ 1
    writeFileSync(path, changed)
    expect(() => file.byte(300_001)).toThrow(ChangedFile)
    // Once more: a page that was refused is not taken the second time either.
    expect(() => file.byte(300_001)).toThrow(ChangedFile)
    expect(file.byte(200_000)).toBe(content[200_000])
    truncateSync(path, 1_000)
    expect(() => file.byte(400_000)).toThrow(ChangedFile)
  })

  it('reads on when its name is gone or leads to another file', () => {
    const file = new PagedFile(path)
    rmSync(path)
    writeFileSync(path, 'another')
    expect(isContent(file.copy(0, size))).toBe(true)
    expect(readFileSync(path, 'utf8')).toBe('another')
  })

  it('is empty for an empty file', () => {
    writeFileSync(path, '')
    expect([new PagedFile(path).length, new PagedFile(path).copy(0, 0).length]).toEqual([0, 0])
  })
})
