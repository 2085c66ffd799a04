import { InvalidInput } from './errors.ts'

/** Sizes of a JSON body (security.md H9). */
export const jsonLimits = { bytes: 65_536, depth: 20, keys: 200 } as const

/** Keys that reach an object's prototype (security.md I9). */
const polluting = new Set(['__proto__', 'constructor', 'prototype'])

type Scope = { readonly keys: Set<string> | null; expectsKey: boolean }

/** Reads a string literal that begins at `start`; gives the index after it. The text is known to be valid JSON. */
const endOfString = (text: string, start: number): number => {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

const fault = (code: string, message: string, path = ''): InvalidInput =>
  new InvalidInput(400, [{ path, code, message }])

const takeKey = (scope: Scope, key: string): void => {
  if (polluting.has(key)) throw fault('forbidden_key', 'this key is not accepted', key)
  if (scope.keys?.has(key)) throw fault('repeated_key', 'this key is given twice', key)
  scope.keys?.add(key)
  scope.expectsKey = false
}

const open = (scopes: Scope[], isObject: boolean): void => {
  if (scopes.length >= jsonLimits.depth) throw fault('too_deep', `deeper than ${jsonLimits.depth} levels`)
  scopes.push({ keys: isObject ? new Set() : null, expectsKey: isObject })
}

/** Walks valid JSON once: depth, number of keys, repeated and polluting keys. JSON.parse keeps silent about all four. */
const inspect = (text: string): void => {
  const scopes: Scope[] = []
  let keys = 0
  for (let at = 0; at < text.length; at += 1) {
    const scope = scopes.at(-1)
    const character = text[at]
    if (character === '{' || character === '[') open(scopes, character === '{')
    else if (character === '}' || character === ']') scopes.pop()
    else if (character === ',' && scope?.keys) scope.expectsKey = true
    else if (character === '"') {
      const end = endOfString(text, at)
      if (scope?.expectsKey === true) {
        keys += 1
        if (keys > jsonLimits.keys) throw fault('too_many_keys', `more than ${jsonLimits.keys} keys`)
        takeKey(scope, JSON.parse(text.slice(at, end)) as string)
      }
      at = end - 1
    }
  }
}

/**
 * Parses a request body strictly (security.md C14, H9, I9).
 * @throws InvalidInput (400) for broken JSON, repeated or polluting keys, more than 20 levels or 200 keys
 */
export const parseStrictJson = (text: string): unknown => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw fault('not_json', 'the body is not JSON')
  }
  inspect(text)
  return value
}
