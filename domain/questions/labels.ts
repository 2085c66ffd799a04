import type { OptionLabel } from './plan.ts'

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** An option as plain text, the same in every language: for comparing lists and for staff. Participants see words. */
export const plainLabel = (label: OptionLabel): string => {
  switch (label.kind) {
    case 'text':
      return label.text
    case 'quarter':
      return `${label.year} Q${label.quarter}`
    case 'month':
      return `${label.year}-${twoDigits(label.month)}`
    case 'weekday':
      return weekdays[label.weekday - 1] ?? ''
    case 'slot':
      return `${weekdays[label.weekday - 1] ?? ''} ${twoDigits(label.hour)}:00`
  }
}
