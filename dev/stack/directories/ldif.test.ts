import { describe, expect, it } from 'vitest'
import { directoryOf } from '../demo/demo-directories.ts'
import { guidTextOf, readEntries } from './ldif.ts'

describe('what ldapsearch prints', () => {
  it('is read entry by entry, with bytes as bytes and the first value of each attribute', () => {
    const text =
      'dn: CN=a\nsAMAccountName: a\nmail: 1\nmail: 2\nobjectGUID:: AAECAwQFBgcICQoLDA0ODw==\n\ndn: CN=b\n\n'
    const [a, b, ...others] = readEntries(text)
    expect(a?.get('sAMAccountName')?.toString()).toBe('a')
    expect(a?.get('mail')?.toString()).toBe('1')
    expect(guidTextOf(a?.get('objectGUID') ?? Buffer.alloc(0))).toBe('03020100-0504-0706-0809-0a0b0c0d0e0f')
    expect(b?.get('dn')?.toString()).toBe('CN=b')
    expect(others).toEqual([])
  })
})

describe('the directory that a command line asks for', () => {
  it('is none, or one that there is', () => {
    expect(directoryOf(['node', 'start.ts'])).toBeUndefined()
    expect(directoryOf(['start.ts', '--directory', 'active_directory'])).toBe('active_directory')
    expect(() => directoryOf(['start.ts', '--directory'])).toThrow('--directory takes one of')
    expect(() => directoryOf(['start.ts', '--directory', 'toString'])).toThrow('--directory takes one of')
  })
})
