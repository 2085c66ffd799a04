import { expect, it } from 'vitest'
import { phraseOf, phraseWords } from './phrase.ts'

const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, x] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, y] of [...b].entries())
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (x === y ? 0 : 1)))
    row = next
  }
  return row.at(-1)!
}

it('B11: two lists of 128 short words, none near another, none in both', () => {
  const [first, second] = phraseWords
  expect([new Set(first).size, new Set(second).size, new Set([...first, ...second]).size]).toEqual([
    128, 128, 256,
  ])
  for (const list of phraseWords)
    for (const [index, word] of list.entries()) {
      expect(word).toMatch(/^[a-z]{3,9}$/)
      for (const other of list.slice(index + 1))
        expect([word, other, editDistance(word, other) >= 3]).toEqual([word, other, true])
    }
})

it('B11: the phrase follows from the id alone, and reaches every word', () => {
  const id = (bits: number) => `0190c5e2-7d11-7000-8000-12345678${bits.toString(16).padStart(4, '0')}`
  const phrases = Array.from({ length: 16_384 }, (_, bits) => phraseOf(id(bits)))
  expect(new Set(phrases).size).toBe(16_384)
  expect(phraseOf(id(77).toUpperCase())).toBe(phrases[77])
  expect(() => phraseOf('no id')).toThrow(RangeError)
})
