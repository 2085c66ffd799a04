import { describe, expect, it } from 'vitest'
import { filesBelow, textOf } from './sources.ts'

/** Text that is put into a filter or a name of a directory instead of being escaped by a library. */
const pasted = /\(\s*[&|!]?\s*\(?\w+[~<>]?=\$\{|\b(?:cn|uid|ou|dc|CN|OU|DC)=\$\{/

const clients = /^(ldapts|ldapjs|@ldapjs\/.+|activedirectory\d?|ldap-\w+|node-ldap)$/

const sources = ['activities', 'api', 'platform/server']
  .flatMap(filesBelow)
  .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\/testing\//.test(path))

describe('K2: nothing is pasted into a question to a directory', () => {
  it('no filter and no name is built from text', () => {
    expect(sources.length).toBeGreaterThan(150)
    expect(sources.filter((path) => pasted.test(textOf(path)))).toEqual([])
  })

  it('no LDAP client is among the packages: the one that comes brings the tests of its escaping', () => {
    const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> }
    const present = Object.keys(dependencies).filter((name) => clients.test(name))
    const escaping = sources.filter((path) => path.startsWith('activities/directory/ldap'))
    expect([present, escaping]).toEqual([[], []])
  })

  it('finds a planted one', () => {
    for (const bad of ['`(uid=${login})`', '`(&(mail=${mail})(x=y))`', '`cn=${name},dc=corp`'])
      expect(bad).toMatch(pasted)
    expect('`(${count} = ${other})`').not.toMatch(pasted)
    expect('ldapts').toMatch(clients)
  })
})
