/*
 * To make a format takes a hundred times as long as to use it, and a list writes hundreds of times. Each is made once for
 * its locale and options, of which there are a few dozen.
 */
const once = <Options, Format>(make: (locale: string, options: Options) => Format) => {
  const known = new Map<string, Format>()
  return (locale: string, options: Options): Format => {
    const key = `${locale} ${JSON.stringify(options)}`
    const found = known.get(key) ?? make(locale, options)
    known.set(key, found)
    return found
  }
}

/** Formats of days and times; without a `timeZone` in the reader's. */
export const dateFormat = once(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
)

/** Formats of numbers. */
export const numberFormat = once(
  (locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
)

/** Formats of "2 hours ago". */
export const relativeFormat = once(
  (locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
)

/** Names of countries and languages. */
export const namesOf = once(
  (locale, options: Intl.DisplayNamesOptions) => new Intl.DisplayNames(locale, options),
)
