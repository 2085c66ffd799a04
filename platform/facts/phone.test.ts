import { describe, expect, it } from 'vitest'
import { callingCodeOf, callingCodeOfCountry, factsOfNumber, maskPhone, readPhone } from './phone.ts'

describe('readPhone', () => {
  it.each([
    ['07400 123456', 'GB', '+447400123456', 'mobile'],
    ['+44 7400 123456', 'DE', '+447400123456', 'mobile'],
    ['0151 23456789', 'DE', '+4915123456789', 'mobile'],
    ['(201) 555-0123', 'US', '+12015550123', 'fixed_line_or_mobile'],
    ['020 7946 0958', 'GB', '+442079460958', 'fixed_line'],
  ])('B17: reads %s in %s as %s', (text, region, e164, lineType) => {
    expect(readPhone(text, region)).toMatchObject({ e164, lineType })
  })

  it.each([
    ['0800 123 4567', 'GB', 'toll_free'],
    ['0909 879 0000', 'GB', 'premium_rate'],
    ['0180 5 123456', 'DE', 'shared_cost'],
    ['056 1234 5678', 'GB', 'voip'],
  ])('B18: %s in %s is %s', (text, region, lineType) => {
    expect(readPhone(text, region)?.lineType).toBe(lineType)
  })

  it.each([
    '',
    '12',
    '+44',
    '07400 12345',
    '+999 123456789',
    '07400 123456 ext 3',
    'call 07400 123456',
    '07400123456789012',
  ])('B17: refuses %j instead of guessing', (text) => {
    expect(readPhone(text, 'GB')).toBeNull()
  })

  it('gives the calling code for numbers of an island that shares it', () => {
    expect(readPhone('+447911123456', 'GB')).toMatchObject({ callingCode: '44', country: 'GG' })
  })

  it('masks all but two digits', () => {
    expect(maskPhone('+447400123456')).toBe('••• 56')
  })
})

describe('factsOfNumber', () => {
  it.each([
    ['+4915123456789', 'DE', 'mobile'],
    ['+12015550123', 'US', 'fixed_line_or_mobile'],
    ['+442079460958', 'GB', 'fixed_line'],
    ['+37120000001', 'LV', 'mobile'],
  ])('H3: %s is of %s, %s', (e164, country, lineType) => {
    expect(factsOfNumber(e164)).toEqual({ country, lineType })
  })

  it('H3: neighbours that share a calling code are countries of their own', () => {
    expect(factsOfNumber('+447911123456').country).toBe('GG')
    expect(factsOfNumber('+18765551234').country).toBe('JM')
  })

  it('B18: a number that the plan gives to nobody is of its code’s main country, its line unknown', () => {
    expect(factsOfNumber('+447700900123')).toEqual({ country: 'GB', lineType: null })
    expect(factsOfNumber('+33639980123')).toEqual({ country: 'FR', lineType: null })
  })

  it.each(['+99912345678', '+12', '07400123456', '+44 7400 123456', '+447400123456789', 'x', ''])(
    'B17: %j does not come back unchanged and has no country',
    (text) => {
      expect(factsOfNumber(text)).toEqual({ country: null, lineType: null })
    },
  )

  it('B18: a number of no country is known as an internet telephone', () => {
    expect(factsOfNumber('+88299123456')).toEqual({ country: null, lineType: 'voip' })
  })
})

describe('calling codes', () => {
  it('are those of the number and of the country, which islands share', () => {
    expect(['+447911123456', '+4917612345678', '+12025550123', 'nothing'].map(callingCodeOf)).toEqual([
      '44',
      '49',
      '1',
      null,
    ])
    expect(['GB', 'GG', 'JP', 'CA', 'AQ', 'zz'].map(callingCodeOfCountry)).toEqual([
      '44',
      '44',
      '81',
      '1',
      null,
      null,
    ])
  })
})
