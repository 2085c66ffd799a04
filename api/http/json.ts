import { InvalidInput } from './errors.ts'
import { requireText } from './text-only.ts'

/**
 * Sizes of a JSON body (H9). A whole policy, which only admins send, has some 200 keys and, with every check
 * set apart, some 500.
 */
export const jsonLimits = { bytes: 65_536, depth: 20, keys: 200, keysOfPolicy: 1_000 } as const

/** Keys that reach an object's prototype (I9). */
const polluting = new Set(['__proto__', 'constructor', 'prototype'])

type Scope = { readonly keys: Set<string> | null; expectsKey: boolean; key: string }

/** Reads a string literal that begins at `start`; gives the index after it. The text is known to be valid JSON. */
const endOfString = (text: string, start: number): number => {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

const fault = (code: string, message: string, path = ''): InvalidInput =>
  new InvalidInput(400, [{ path, code, message }])

/**
 * Reads a literal. @throws InvalidInput for characters that no text has; they come in as escapes only, or a body would
 * not be JSON
 */
const readString = (literal: string, path: string): string => {
  const said = JSON.parse(literal) as string
  requireText(said, path)
  return said
}

const takeKey = (scope: Scope, key: string): void => {
  if (polluting.has(key)) throw fault('forbidden_key', 'this key is not accepted', key)
  if (scope.keys?.has(key)) throw fault('repeated_key', 'this key is given twice', key)
  scope.keys?.add(key)
  scope.key = key
  scope.expectsKey = false
}

const open = (scopes: Scope[], isObject: boolean): void => {
  if (scopes.length >= jsonLimits.depth) throw fault('too_deep', `deeper than ${jsonLimits.depth} levels`)
  // An entry of a list goes by the list's own name.
  const key = scopes.at(-1)?.key ?? ''
  scopes.push({ keys: isObject ? new Set() : null, expectsKey: isObject, key })
}

type Walk = { readonly scopes: Scope[]; keys: number; readonly mostKeys: number }

/** Takes a string literal: a key of the object around it, or a value. Gives the index of its last character. */
const takeString = (walk: Walk, text: string, at: number): number => {
  const end = endOfString(text, at)
  const scope = walk.scopes.at(-1)
  const literal = text.slice(at, end)
  if (scope?.expectsKey === true) {
    walk.keys += 1
    if (walk.keys > walk.mostKeys) throw fault('too_many_keys', `more than ${walk.mostKeys} keys`)
    takeKey(scope, readString(literal, ''))
  } else if (literal.includes('\\u')) readString(literal, scope?.key ?? '')
  return end - 1
}

const takeMark = ({ scopes }: Walk, mark: string | undefined): void => {
  if (mark === '{' || mark === '[') open(scopes, mark === '{')
  if (mark === '}' || mark === ']') scopes.pop()
  const scope = scopes.at(-1)
  if (mark === ',' && scope !== undefined && scope.keys !== null) scope.expectsKey = true
}

/** Walks valid JSON once: depth, keys, and characters that no text has. JSON.parse keeps silent about all of them. */
const inspect = (text: string, mostKeys: number): void => {
  const walk: Walk = { scopes: [], keys: 0, mostKeys }
  for (let at = 0; at < text.length; at += 1)
    if (text[at] === '"') at = takeString(walk, text, at)
    else takeMark(walk, text[at])
}

/**
 * Parses a request body strictly (C14, H9, I9).
 * @throws InvalidInput (400) for broken JSON, repeated or polluting keys, more than 20 levels, too many keys; (422) for
 *   NUL or half a character in a text, which no table takes
 */
export const parseStrictJson = (text: string, mostKeys: number = jsonLimits.keys): unknown => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw fault('not_json', 'the body is not JSON')
  }
  inspect(text, mostKeys)
  return value
}
