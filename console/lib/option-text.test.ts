import { describe, expect, it } from 'vitest'
import { optionText } from './option-text.ts'

const labels = [
  { kind: 'text', text: 'Chess evening' },
  { kind: 'quarter', year: 2019, quarter: 2 },
  { kind: 'month', year: 2026, month: 3 },
  { kind: 'weekday', weekday: 5 },
  { kind: 'slot', weekday: 4, hour: 9 },
] as const
/** Languages put other spaces around a dash, by edition of the browser. */
const plain = (text: string): string => text.replace(/\s*–\s*/u, ' to ')

it('an option that has a name in the language of the reader is read in it', () => {
  const label = { kind: 'text', text: 'Wireless', names: { de: 'Funknetz' } } as const
  expect([optionText(label, 'de-AT'), optionText(label, 'en-GB')]).toEqual(['Funknetz', 'Wireless'])
})

describe('what was answered, in the transcript', () => {
  it('is written in the language of the reader', () => {
    expect(labels.map((label) => plain(optionText(label, 'de')))).toEqual([
      'Chess evening',
      'April to Juni 2019',
      'März 2026',
      'Freitag',
      'Donnerstag, 09:00',
    ])
    expect(labels.map((label) => plain(optionText(label, 'en-GB')))).toEqual([
      'Chess evening',
      'April to June 2019',
      'March 2026',
      'Friday',
      'Thursday 09:00',
    ])
  })
})
