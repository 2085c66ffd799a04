/** Month names and usual abbreviations of the portal's languages, January first; ASCII-folded, lower case. */
const names: readonly string[] = [
  'january jan januar jaenner janvier enero ene janeiro',
  'february feb februar fevrier febrero fevereiro',
  'march mar maerz marz mrz mars marzo marco',
  'april apr avril avr abril abr',
  'may mai mayo maio',
  'june jun juni juin junio junho',
  'july jul juli juillet julio julho',
  'august aug aout agosto ago',
  'september sep sept septembre septiembre setembro set',
  'october oct oktober okt octobre octubre outubro out',
  'november nov novembre noviembre novembro',
  'december dec dezember dez decembre diciembre dic dezembro',
]

const monthOfName: ReadonlyMap<string, number> = new Map(
  names.flatMap((line, index) => line.split(' ').map((name) => [name, index + 1] as const)),
)

/** A month as read from a reply; `month` is null when only a year was given. */
export type ReadMonth = { readonly year: number; readonly month: number | null }

const yearPattern = /^(19|20)\d\d$/

const monthOf = (word: string): number | null => {
  const named = monthOfName.get(word)
  if (named !== undefined) return named
  const value = /^\d{1,2}$/.test(word) ? Number(word) : 0
  return value >= 1 && value <= 12 ? value : null
}

/**
 * Reads month and year in either order, in words or numbers ("2019-03", "3/2019", "March 2019", "2019年3月"), or a year
 * alone; null when it is neither. `ascii` is lower-case ASCII text. A month asked alone with its year is never
 * ambiguous.
 */
export const readMonth = (ascii: string): ReadMonth | null => {
  const words = [...ascii.matchAll(/[a-z]+|\d+/g)].map(([word]) => word)
  const years = words.filter((word) => yearPattern.test(word))
  const rest = words.filter((word) => !yearPattern.test(word) && word !== 'nian' && word !== 'yue')
  const year = years[0]
  if (year === undefined || years.length > 1 || rest.length > 1) return null
  const word = rest[0]
  if (word === undefined) return { year: Number(year), month: null }
  const month = monthOf(word)
  return month === null ? null : { year: Number(year), month }
}
