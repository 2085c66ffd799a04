import { describe, expect, it } from 'vitest'
import { InvalidInput } from './errors.ts'
import { parseStrictJson } from './json.ts'

const faultOf = (text: string) => {
  try {
    parseStrictJson(text)
  } catch (error) {
    if (error instanceof InvalidInput) return { status: error.status, ...error.issues[0] }
    throw error
  }
  return null
}

describe('parseStrictJson', () => {
  it('reads ordinary JSON, with escapes and nested values', () => {
    const text = '{"a":"\\"{[,","b":[1,{"a":2},"x"],"c":{"a":null}}'
    expect(parseStrictJson(text)).toEqual(JSON.parse(text))
  })

  it('refuses a repeated key (C14), also when it is written with escapes or sits deeper', () => {
    expect(faultOf('{"to":"a","to":"b"}')).toMatchObject({ status: 400, code: 'repeated_key', path: 'to' })
    expect(faultOf('{"to":"a","t\\u006f":"b"}')).toMatchObject({ code: 'repeated_key' })
    expect(faultOf('{"x":[{"to":1},{"to":1,"to":2}]}')).toMatchObject({ code: 'repeated_key' })
  })

  it('refuses keys that reach a prototype (I9)', () => {
    for (const key of ['__proto__', 'constructor', 'prototype'])
      expect(faultOf(`{"${key}":{"x":1}}`)).toMatchObject({ status: 400, code: 'forbidden_key' })
  })

  it('refuses more than 20 levels and more than 200 keys (H9)', () => {
    expect(faultOf('['.repeat(20) + ']'.repeat(20))).toBeNull()
    expect(faultOf('['.repeat(21) + ']'.repeat(21))).toMatchObject({ code: 'too_deep' })
    const keys = (n: number) => `{${Array.from({ length: n }, (_, i) => `"k${i}":1`).join(',')}}`
    expect(faultOf(keys(200))).toBeNull()
    expect(faultOf(keys(201))).toMatchObject({ code: 'too_many_keys' })
  })

  it('refuses a character that no text has and no table takes, and names the field (K6)', () => {
    const inReason = { status: 422, code: 'forbidden_character', path: 'reason' }
    for (const odd of ['\\u0000', 'a\\u0000b', '\\ud800', 'a\\uDFFFb', '\\udc00\\ud800', '\\\\\\u0000'])
      expect(faultOf(`{"a":{"b":1},"reason":"${odd}"}`)).toMatchObject(inReason)
    expect(faultOf('{"reason":["fine","\\ud800"]}')).toMatchObject(inReason)
    expect(faultOf('{"a\\ud800":1}')).toMatchObject({ code: 'forbidden_character' })
    expect(faultOf('"\\ud800"')).toMatchObject({ code: 'forbidden_character', path: '' })
    for (const fine of ['\\ud83d\\ude00', '😀', '\\u0001', '\\\\u0000', '\\\\ud800', '\\ufffd', '\\t'])
      expect(faultOf(`{"reason":"${fine}"}`)).toBeNull()
  })

  it('refuses what is not JSON without repeating it', () => {
    const fault = faultOf('{"password": hunter2')
    expect(fault).toMatchObject({ status: 400, code: 'not_json' })
    expect(JSON.stringify(fault)).not.toContain('hunter2')
  })
})
