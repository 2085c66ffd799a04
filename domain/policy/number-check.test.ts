import { describe, expect, it } from 'vitest'
import { defaultPolicy } from './defaults.ts'
import { numberDoubts, numberUse } from './number-check.ts'

const rules = { ...defaultPolicy().contacts, checkNumbers: true }

describe('B20: what a carrier says of a number', () => {
  it.each(['swapped', 'unknown', 'timeout'] as const)(
    '%s: not usable alone unless policy says more',
    (said) => {
      expect(numberUse(rules, said)).toBe('not_alone')
      expect(numberUse({ ...rules, numbersRefused: [said] }, said)).toBe('refused')
      expect(numberUse({ ...rules, numbersNotAlone: [] }, said)).toBe('usual')
    },
  )

  it('unchanged: usable as ever, whatever policy lists', () => {
    expect(numberUse({ ...rules, numbersRefused: ['swapped', 'unknown', 'timeout'] }, 'unchanged')).toBe(
      'usual',
    )
  })

  it('not asked although policy wants it: as unknown', () => {
    expect(numberUse(rules, null)).toBe('not_alone')
    expect(numberUse({ ...rules, numbersRefused: ['unknown'] }, null)).toBe('refused')
  })

  it('nothing follows where policy does not ask', () => {
    for (const said of [...numberDoubts, 'unchanged', null] as const) {
      expect(numberUse({ ...rules, checkNumbers: false, numbersRefused: ['swapped'] }, said)).toBe('usual')
    }
  })
})
