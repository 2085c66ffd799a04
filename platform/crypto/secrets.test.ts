import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readPrivateFile, readSecret, SecretError, weaknessOf } from './secrets.ts'

const folder = mkdtempSync(join(tmpdir(), 'secrets-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function file(name: string, content: string, mode: number): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  chmodSync(path, mode)
  return path
}

describe('private files', () => {
  it('returns the content of a file that only its owner and group can open', () => {
    expect(readPrivateFile(file('mine', 'abc', 0o640)).toString()).toBe('abc')
  })

  it.each([0o604, 0o602, 0o601, 0o666])('M5: refuses a key file that every user can open (%o)', (mode) => {
    expect(() => readPrivateFile(file(`open-${mode}`, 'abc', mode))).toThrow(/every user can open/)
  })

  it('refuses an empty, a missing and a wrong file without repeating its path', () => {
    expect(() => readPrivateFile(file('empty', '', 0o600))).toThrow(new SecretError('names an empty file'))
    expect(() => readPrivateFile(folder)).toThrow(new SecretError('names something that is not a file'))
    expect(() => readPrivateFile(join(folder, 'nowhere'))).toThrow(/^(?!.*nowhere)/)
  })
})

describe('file or value', () => {
  it('prefers neither: both given is an error', () => {
    const env = { TOKEN: 'a', TOKEN_FILE: file('token', 'b', 0o600) }
    expect(() => readSecret(env, 'TOKEN')).toThrow('is given twice: as TOKEN and TOKEN_FILE')
  })

  it('drops one line break at the end of a file', () => {
    expect(readSecret({ TOKEN_FILE: file('line', 'abc\n', 0o600) }, 'TOKEN')).toBe('abc')
  })

  it('is undefined when nothing is given', () => {
    expect(readSecret({ TOKEN: '' }, 'TOKEN')).toBeUndefined()
  })
})

describe('weak secrets', () => {
  it('M5: names short, example and monotonous ones', () => {
    expect(weaknessOf('x9K2')).toMatch(/shorter/)
    expect(weaknessOf('ChangeMe-0123456789-abcdefghijklmnop')).toMatch(/example/)
    expect(weaknessOf('abababababababababababababababababab')).toMatch(/few/)
    expect(weaknessOf('q7Jx2mVt9Kd4Rw8Zb5Ny3Hc6Lf1Pg0Sa')).toBeUndefined()
  })
})
