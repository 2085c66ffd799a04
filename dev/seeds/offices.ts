/** Where the demo people work, and telephone numbers that reach nobody. */
import type { Culture } from './names.ts'

/** One office. */
export type Office = {
  readonly name: string
  /** ISO 3166. */
  readonly country: string
  readonly timeZone: string
  /** Language people there are written to. */
  readonly language: string
  readonly cultures: Readonly<Partial<Record<Culture, number>>>
  /** Ranges of numbers kept free for fiction by the countries' regulators: prefix, and how many digits follow. */
  readonly mobiles: readonly NumberRange[]
  readonly landlines: readonly NumberRange[]
  /** Networks of access providers there, by autonomous system number: the office first, then homes and phones. */
  readonly networks: readonly [office: number, ...homes: number[]]
}

/** Numbers `<prefix><digits>` from 0 up. */
export type NumberRange = { readonly prefix: string; readonly digits: number }

/** 555-0100 to 555-0199 are kept for fiction in each area of the North American plan. */
const fiction = (area: string): NumberRange => ({ prefix: `+1${area}55501`, digits: 2 })

/** All offices, the largest first. */
export const offices = {
  austin: {
    name: 'Austin',
    country: 'US',
    timeZone: 'America/Chicago',
    language: 'en',
    cultures: { american: 8, spanish: 3, indian: 2, vietnamese: 2 },
    mobiles: [fiction('512'), fiction('737'), fiction('210')],
    landlines: [fiction('254')],
    networks: [7018, 11427, 21928],
  },
  hamburg: {
    name: 'Hamburg',
    country: 'DE',
    timeZone: 'Europe/Berlin',
    language: 'de',
    cultures: { german: 9, turkish: 3, polish: 2 },
    mobiles: [
      { prefix: '+4917139200', digits: 2 },
      { prefix: '+4917604069', digits: 2 },
    ],
    landlines: [{ prefix: '+494066969', digits: 3 }],
    networks: [3320, 3209, 6805],
  },
  toronto: {
    name: 'Toronto',
    country: 'CA',
    timeZone: 'America/Toronto',
    language: 'en',
    cultures: { american: 5, indian: 3, english: 2, vietnamese: 1 },
    mobiles: [fiction('416'), fiction('647')],
    landlines: [fiction('905')],
    networks: [577, 812, 5645],
  },
  london: {
    name: 'London',
    country: 'GB',
    timeZone: 'Europe/London',
    language: 'en',
    cultures: { english: 7, indian: 2, yoruba_igbo: 3, polish: 1 },
    mobiles: [{ prefix: '+447700900', digits: 3 }],
    landlines: [{ prefix: '+442079460', digits: 3 }],
    networks: [2856, 5089, 206067],
  },
  lyon: {
    name: 'Lyon',
    country: 'FR',
    timeZone: 'Europe/Paris',
    language: 'fr',
    cultures: { french: 8, spanish: 1, turkish: 1 },
    mobiles: [{ prefix: '+33639980', digits: 3 }],
    landlines: [{ prefix: '+33465710', digits: 3 }],
    networks: [3215, 12322, 15557],
  },
  montreal: {
    name: 'Montréal',
    country: 'CA',
    timeZone: 'America/Toronto',
    language: 'fr',
    cultures: { quebecois: 8, french: 1, vietnamese: 1 },
    mobiles: [fiction('514'), fiction('438')],
    landlines: [fiction('450')],
    networks: [577, 5769, 812],
  },
} as const satisfies Readonly<Record<string, Office>>

/** Key of an office. */
export type OfficeKey = keyof typeof offices

/** One office by key. */
export const officeOf = (key: OfficeKey): Office => offices[key]

/** Hands out the numbers of ranges one after the other, each once. Undefined when they are used up. */
export const createNumbering = (): ((ranges: readonly NumberRange[]) => string | undefined) => {
  const used = new Map<string, number>()
  return (ranges) => {
    const range = ranges.find(({ prefix, digits }) => (used.get(prefix) ?? 0) < 10 ** digits)
    if (range === undefined) return undefined
    const count = used.get(range.prefix) ?? 0
    used.set(range.prefix, count + 1)
    return range.prefix + String(count).padStart(range.digits, '0')
  }
}
