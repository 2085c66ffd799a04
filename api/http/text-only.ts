import { InvalidInput } from './errors.ts'

/** NUL, and half of a character: no text column of the database takes them, and no page can show them. */
const noText = /[\0\p{Cs}]/u

const fault = (path: string): InvalidInput =>
  new InvalidInput(422, [
    { path, code: 'forbidden_character', message: 'holds a character that no text has' },
  ])

/** @throws InvalidInput 422, naming the field, where a value could be neither stored nor shown */
export const requireText = (value: string, path: string): void => {
  if (noText.test(value)) throw fault(path)
}

/**
 * Checks names and values of a query or a form in the same way. For a field whose name cannot be repeated, the fault names
 * `part`.
 */
export const requireTexts = (pairs: URLSearchParams, part: 'query' | 'body'): void => {
  for (const [name, value] of pairs) {
    requireText(name, part)
    requireText(value, name)
  }
}
