import { describe, expect, it } from 'vitest'
import { safeReturnTo } from './return-to.ts'

describe('safeReturnTo', () => {
  it('keeps a path of our own with its query', () => {
    expect(safeReturnTo('/verifications?outcome=passed&sort=risk')).toBe(
      '/verifications?outcome=passed&sort=risk',
    )
  })

  it('K9: sends everything else to the start page', () => {
    const hostile = [
      null,
      '',
      '//evil.example',
      '/\\evil.example',
      '\\/evil.example',
      'https:evil.example',
      'https://evil.example/',
      'javascript:alert(1)',
      '/%5cevil.example',
      '/%5Cevil.example',
      '/\tevil',
      '/\nevil',
      '/%0d%0aset-cookie:x',
      ' /x',
      'verifications',
      `/${'x'.repeat(600)}`,
      '/.//evil.example',
      '/..//evil.example',
      '/a/..//evil.example',
      '/%2e%2e//evil.example',
      '/%2e/%2fevil.example',
      '/%252e%252e%252f%252fevil.example',
      '/%25255cevil.example',
      '/people%7f',
      '/people?next=//evil.example',
      `/${'"'.repeat(499)}`,
    ]
    expect(hostile.map(safeReturnTo)).toEqual(hostile.map(() => '/'))
  })

  it('resolves dots within our own origin', () => {
    expect(safeReturnTo('/a/../../b')).toBe('/b')
  })
})
