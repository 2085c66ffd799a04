import type { OptionLabel } from '#api/contract/common.ts'
import { languageIn, languages } from '#domain/languages.ts'
import { dateFormat } from './formats.ts'

const written = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  dateFormat(locale, { ...options, timeZone: 'UTC' })

/** A Monday; the week around it lends its days their names. */
const someMonday = { year: 2018, month: 0, day: 1 } as const

const hourOf = (weekday: number, hour = 0): Date =>
  new Date(Date.UTC(someMonday.year, someMonday.month, someMonday.day + weekday - 1, hour))

/** The answer to a question, as the reader writes months, days and hours. `weekday`: 1 Monday. */
export const optionText = (label: OptionLabel, locale: string): string => {
  switch (label.kind) {
    case 'text':
      return label.names?.[languageIn(locale) ?? languages[0]] ?? label.text
    case 'quarter': {
      const first = (label.quarter - 1) * 3
      const [from, to] = [new Date(Date.UTC(label.year, first)), new Date(Date.UTC(label.year, first + 2))]
      return written(locale, { month: 'long', year: 'numeric' }).formatRange(from, to)
    }
    case 'month':
      return written(locale, { month: 'long', year: 'numeric' }).format(
        new Date(Date.UTC(label.year, label.month - 1)),
      )
    case 'weekday':
      return written(locale, { weekday: 'long' }).format(hourOf(label.weekday))
    case 'slot':
      return written(locale, { weekday: 'long', hour: 'numeric', minute: '2-digit' }).format(
        hourOf(label.weekday, label.hour),
      )
  }
}
