import fc from 'fast-check'

const [firstSurrogate, afterSurrogates, last] = [0xd800, 0xe000, 0x10_ffff]
const surrogates = afterSurrogates - firstSurrogate

/**
 * Every character of Unicode, as `unit` of a string: the same as fast-check's `binary`, which first writes a table of all
 * of them, a second of work in every process.
 */
export const anyCharacter: fc.Arbitrary<string> = fc.nat(last - surrogates).map(
  (index) => String.fromCodePoint(index < firstSurrogate ? index : index + surrogates),
  (character) => {
    const code = typeof character === 'string' ? character.codePointAt(0) : undefined
    if (code === undefined || String.fromCodePoint(code) !== character)
      throw new TypeError('not one character')
    if (code >= firstSurrogate && code < afterSurrogates) throw new TypeError('half of a character')
    return code < firstSurrogate ? code : code - surrogates
  },
)
