import { expect, it } from 'vitest'
import { zoneName } from './zone-name.ts'

it('names a time zone in the language of the reader, and keeps the name of one that nobody knows', () => {
  expect(zoneName('Europe/Berlin', 'en')).toBe('Central European Time')
  expect(zoneName('Europe/Berlin', 'de')).toBe('Mitteleuropäische Zeit')
  expect(zoneName('America/Chicago', 'en')).toBe('Central Time')
  expect(zoneName('Mars/Olympus', 'de')).toBe('Mars/Olympus')
})
