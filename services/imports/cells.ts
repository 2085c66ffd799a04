/** The rules of a cell: text in, a value out; the message of an issue is the code that the report shows. */
import { z } from 'zod'
import { importLimits, type CellForm } from '#domain/questions/import-kinds.ts'
import { groupKinds } from '#domain/questions/participant-facts.ts'
import { dayMs, lastMonday } from '#domain/questions/moments.ts'
import { cleanText } from '#domain/person.ts'

const wrong = (code: string) => ({ error: code })

/** A cell that holds something; lists and objects of a JSON file are no cells. */
const filled = z
  .string({ error: ({ input }) => (input === undefined ? 'required' : 'not_a_value') })
  .transform((text) => text.normalize('NFC').trim())
  .pipe(z.string().min(1, wrong('required')))

const lengthOf = (text: string): number => [...text].length

/** A text for people: what cannot be seen is taken out (K6). */
const text = filled.transform(cleanText).pipe(
  z
    .string()
    .min(1, wrong('required'))
    .refine((shown) => lengthOf(shown) <= importLimits.text, 'too_long'),
)

/** An id is compared to the letter, so nothing may be taken out of it. */
const id = filled.pipe(
  z
    .string()
    .refine((shown) => lengthOf(shown) <= importLimits.id, 'too_long')
    .refine((shown) => cleanText(shown) === shown, 'hidden_characters'),
)

const earliest = Date.UTC(1940, 0, 1)

const isPast = (at: Date): boolean => at.getTime() >= earliest && at.getTime() < Date.now() + dayMs

const dayForm = /^(\d{4})-(\d\d)-(\d\d)$/

const isDay = (shown: string): boolean => {
  const at = dayForm.test(shown) ? new Date(`${shown}T00:00:00Z`) : null
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(shown)
}

/** YYYY-MM-DD, as it is. */
const day = filled.pipe(
  z
    .string()
    .refine(isDay, wrong('not_a_day'))
    .refine((shown) => !isDay(shown) || isPast(new Date(shown)), 'in_future'),
)

const withOffset = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)$/

const momentOf = (shown: string): Date | null => {
  const isKnown = isDay(shown) || (withOffset.test(shown) && isDay(shown.slice(0, 10)))
  const at = isKnown ? new Date(shown.replace(' ', 'T')) : null
  return at === null || Number.isNaN(at.getTime()) ? null : at
}

/** A day (its first moment in UTC) or a moment with its offset. */
const moment = filled
  .pipe(
    z
      .string()
      .refine((shown) => momentOf(shown) !== null, 'not_a_moment')
      .refine((shown) => {
        const at = momentOf(shown)
        return at === null || isPast(at)
      }, 'in_future'),
  )
  .transform((shown) => momentOf(shown) as Date)

const words: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  '1': true,
  no: false,
  false: false,
  '0': false,
}

const yesNo = filled
  .transform((shown) => shown.toLowerCase())
  .pipe(z.string().refine((shown) => Object.hasOwn(words, shown), 'not_yes_or_no'))
  .transform((shown) => words[shown] === true)

const oneOf = <const T extends readonly [string, ...string[]]>(choices: T) =>
  filled.transform((shown) => shown.toLowerCase()).pipe(z.enum(choices, wrong('not_a_choice')))

const whole = (least: number, most: number) =>
  filled
    .pipe(z.string().regex(/^\d{1,6}$/, wrong('not_a_number')))
    .transform(Number)
    .pipe(z.number().min(least, wrong('not_a_number')).max(most, wrong('not_a_number')))

const country = filled
  .transform((shown) => shown.toUpperCase())
  .pipe(z.string().regex(/^[A-Z]{2}$/, wrong('not_a_country')))

/** The number of a network, with or without "AS". */
const network = filled
  .transform((shown) => shown.toUpperCase().replace(/^AS ?/, ''))
  .pipe(z.string().regex(/^[1-9]\d{0,9}$/, wrong('not_a_number')))
  .transform(Number)
  .pipe(z.number().max(0xffff_ffff, wrong('not_a_number')))

/** "1 2 4": Monday, Tuesday, Thursday; commas may separate them. */
const weekdays = filled
  .pipe(z.string().regex(/^[1-5](?:[ ,]+[1-5])*$/, wrong('not_weekdays')))
  .transform((shown) => [...new Set(shown.split(/[ ,]+/).map(Number))].sort((a, b) => a - b))

/** A Monday, or any day of its week, is no week for certain: only Mondays count. */
export const monday = day.pipe(
  z.string().refine((shown) => {
    const at = new Date(`${shown}T00:00:00Z`).getTime()
    return lastMonday(at + 7 * dayMs) === at
  }, 'not_a_monday'),
)

/** The schema of each form. */
export const cellForms = {
  person: id,
  id,
  text,
  day,
  moment,
  yes_no: yesNo,
  country,
  device_kind: oneOf(['laptop', 'desktop', 'other']),
  group_kind: oneOf(groupKinds),
  weekday: whole(1, 5),
  weekdays,
  hour: whole(0, 23),
  count: whole(1, 100_000),
  network,
  times: whole(1, 100_000),
} as const satisfies Record<CellForm, z.ZodType>

/** A cell that may be empty or missing. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (cell) => (cell === undefined || (typeof cell === 'string' && cell.trim() === '') ? null : cell),
    schema.nullable(),
  )
