import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CountryCode, NumberType } from 'libphonenumber-js/max'
import type { LineType } from '#domain/risk/facts.ts'

export type PhoneFacts = {
  /** E.164: the only form in which numbers are stored and compared (B17) */
  e164: string
  /** Digits of the calling code; islands share one, so compare it rather than the country */
  callingCode: string
  country: string | null
  /** By the numbering plan; null: the plan does not say, so the number counts as low assurance (B18) */
  lineType: LineType | null
}

/**
 * Reads a number with an explicit default region (`GB`) for national notation. Null for anything that is not a possible,
 * valid number or does not come back unchanged when read again: no closest match (B17).
 */
export function readPhone(text: string, defaultRegion: string): PhoneFacts | null {
  // Only what people write numbers with: a word or an extension means that this is not one number.
  if (!/^\+?[\d\s().\-/]{4,25}$/.test(text.trim())) return null
  const number = parsePhoneNumberFromString(text.trim(), {
    defaultCountry: defaultRegion as CountryCode,
    extract: false,
  })
  if (number?.isValid() !== true || number.ext !== undefined) return null
  const again = parsePhoneNumberFromString(number.number, { extract: false })
  if (again?.number !== number.number || again.isValid() !== true) return null
  return {
    e164: number.number,
    callingCode: number.countryCallingCode,
    country: number.country ?? null,
    lineType: lineTypeOf(number.getType()),
  }
}

/**
 * The numbering plan's facts about a number on file, which is E.164 already and never changed here. A number that the
 * plan gives to nobody (kept for fiction, or newer than our data) counts for the main country of its calling code and
 * has no line type; one that does not come back unchanged has no country, and so receives nothing (B17, H3).
 */
export function factsOfNumber(e164: string): Pick<PhoneFacts, 'country' | 'lineType'> {
  const number = parsePhoneNumberFromString(e164, { extract: false })
  if (number?.number !== e164 || !number.isPossible()) return { country: null, lineType: null }
  return {
    country: number.country ?? number.getPossibleCountries()[0] ?? null,
    lineType: lineTypeOf(number.getType()),
  }
}

/** Digits of the calling code of a number on file; null for text that is no number. */
export function callingCodeOf(e164: string): string | null {
  return parsePhoneNumberFromString(e164, { extract: false })?.countryCallingCode ?? null
}

/** Digits of the calling code of a country; null where it has none. */
export function callingCodeOfCountry(country: string): string | null {
  return isSupportedCountry(country) ? getCountryCallingCode(country) : null
}

/** `••• 42`: the last two digits, the only part of a number that is ever shown. */
export function maskPhone(e164: string): string {
  return `••• ${e164.slice(-2)}`
}

const lineTypes: Readonly<Record<Exclude<NumberType, undefined>, LineType>> = {
  MOBILE: 'mobile',
  FIXED_LINE: 'fixed_line',
  FIXED_LINE_OR_MOBILE: 'fixed_line_or_mobile',
  VOIP: 'voip',
  TOLL_FREE: 'toll_free',
  PREMIUM_RATE: 'premium_rate',
  SHARED_COST: 'shared_cost',
  PAGER: 'pager',
  PERSONAL_NUMBER: 'personal_number',
  UAN: 'other',
  VOICEMAIL: 'other',
}

function lineTypeOf(type: NumberType): LineType | null {
  return type === undefined ? null : lineTypes[type]
}
