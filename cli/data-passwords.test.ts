import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { breachedFile, createBreachedPasswords } from '#platform/crypto/breached-passwords.ts'
import { commands } from './commands.ts'
import { barOn, makeFilter } from './data-passwords.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'data-passwords-'))
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})
const corpus = (text: string | Buffer): string => {
  writeFileSync(join(dir, 'corpus.txt'), text)
  return join(dir, 'corpus.txt')
}
const run = (path: string): Promise<string> =>
  commands['data']?.run(['passwords', path], { DATA_DIR: dir }) ??
  Promise.reject(new Error('no such command'))
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()
const has = (password: string) =>
  createBreachedPasswords(dir, (sentence) => {
    throw new Error(sentence)
  }).has(password)

describe('data passwords', () => {
  it.each([
    ['passwords', (word: string) => word],
    ['SHA-1', sha1],
    ['SHA-1 and how often each was seen', (word: string) => `${sha1(word).toLowerCase()}:31415`],
  ])('makes a filter of a list of %s', async (_name, line) => {
    const words = ['winter is over', 'grüner Tee', 'pa:ss', '密码密码']
    const told = await run(corpus(words.map(line).join('\r\n')))
    expect(told).toBe(
      '4 breached passwords are in the filter (1 KiB). It takes one in 1,000 others for one of them.',
    )
    expect(words.map(has)).toEqual([true, true, true, true])
    expect(has('summer is over')).toBe(false)
    expect(readdirSync(dir).toSorted()).toEqual([breachedFile, 'corpus.txt'])
  })

  it('takes a list that is longer than one read, with empty lines and lines that are too long', async () => {
    const many = Array.from({ length: 200_000 }, (_, n) => `password ${String(n)}`)
    const shares: number[] = []
    const text = `\n${many.join('\n')}\n\n${'x'.repeat(5_000)}\n`
    const told = await makeFilter(corpus(text), dir, (share) => shares.push(share))
    expect(told).toContain('200000 breached passwords')
    expect(told).toContain('Lines that were too long for a password: 1.')
    expect(many.filter((_, n) => n % 997 === 0).every(has)).toBe(true)
    expect(shares.length).toBeGreaterThan(3)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
  })

  it.each([
    ['', 'the file is empty'],
    ['\n\n', 'the file is empty'],
    [`${'A'.repeat(32)}:5\n`, 'the file holds NTLM hashes; take the download with SHA-1'],
    [`${sha1('one')}:5\n${sha1('two')}:x\n`, 'line 2 is no SHA-1, but the first line is'],
    [Buffer.alloc(3_000_000, 'x'), 'the file has no lines'],
  ])('leaves the filter that is there as it is: %#', async (text, reason) => {
    await run(corpus('older\n'))
    const before = readFileSync(join(dir, breachedFile))
    await expect(run(corpus(text))).rejects.toThrow(`Nothing was changed: ${reason}.`)
    expect(readFileSync(join(dir, breachedFile))).toEqual(before)
    expect(readdirSync(dir).toSorted()).toEqual([breachedFile, 'corpus.txt'])
  })

  it('names a file that is not there', async () => {
    await expect(run('/none.txt')).rejects.toThrow(/^Nothing was changed: ENOENT/)
    expect(existsSync(join(dir, breachedFile))).toBe(false)
  })

  it('draws a bar on a terminal alone', () => {
    const written: string[] = []
    const out = (isTTY: boolean) =>
      barOn({ isTTY, write: (text: string) => written.push(text) } as never as NodeJS.WriteStream)
    out(false)(0.5)
    expect(written).toEqual([])
    const bar = out(true)
    for (const share of [0, 0.501, 0.502, 1]) bar(share)
    expect(written).toEqual([
      `\r${'░'.repeat(25)}   0 %`,
      `\r${'█'.repeat(12)}${'░'.repeat(13)}  50 %`,
      `\r${'█'.repeat(25)} 100 %\n`,
    ])
  })
})
