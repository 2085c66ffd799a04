/** Characters with which a spreadsheet begins a formula, their full-width twins included (security.md K5). */
const formulaStart = /^[=+\-@\t\r\0＝＋－＠]/

/** One field by RFC 4180; what a spreadsheet would run gets a leading apostrophe. */
const field = (value: string | number | null): string => {
  if (typeof value === 'number') return String(value)
  const text = value ?? ''
  const safe = formulaStart.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line with its CRLF. */
export const csvLine = (values: readonly (string | number | null)[]): string =>
  `${values.map(field).join(',')}\r\n`
