import { expect, it } from 'vitest'
import { languageIn, languages, ownName, pickLanguage } from './languages.ts'

it('a tag of any form names its language, and what is not here is the first', () => {
  expect(['de', 'de-AT', 'DE_ch', 'den', 'tlh', ''].map(languageIn)).toEqual([
    'de',
    'de',
    'de',
    null,
    null,
    null,
  ])
  expect(pickLanguage(['tlh-KL', 'de-CH', 'en'])).toBe('de')
  expect(pickLanguage([])).toBe(languages[0])
})

it('every language has its own name', () => {
  expect(languages.map(ownName).slice(0, 2)).toEqual(['English', 'Deutsch'])
})
