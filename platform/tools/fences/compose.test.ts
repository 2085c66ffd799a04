import { readFileSync } from 'node:fs'
import Ajv from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

/** The Compose specification's own schema (NOTICE says which). */
const isValid = new Ajv({ allErrors: true }).compile({
  ...(JSON.parse(read('compose-spec.json')) as object),
  $schema: undefined,
})

const faultsOf = (text: string): readonly string[] => {
  if (isValid(parse(text, { merge: true }))) return []
  return (isValid.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message ?? ''}`)
}

describe('the Compose schema', () => {
  it.each(['docker-compose.yml', 'dev/containers/doubles.yml'])('accepts %s', (file) => {
    expect(faultsOf(read(`../../../${file}`))).toEqual([])
  })

  it('refuses a health check that YAML reads as a mapping, an unknown key and a number for a text', () => {
    const service = (lines: string) => faultsOf(`services:\n  api:\n    image: a\n${lines}`).join()
    expect(service('    healthcheck:\n      test:\n        - CMD\n        - r.ok ? 0: 1\n')).toContain(
      'healthcheck.test[1] should be string',
    )
    expect(service('    restarts: always\n')).toContain('additional properties')
    expect(service('    healthcheck: { interval: 10 }\n')).toContain('healthcheck.interval should be string')
  })
})
