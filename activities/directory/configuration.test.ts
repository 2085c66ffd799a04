import { describe, expect, it } from 'vitest'
import { OperatorFileProblem } from '../operator-file.ts'
import { parseDirectories } from './configuration.ts'

const ldap = {
  kind: 'ldap',
  tenant: 'northwind',
  name: 'corp',
  url: 'ldaps://ldap.northwind.test',
  bindDn: 'cn=svc-reset,dc=northwind,dc=test',
  passwordFile: '/run/secrets/ldap',
  base: 'ou=people,dc=northwind,dc=test',
}
const fileOf = (...directories: readonly object[]): string => JSON.stringify({ directories })
const problemOf = (text: string): string => {
  try {
    parseDirectories(text, '/etc/directories.json')
    return 'none'
  } catch (error) {
    return error instanceof OperatorFileProblem ? error.message : 'another error'
  }
}

describe('the operator’s file of directories', () => {
  it('names each directory of each tenant once, with what it does not say filled in', () => {
    expect(parseDirectories(fileOf(ldap, { ...ldap, tenant: 'fabrikam' }), 'file')).toMatchObject([
      { name: 'corp', filter: '(objectClass=inetOrgPerson)', privilegedGroups: [] },
      { tenant: 'fabrikam' },
    ])
    expect(problemOf(fileOf(ldap, ldap))).toContain('northwind/corp twice')
  })

  it('J2: takes no address without TLS, and none that holds a password', () => {
    for (const url of ['ldap://h', 'ldaps://cn=a:secret@h', 'https://h', 'ldaps://h/dc=x', 'ldaps://'])
      expect(problemOf(fileOf({ ...ldap, url }))).toContain('directories.0.url')
  })

  it('E6: takes no password in place of a file, and no key that it does not know', () => {
    for (const more of [{ password: 'hunter2' }, { startTls: true }, { tlsVerify: false }])
      expect(problemOf(fileOf({ ...ldap, ...more }))).toMatch(/directories\.0/)
  })

  it('says where it is wrong and repeats no value', () => {
    for (const text of ['{"directories": [hunter2', fileOf({ ...ldap, filter: '(hunter2', kind: 'ldap' })]) {
      expect(problemOf(text)).not.toBe('none')
      expect(problemOf(text)).not.toContain('hunter2')
    }
  })

  it('names the file and the field in plain words', () => {
    const { bindDn: _, ...without } = ldap
    const says = (text: string) =>
      problemOf(text).replace('DIRECTORIES names /etc/directories.json, which cannot be used: ', '')
    expect(problemOf(fileOf(without))).toBe(
      'DIRECTORIES names /etc/directories.json, which cannot be used: directories.0.bindDn is missing.',
    )
    expect(says(fileOf({ ...ldap, base: 7 }))).toBe('directories.0.base must be of the type string.')
    expect(says(fileOf({ ...ldap, tls: 7 }))).toBe('directories.0 has fields that are not known there (tls).')
    expect(says(fileOf({ ...ldap, kind: 'hr' }))).toBe(
      'directories.0.kind must be one of those that docs/directories.md names.',
    )
    expect(says('{}')).toBe('directories is missing.')
  })

  it('never takes the demo’s own name, and wants to know where groups are before it looks for them', () => {
    expect(problemOf(fileOf({ ...ldap, name: 'builtin' }))).toContain('directories.0.name')
    expect(problemOf(fileOf({ ...ldap, privilegedGroups: ['cn=admins,dc=x'] }))).toContain(
      'directories.0.groupBase',
    )
  })

  const [uuid, common] = ['0b8b1a52-6f0c-4b53-8b5c-0c8a5b0f6a11', { tenant: 'northwind', name: 'cloud' }]
  const keycloak = {
    ...common,
    kind: 'keycloak',
    url: 'https://sso.northwind.test/auth/',
    realm: 'corp',
    clientId: 'countersign',
    clientSecretFile: '/run/secrets/keycloak',
  }
  const okta = {
    ...common,
    kind: 'okta',
    url: 'https://northwind.okta.test',
    clientId: '0oa1',
    privateKeyFile: '/run/secrets/okta',
  }
  const entra = {
    ...common,
    kind: 'entra',
    organisation: uuid,
    clientId: uuid,
    refreshTokenFile: '/run/secrets/entra',
  }

  it('knows Keycloak, Okta and Entra, with what is not said filled in', () => {
    expect(parseDirectories(fileOf(keycloak), 'file')).toMatchObject([
      {
        url: 'https://sso.northwind.test/auth',
        enrolment: ['CONFIGURE_TOTP'],
        attributes: { mobile: 'mobile' },
      },
    ])
    expect(parseDirectories(fileOf(okta), 'file')).toMatchObject([
      { keyAlgorithm: 'RS256', honoursHistory: true },
    ])
    expect(parseDirectories(fileOf(entra), 'file')).toMatchObject([
      { url: 'https://graph.microsoft.com', signInUrl: 'https://login.microsoftonline.com', passMinutes: 60 },
    ])
  })

  it.each([
    ['keycloak', keycloak],
    ['okta', okta],
    ['entra', entra],
  ])('J2, E6: %s is spoken to by TLS alone, and its secrets are in files', (_kind, options) => {
    for (const url of ['http://h', 'https://a:b@h', 'https://h/?x', 'https://h/#x', 'https://'])
      expect(problemOf(fileOf({ ...options, url }))).toContain('directories.0.url')
    for (const more of [{ clientSecret: 'hunter2' }, { token: 'hunter2' }, { rejectUnauthorized: false }])
      expect(problemOf(fileOf({ ...options, ...more }))).toMatch(/directories\.0/)
  })

  it.each([
    ['keycloak', keycloak],
    ['okta', okta],
    ['entra', entra],
  ])('reads no log of %s unless the file says so', (_kind, options) => {
    expect(parseDirectories(fileOf(options), 'file')).toMatchObject([{ signInLog: false }])
    expect(parseDirectories(fileOf({ ...options, signInLog: true }), 'file')).toMatchObject([
      { signInLog: true },
    ])
    expect(problemOf(fileOf({ ...options, signInLog: 'yes' }))).toContain('directories.0.signInLog')
  })

  it('knows no log of a directory that keeps none', () => {
    expect(problemOf(fileOf({ ...ldap, signInLog: true }))).toContain('(signInLog)')
  })

  it('N1: never takes the realm whose people are administrators of all realms', () => {
    expect(problemOf(fileOf({ ...keycloak, realm: 'master' }))).toContain('directories.0.realm')
  })
})
