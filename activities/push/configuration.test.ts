import { describe, expect, it } from 'vitest'
import { OperatorFileProblem } from '../operator-file.ts'
import { parsePushServices } from './configuration.ts'
import { accountNameOf } from './options.ts'

const one = {
  ...{ kind: 'privacyidea', tenant: 'northwind', url: 'https://pi.northwind.example/' },
  ...{ user: 'countersign', passwordFile: '/run/secrets/pi' },
}
const fileOf = (...services: readonly object[]): string => JSON.stringify({ services })
const problemOf = (text: string): string => {
  try {
    parsePushServices(text, '/etc/push.json')
    return 'none'
  } catch (error) {
    return error instanceof OperatorFileProblem ? error.message : 'another error'
  }
}

describe('the operator’s file of services for pushes', () => {
  it('names one service for each organisation, with what it does not say filled in', () => {
    expect(parsePushServices(fileOf(one, { ...one, tenant: 'fabrikam' }), 'file')).toMatchObject([
      { url: 'https://pi.northwind.example', account: 'login' },
      { tenant: 'fabrikam' },
    ])
    expect(problemOf(fileOf(one, one))).toBe(
      'PUSH_SERVICES names /etc/push.json, which cannot be used: it names northwind twice.',
    )
  })

  it('J2, E6: takes no address without TLS, no password in place of a file, and no field that it does not know', () => {
    expect(problemOf(fileOf({ ...one, url: 'http://pi.example' }))).toContain('services.0.url')
    for (const more of [{ password: 'hunter2' }, { verify: false }])
      expect(problemOf(fileOf({ ...one, ...more }))).toMatch(/services\.0 has fields that are not known/)
    expect(problemOf(fileOf({ ...one, kind: 'hunter2' }))).toContain('docs/pushes.md')
    expect(problemOf('{"services": [hunter2')).not.toContain('hunter2')
  })

  it('E6: takes an integration of Duo, whose secret key is in a file', () => {
    const duo = {
      ...{ kind: 'duo', tenant: 'northwind', host: 'api-12345678.duosecurity.com' },
      ...{ integrationKey: 'DIXXXXXXXXXXXXXXXXXX', secretKeyFile: '/run/secrets/duo' },
    }
    expect(parsePushServices(fileOf(duo), 'file')).toMatchObject([{ kind: 'duo', account: 'login' }])
    for (const more of [
      { secretKey: 'hunter2' },
      { host: 'https://api.example/' },
      { integrationKey: 'a b' },
    ])
      expect(problemOf(fileOf({ ...duo, ...more }))).toMatch(/services\.0/)
  })

  it.each([
    ['login', 'anna@northwind.example', 'anna@northwind.example'],
    ['local_part', 'anna@northwind.example', 'anna'],
    ['local_part', 'NORTHWIND\\anna', 'anna'],
    ['local_part', 'anna', 'anna'],
  ] as const)('by %s calls %s %s', (account, login, name) => {
    expect(accountNameOf({ account }, login)).toBe(name)
  })
})
