import { describe, expect, it } from 'vitest'
import { fitsSms, isGsm, smsSize } from './sms-size.ts'

describe('B22: how long an SMS is', () => {
  it.each([
    ['160 letters are one segment', 'a'.repeat(160), 'gsm7', 160, 1],
    ['161 are two, of 153 each', 'a'.repeat(161), 'gsm7', 161, 2],
    ['306 are two', 'ä'.repeat(306), 'gsm7', 306, 2],
    ['307 are three', 'a'.repeat(307), 'gsm7', 307, 3],
    ['a euro sign costs two', '€'.repeat(80), 'gsm7', 160, 1],
    [
      'a euro sign is not cut in two at the end of a segment',
      `${'a'.repeat(152)}€${'a'.repeat(152)}`,
      'gsm7',
      306,
      3,
    ],
    ['one letter outside makes all of it UCS-2', `„${'a'.repeat(69)}`, 'ucs2', 70, 1],
    ['71 of UCS-2 are two, of 67 each', `„${'a'.repeat(70)}`, 'ucs2', 71, 2],
    ['an emoji is two units', '😀'.repeat(35), 'ucs2', 70, 1],
    ['an emoji is not cut in two either', '😀'.repeat(67), 'ucs2', 134, 3],
    ['nothing is one', '', 'gsm7', 0, 1],
  ] as const)('%s', (_fact, text, encoding, units, segments) => {
    expect(smsSize(text)).toEqual({ encoding, units, segments })
  })

  it('two segments are the most, or four of UCS-2', () => {
    expect([fitsSms('a'.repeat(306)), fitsSms('a'.repeat(307))]).toEqual([true, false])
    expect([fitsSms('ł'.repeat(268)), fitsSms('ł'.repeat(269))]).toEqual([true, false])
  })

  it('tells the alphabets apart', () => {
    expect([isGsm('Grüße, 5 € {~}'), isGsm('“'), isGsm('ç'), isGsm('Ç')]).toEqual([true, false, false, true])
  })
})
