import { readersLocale } from '#platform/ui/locale.ts'
import { zoneName } from '#platform/ui/zone-name.ts'
import { dateFormat, namesOf, numberFormat, relativeFormat } from '../lib/formats.ts'

/** Values of a sentence's slots. */
export type Slots = Readonly<Record<string, string | number>>

/**
 * One language fills slots with these: its tag, and its words for the codes that servers put into a slot of that name.
 */
export type SlotWords = {
  readonly language: string
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const country = /^[A-Z]{2}$/
const isoDay = /^\d{4}-\d{2}-\d{2}$/
const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/
/** As domain/risk/ago.ts writes ages. */
const age = /^(\d+) (hour|day)s? ago$/

/** The word for a code. Some codes come with blanks, as kinds of questions do in what was stored of a score. */
const wordIn = (table: Readonly<Record<string, string>>, code: string): string | undefined =>
  table[code] ?? table[code.replaceAll(' ', '_')]

/** Words for codes, one or several with commas between; undefined where one of them is unknown. */
const wordsFor = (table: Readonly<Record<string, string>> | undefined, text: string): string | undefined => {
  if (table === undefined) return undefined
  const words = [text, ...text.split(', ')].map((code) => wordIn(table, code))
  if (words[0] !== undefined) return words[0]
  return words.slice(1).every((word) => word !== undefined) ? words.slice(1).join(', ') : undefined
}

const countries = (text: string, language: string): string | undefined => {
  const codes = text.split(/, ?/)
  if (!codes.every((code) => country.test(code))) return undefined
  const names = namesOf(language, { type: 'region', fallback: 'code' })
  return codes.map((code) => names.of(code) ?? code).join(', ')
}

/** Slots that hold codes of languages, as browsers name them. */
const languageSlots: ReadonlySet<string> = new Set(['language', 'languages', 'spoken'])

const languageNames = (text: string, language: string): string => {
  const names = namesOf(language, { type: 'language', fallback: 'code' })
  return text
    .split(', ')
    .map((code) => (/^[a-z]{2,3}$/.test(code) ? (names.of(code) ?? code) : code))
    .join(', ')
}

const day = (text: string, language: string): string =>
  dateFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(text))

const instant = (text: string, language: string): string =>
  dateFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(text))

const agoIn = (text: string, language: string): string | undefined => {
  const [, amount, unit] = age.exec(text) ?? []
  return amount === undefined || unit === undefined
    ? undefined
    : relativeFormat(language, {}).format(-Number(amount), unit as 'hour' | 'day')
}

/** One value in the reader's language: a word for a code, a country, a day, an age or a number; any other text as it is. */
const valueOf = (name: string, value: string | number, { language: spoken, words }: SlotWords): string => {
  const language = readersLocale(spoken)
  if (typeof value === 'number') return numberFormat(language, {}).format(value)
  const word = wordsFor(words[name], value)
  if (word !== undefined) return word
  if (languageSlots.has(name)) return languageNames(value, language)
  if (name === 'zone') return zoneName(value, language)
  if (isoDay.test(value)) return day(value, language)
  if (isoInstant.test(value)) return instant(value, language)
  return agoIn(value, language) ?? countries(value, language) ?? value
}

/** A slot, with both forms of its noun where it counts something. */
const slot = /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g

/**
 * Turns a key with slots into words. A part in square brackets is left out where one of its slots is missing;
 * `{hours:hour|hours}` is a count with its noun. A key that this build does not know yet is shown as itself, so that
 * nothing is hidden.
 */
export const fill = (
  table: Readonly<Record<string, string>>,
  key: string,
  slots: Slots,
  words: SlotWords,
): string => {
  const put = (text: string): string =>
    text.replace(slot, (whole, name: string, one?: string, many?: string) => {
      const value = slots[name]
      if (value === undefined) return whole
      const noun = value === 1 ? one : many
      return valueOf(name, value, words) + (noun === undefined ? '' : ` ${noun}`)
    })
  const isWhole = (part: string): boolean =>
    [...part.matchAll(slot)].every(([, name]) => slots[name ?? ''] !== undefined)
  const text = table[key] ?? key
  const chosen = text.replace(/\[([^\]]*)\]/g, (_, part: string) => (isWhole(part) ? part : ''))
  // A value that is empty leaves no empty brackets behind, and one that ends in a full stop ("Inc.") no second stop.
  return put(chosen)
    .replace(' ()', '')
    .replace(/\.\.(?=\s|$)/g, '.')
}

type Sentence = { readonly key: string; readonly slots: Slots }

/** The fault of a call: its code, and values for the slots of its sentence. */
export type Fault = { readonly code: string; readonly slots?: Slots | undefined }

/** Everything one language needs to put keys and codes into words. */
type Tables = {
  readonly sentences: Readonly<Record<string, string>>
  readonly checkNames: Readonly<Record<string, string>>
  readonly weightCases: Readonly<Record<string, string>>
  readonly evidence: Readonly<Record<string, string>>
  readonly slots: SlotWords
  /** Failures of a call that have other words than the refusal of the same code. */
  readonly problems: Readonly<Record<string, string>>
  /** For a code that this build does not know. */
  readonly refused: (code: string) => string
}

const floorPrefix = 'floor.'

/** The part of a language that speaks for the server's keys and codes. */
export const createSpeaker = ({
  sentences,
  checkNames,
  weightCases,
  evidence,
  slots,
  problems,
  refused,
}: Tables) => ({
  sentence: (sentence: Sentence): string => {
    const { key } = sentence
    // A floor that one check sets is named as that check.
    if (key.startsWith(floorPrefix) && !(key in sentences)) {
      const code = key.slice(floorPrefix.length)
      return checkNames[code] ?? code
    }
    const { check } = sentence.slots
    const named = check === undefined ? {} : { check: checkNames[String(check)] ?? check }
    return fill(sentences, key, { ...sentence.slots, ...named }, slots)
  },
  problem: ({ code, slots: values = {} }: Fault): string => {
    const key = `refusal.${code}`
    return problems[code] ?? (key in sentences ? fill(sentences, key, values, slots) : refused(code))
  },
  checkName: (code: string): string => checkNames[code] ?? code,
  weightCase: (name: string): string => weightCases[name] ?? name,
  evidence: (label: string): string => wordIn(evidence, label) ?? label,
  /** A sentence, or text that is the same in every language. */
  evidenceValue: (value: Sentence | string): string =>
    typeof value === 'string' ? value : fill(sentences, value.key, value.slots, slots),
})
