import type { OptionLabel, ShownQuestion } from '../plan.ts'

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** An option as plain text, the same in every language: for comparing lists. People never read it; they see words. */
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

/** A month as a typed answer sends it. */
const typedMonth = /^(\d{4})-(0[1-9]|1[0-2])$/

/**
 * The answer as a label, so that each reader sees it in their language: the chosen option as it was shown, or what was
 * typed. Null for an option that the question does not have.
 */
export const replyLabel = (
  ask: ShownQuestion['ask'],
  reply: { readonly text: string | null; readonly optionId: string | null },
): OptionLabel | null => {
  if (ask.form === 'choice') return ask.options.find(({ id }) => id === reply.optionId)?.label ?? null
  const [, year, month] = (ask.field.kind === 'month' && typedMonth.exec(reply.text ?? '')) || []
  if (year !== undefined) return { kind: 'month', year: Number(year), month: Number(month) }
  return reply.text === null ? null : { kind: 'text', text: reply.text }
}
