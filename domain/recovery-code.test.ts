import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asRecoveryCode, codeAlphabet, codeRandomLength, recoveryCodeOf } from './recovery-code.ts'

const values = fc.array(fc.nat(codeAlphabet.length - 1), {
  minLength: codeRandomLength,
  maxLength: codeRandomLength,
})
const code = values.map(recoveryCodeOf)
const swapped = (text: string, at: number): string =>
  text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2)
const plain = (text: string): string => text.replaceAll('-', '')

describe('a code of a printed sheet', () => {
  it('has 50 bits and more, in three groups, of characters that are not read for one another', () => {
    expect(codeRandomLength * Math.log2(codeAlphabet.length)).toBeGreaterThan(50)
    expect(new Set(codeAlphabet).size).toBe(codeAlphabet.length)
    for (const pair of ['0O', '1I', '2Z', '5S', '8B', 'UV'])
      expect(Array.from(pair).filter((character) => codeAlphabet.includes(character)).length).toBeLessThan(2)
    fc.assert(
      fc.property(code, (text) => {
        expect(text).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}$/)
      }),
    )
  })

  it('is the same however it is typed', () => {
    fc.assert(
      fc.property(code, (text) => {
        for (const typed of [text, text.toLowerCase(), plain(text), ` ${text.replaceAll('-', ' – ')}\n`])
          expect(asRecoveryCode(typed)).toBe(text)
      }),
    )
  })

  it('shows every wrong character, and every two that changed places', () => {
    fc.assert(
      fc.property(code, fc.nat(14), fc.constantFrom(...codeAlphabet), (text, at, other) => {
        const typed = plain(text)
        const wrong = typed.slice(0, at) + other + typed.slice(at + 1)
        expect(asRecoveryCode(wrong) === null).toBe(wrong !== typed)
        const turned = swapped(typed, Math.min(at, 13))
        // The check character at the end may change places with one that gives itself.
        if (at < 13) expect(asRecoveryCode(turned) === null).toBe(turned !== typed)
      }),
    )
  })

  it.each([
    ['', 'too short'],
    ['34679-34679', 'too short'],
    ['34679-34679-34679-3', 'too long'],
    ['0OI1L-BS258-ZUVAE', 'other characters'],
  ])('reads %j as a typing error: %s', (typed) => {
    expect(asRecoveryCode(typed)).toBeNull()
  })
})
