/**
 * The locale in which dates, times and numbers are written for a reader of `language` (two letters): the first of the
 * browser's languages that is one of it, so that an en-GB browser gets its own form. English for a reader whose browser
 * names no English follows the region of the browser's first language: "en" alone would mean the form of the USA.
 */
export const readersLocale = (
  language: string,
  preferred: readonly string[] = preferredLanguages(),
): string => {
  const own = preferred.find((tag) => languageOf(tag) === language)
  if (own !== undefined) return own
  const region = language === 'en' ? regionOf(preferred[0]) : undefined
  return region === undefined ? language : `${language}-${region}`
}

const preferredLanguages = (): readonly string[] => (typeof navigator === 'object' ? navigator.languages : [])

const languageOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? ''

const regionOf = (tag: string | undefined): string | undefined => {
  if (tag === undefined) return undefined
  try {
    return new Intl.Locale(tag).maximize().region
  } catch {
    // Browsers may hold tags that are none.
    return undefined
  }
}
