import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  breachedFile,
  createBreachedPasswords,
  digestOf,
  everyPlace,
  headBytes,
  sizeFor,
  writeHead,
} from './breached-passwords.ts'
import { createPasswordEstimate } from './password-quality.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'breached-'))
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})

const filterOf = (passwords: readonly string[], rate = 0.001): Buffer => {
  const head = { entries: passwords.length, rate, madeAt: 0, ...sizeFor(passwords.length, rate) }
  const bits = Buffer.alloc(head.bits / 8)
  for (const password of passwords)
    everyPlace(digestOf(password), head, (place) => {
      bits[Math.floor(place / 8)]! |= 1 << (place % 8)
      return true
    })
  return Buffer.concat([writeHead(head), bits])
}
const put = (bytes: Buffer) => {
  writeFileSync(join(dir, 'new'), bytes)
  renameSync(join(dir, 'new'), join(dir, breachedFile))
}
const told: string[] = []
const opened = () => {
  told.length = 0
  return createBreachedPasswords(dir, (sentence) => told.push(sentence))
}

describe('N5: the filter of breached passwords', () => {
  it('has every password that was put in, also with capitals, and few others', () => {
    const inside = Array.from({ length: 5_000 }, (_, n) => `breached password ${String(n)}`)
    put(filterOf([...inside, 'Grüße aus Köln']))
    const { has } = opened()
    expect(inside.every(has)).toBe(true)
    expect(['Grüße aus Köln', 'BREACHED Password 17'].map(has)).toEqual([true, true])
    const others = Array.from({ length: 20_000 }, (_, n) => `another password ${String(n)}`).filter(has)
    expect(others.length).toBeGreaterThan(2)
    expect(others.length).toBeLessThan(60)
  })

  it('makes a rule of the server unmet', async () => {
    put(filterOf(['seven green kettles at dawn']))
    const estimate = createPasswordEstimate(opened())
    expect(await estimate('seven green kettles at dawn', [])).toEqual({ isCommon: true, score: 4 })
    expect(await estimate('eight green kettles at dawn', [])).toEqual({ isCommon: false, score: 4 })
  })

  it('counts as none while there is none, and is read as soon as one is there or takes its place', () => {
    const { has } = opened()
    expect(has('first')).toBe(false)
    put(filterOf(['first']))
    expect(['first', 'second'].map(has)).toEqual([true, false])
    put(filterOf(['second', 'third']))
    expect(['first', 'second'].map(has)).toEqual([false, true])
    rmSync(join(dir, breachedFile))
    expect(has('second')).toBe(false)
    expect(told).toEqual([])
  })

  it.each([
    ['another file', () => Buffer.from('x'.repeat(500)), 'the file is no filter of passwords'],
    ['an empty file', () => Buffer.alloc(0), 'the file is no filter of passwords'],
    [
      'a file that is cut off',
      () => filterOf(['one', 'two']).subarray(0, headBytes + 1),
      /^the filter has 65 bytes/,
    ],
    [
      'a head that makes no sense',
      () => writeHead({ entries: 1, bits: 8, hashes: 1e9, rate: 0, madeAt: 0 }),
      'the head of the filter makes no sense',
    ],
  ])('%s counts as none, and its problem is reported once', (_name, bytes, sentence) => {
    put(bytes())
    const { has } = opened()
    expect([has('one'), has('two')]).toEqual([false, false])
    expect(told).toEqual([expect.stringMatching(sentence)])
    put(filterOf(['one']))
    expect(has('one')).toBe(true)
  })
})
