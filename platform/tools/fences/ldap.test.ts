import { describe, expect, it } from 'vitest'
import { filesBelow, textOf } from './sources.ts'

/** Text that is put into a filter or a name of a directory instead of being escaped by a library. */
const pasted = /\(\s*[&|!]?\s*\(?\w+[~<>]?=\$\{|\b(?:cn|uid|ou|dc|CN|OU|DC)=\$\{/

const clients = /^(ldapts|ldapjs|@ldapjs\/.+|activedirectory\d?|ldap-\w+|node-ldap)$/

const sources = ['activities', 'api', 'services', 'platform']
  .flatMap(filesBelow)
  .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\/testing\//.test(path))

describe('K2: nothing is pasted into a question to a directory', () => {
  it('no filter and no name is built from text', () => {
    expect(sources.length).toBeGreaterThan(150)
    expect(sources.filter((path) => pasted.test(textOf(path)))).toEqual([])
  })

  it('one LDAP client is among the packages, asked where its escaping is tested against a real server', () => {
    const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> }
    const present = Object.keys(dependencies).filter((name) => clients.test(name))
    expect(present).toEqual(['ldapts'])
    const asking = sources.filter((path) => /from 'ldapts'/.test(textOf(path)))
    expect(asking.length).toBeGreaterThan(3)
    expect(asking.filter((path) => !path.startsWith('activities/directory/ldap/'))).toEqual([])
    for (const test of ['activities/directory/ldap/ldap-server.directory.test.ts'])
      expect(textOf(test)).toContain('K2: names with letters that mean something to a directory')
  })

  it('finds a planted one', () => {
    for (const bad of ['`(uid=${login})`', '`(&(mail=${mail})(x=y))`', '`cn=${name},dc=corp`'])
      expect(bad).toMatch(pasted)
    expect('`(${count} = ${other})`').not.toMatch(pasted)
    expect('ldapts').toMatch(clients)
  })
})
