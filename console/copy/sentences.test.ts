import { describe, expect, it } from 'vitest'
import { fill } from './sentences.ts'

describe('slots', () => {
  const german = { language: 'de', words: { state: { locked: 'gesperrt' } } }
  const say = (text: string, given: Record<string, string | number>) =>
    fill({ key: text }, 'key', given, german)

  it('come in the reader’s language: codes, countries, days, ages, numbers', () => {
    expect(say('{state}', { state: 'locked' })).toBe('gesperrt')
    expect(say('{country}', { country: 'BR' })).toBe('Brasilien')
    expect(say('{expected}', { expected: 'GB, DE' })).toBe('Vereinigtes Königreich, Deutschland')
    expect(say('{date}', { date: '2026-06-17' })).toBe('17.06.2026')
    expect(say('{age}', { age: '5 hours ago' })).toBe('vor 5 Stunden')
    expect(say('{languages}', { languages: 'de, en, x-klingon' })).toBe('Deutsch, Englisch, x-klingon')
    expect(say('{km}', { km: 9123 })).toBe('9.123')
  })

  it('count with the noun in its form', () => {
    const text = 'vor {hours:Stunde|Stunden} geändert'
    expect(say(text, { hours: 1 })).toBe('vor 1 Stunde geändert')
    expect(say(text, { hours: 1200 })).toBe('vor 1.200 Stunden geändert')
    expect(say(`am Tag[, ${text}]`, {})).toBe('am Tag')
  })

  it('K3: are put in as text, whatever they hold', () => {
    expect(say('by {name}', { name: '<img src=x onerror=alert(1)> {state}' })).toBe(
      'by <img src=x onerror=alert(1)> {state}',
    )
  })

  it('that end in a full stop end the sentence with it', () => {
    expect(say('Zum ersten Mal: {network}.', { network: 'AS812 Rogers Inc.' })).toBe(
      'Zum ersten Mal: AS812 Rogers Inc.',
    )
    expect(say('{network}. Danach …', { network: 'Rogers Inc.' })).toBe('Rogers Inc. Danach …')
  })

  it('leave out a bracketed part whose slot is missing', () => {
    expect(say('Link sent[ ({channel})][: {delivery}]', { delivery: 'ok' })).toBe('Link sent: ok')
  })

  it('show an unknown key as itself', () => {
    expect(fill({}, 'event.new', {}, german)).toBe('event.new')
  })
})
