import { expect, it } from 'vitest'
import { lookFor } from './link-step.ts'

const answers = <T>(...list: T[]) => {
  const ask = () => Promise.resolve(list.shift() as T)
  return { ask, left: list }
}

it.each([
  ['a link that works', ['page'], [], 'page'],
  ['one whose sending is not recorded yet', [null], [true], 'soon'],
  ['one whose record came between two looks', [null, 'page'], [false], 'page'],
  ['a dead one', [null, null], [false], null],
] as const)('%s', async (_name, reads, soon, expected) => {
  const [read, isSoon] = [answers<string | null>(...reads), answers<boolean>(...soon)]
  expect(await lookFor(read.ask, isSoon.ask)).toBe(expected)
  expect([read.left, isSoon.left]).toEqual([[], []])
})
