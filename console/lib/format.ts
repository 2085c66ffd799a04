import { readersLocale } from '#platform/ui/locale.ts'
import type { OptionLabel } from '#api/contract/common.ts'
import { useLanguage } from '../copy/index.ts'
import { dateFormat, namesOf, numberFormat } from './formats.ts'
import { duration } from './time.ts'
import { optionText } from './option-text.ts'

/** Numbers and days as the reader writes them. Call inside a component. */
export const useFormat = () => {
  const language = useLanguage()
  const locale = () => readersLocale(language())
  const format = (value: number, options: Intl.NumberFormatOptions): string =>
    numberFormat(locale(), options).format(value)
  return {
    whole: (value: number): string => format(value, { maximumFractionDigits: 0 }),
    /** One digit after the point: risk, changes. */
    tenths: (value: number): string => format(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    /** Three digits after the point: a Brier score. */
    thousandths: (value: number): string =>
      format(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 }),
    /** `value` is a share, 0 to 1. */
    percent: (value: number, digits = 0): string =>
      format(value, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }),
    duration,
    /** The time for which something is kept. */
    days: (value: number): string => format(value, { style: 'unit', unit: 'day', unitDisplay: 'long' }),
    /** A day of a chart, `2026-06-17`, without its year. */
    day: (day: string): string =>
      dateFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
        new Date(`${day}T00:00:00Z`),
      ),
    /** A calendar day, `2019-04-01`. */
    date: (day: string): string =>
      dateFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`)),
    /** An instant, on paper: day and minute. */
    moment: (at: string): string =>
      dateFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at)),
    /** The answer to a question. */
    option: (label: OptionLabel): string => optionText(label, locale()),
    language: (code: string): string =>
      namesOf(locale(), { type: 'language', fallback: 'code' }).of(code) ?? code,
    country: (code: string): string =>
      namesOf(locale(), { type: 'region', fallback: 'code' }).of(code) ?? code,
  }
}
