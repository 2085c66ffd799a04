import { expect, it } from 'vitest'
import { parseMatchCode, showMatchCode } from './match-code.ts'

it.each(['123456', ' 123 456 ', '123-456', '１２３４５６', '١٢٣٤٥٦', '۱۲۳۴۵۶', '\u200e123456'])(
  'reads %j as the code it is',
  (typed) => {
    expect(parseMatchCode(typed)).toEqual({ ok: true, value: '123456' })
  },
)

it.each(['', '12345', '1234567', '12345a', '12.3456', '１２３４５', 'abcdef', '123456; drop'])(
  'C6: %j is malformed, which is no try',
  (typed) => {
    expect(parseMatchCode(typed)).toEqual({ ok: false, error: 'six_digits_needed' })
  },
)

it('shows a code in two groups, leading zeros and all', () => {
  expect(showMatchCode('004210')).toBe('004 210')
})
