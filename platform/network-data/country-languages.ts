/**
 * Countries where people commonly use more languages than the one that the Unicode tables give for them: official ones,
 * and those of large parts of the country. Two-letter codes.
 */
const further: Readonly<Record<string, readonly string[]>> = {
  AE: ['en', 'hi', 'ur'],
  AT: ['en'],
  BE: ['nl', 'fr', 'de', 'en'],
  BY: ['ru'],
  CA: ['en', 'fr'],
  CH: ['de', 'fr', 'it', 'rm', 'en'],
  CY: ['el', 'tr', 'en'],
  DE: ['en'],
  DK: ['en'],
  DZ: ['ar', 'fr'],
  EE: ['et', 'ru'],
  ES: ['es', 'ca', 'gl', 'eu'],
  FI: ['fi', 'sv', 'en'],
  GB: ['en', 'cy', 'gd'],
  HK: ['zh', 'en'],
  IE: ['en', 'ga'],
  IL: ['he', 'ar', 'ru', 'en'],
  IN: ['en', 'hi', 'bn', 'te', 'mr', 'ta', 'gu', 'kn', 'ml', 'pa', 'ur'],
  KE: ['sw', 'en'],
  KZ: ['kk', 'ru'],
  LU: ['lb', 'fr', 'de', 'en'],
  LV: ['lv', 'ru'],
  MA: ['ar', 'fr'],
  MT: ['mt', 'en'],
  MY: ['ms', 'en', 'zh', 'ta'],
  NG: ['en', 'ha', 'ig', 'yo'],
  NL: ['nl', 'en'],
  NO: ['no', 'nb', 'nn', 'en'],
  NZ: ['en', 'mi'],
  PH: ['fil', 'tl', 'en'],
  PK: ['ur', 'en'],
  QA: ['ar', 'en'],
  SE: ['sv', 'en'],
  SG: ['en', 'zh', 'ms', 'ta'],
  TN: ['ar', 'fr'],
  UA: ['uk', 'ru'],
  US: ['en', 'es'],
  ZA: ['en', 'af', 'zu', 'xh', 'st', 'tn'],
}

/** Languages that people of a country commonly use, most likely first; empty for a code that is no country. */
export const languagesOf = (country: string): readonly string[] => {
  const likely = new Intl.Locale('und', { region: country }).maximize().language
  const own = likely === 'und' ? [] : [likely]
  return [...new Set([...own, ...(further[country] ?? [])])]
}

/** The language of a tag, `de` for `de-CH`; null for text that is no tag. */
export const languageOf = (tag: string): string | null =>
  /^[a-z]{2,3}(?=$|[-_])/i.exec(tag)?.[0].toLowerCase() ?? null
