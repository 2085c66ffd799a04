import { describe, expect, it } from 'vitest'
import { replyLabel } from './labels.ts'

const choice = {
  form: 'choice',
  options: [
    { id: 'a', label: { kind: 'weekday', weekday: 5 } },
    { id: 'b', label: { kind: 'weekday', weekday: 1 } },
  ],
} as const
const typed = (kind: 'month' | 'name') => ({ form: 'typed', field: { kind, maxLength: 40 } }) as const
const text = (said: string | null) => ({ text: said, optionId: null })

describe('what was answered', () => {
  it('is the chosen option as it was shown, in no language of its own', () => {
    expect(replyLabel(choice, { text: null, optionId: 'a' })).toEqual({ kind: 'weekday', weekday: 5 })
    expect(replyLabel(choice, { text: null, optionId: 'of another question' })).toBeNull()
  })

  it('is what was typed, and a month where a month was asked for', () => {
    expect(replyLabel(typed('month'), text('2019-04'))).toEqual({ kind: 'month', year: 2019, month: 4 })
    expect(replyLabel(typed('month'), text('2019-13'))).toEqual({ kind: 'text', text: '2019-13' })
    expect(replyLabel(typed('name'), text('2019-04'))).toEqual({ kind: 'text', text: '2019-04' })
    expect(replyLabel(typed('month'), text(null))).toBeNull()
    expect(replyLabel(typed('name'), text(null))).toBeNull()
  })
})
