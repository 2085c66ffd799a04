/**
 * A spreadsheet takes these for the beginning of a formula, full-width twins included (K5). White space and invisible
 * characters in front are trimmed by some.
 */
const formulaStart = /^(?:[\s\p{Cf}\0]*[=+\-@＝＋－＠]|[\t\r\n\0])/u
/** The same behind what ends a field or a line for a program that expects another separator than the comma. */
const formulaWithin = /(?<=[;\t\r\n])(?=[^\S\t\r\n]*["\p{Cf}\0 ]*[=+\-@＝＋－＠])/gu

/** Puts an apostrophe before whatever would be run. */
const disarmed = (text: string): string => {
  const within = text.replaceAll(formulaWithin, "'")
  return formulaStart.test(text) ? `'${within}` : within
}

/** One field by RFC 4180; what a spreadsheet would run gets a leading apostrophe. */
const field = (value: string | number | null): string => {
  if (typeof value === 'number') return String(value)
  const text = value ?? ''
  const safe = disarmed(text)
  return /[",\r\n]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line with its CRLF. */
export const csvLine = (values: readonly (string | number | null)[]): string =>
  `${values.map(field).join(',')}\r\n`
