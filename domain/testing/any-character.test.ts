import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyCharacter } from './any-character.ts'

it('any character is one whole character, of each plane of Unicode, and what is no character is none of its values', () => {
  const planes = new Set<number>()
  for (const character of fc.sample(anyCharacter, { numRuns: 3_000, seed: 20_261_126 })) {
    expect([...character]).toHaveLength(1)
    expect(character).not.toMatch(/\p{Surrogate}/u)
    planes.add((character.codePointAt(0) ?? -1) >> 16)
  }
  expect(planes.size).toBe(17)
  // A string is shrunk from names that hurt objects; they are drawn only where every part of them passes as a character.
  for (const character of ['_', '\u{d7ff}', '\u{e000}', '\u{10ffff}'])
    expect(anyCharacter.canShrinkWithoutContext(character), character).toBe(true)
  for (const other of ['\ud800', '\udfff', 'ab', '', 7])
    expect(anyCharacter.canShrinkWithoutContext(other)).toBe(false)
  const strings = fc.sample(fc.string({ unit: anyCharacter }), { numRuns: 3_000, seed: 20_261_126 })
  expect(strings).toContain('__proto__')
})
