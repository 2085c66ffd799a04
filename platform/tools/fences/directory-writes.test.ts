import { describe, expect, it } from 'vitest'
import { consoleRoutes } from '#api/contract/routes-console.ts'
import { schemas, type RouteSchemas } from '#api/contract/schemas.ts'
import { filesBelow, textOf } from './sources.ts'

const sources = ['api', 'activities', 'workflows', 'services', 'platform']
  .flatMap(filesBelow)
  .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\/testing\//.test(path))
  .map((path) => ({ path, text: textOf(path) }))

const using = (pattern: RegExp): readonly string[] =>
  sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)

/** Names that a route's body may have. */
const fieldsOf = (name: keyof typeof consoleRoutes): readonly string[] => {
  const body = (schemas[name] as RouteSchemas).body as { readonly shape?: object } | undefined
  return Object.keys(body?.shape ?? {})
}

describe('B1, B2: no way from staff to a directory', () => {
  it('no route of the console takes a password, a grant or an operation', () => {
    const names = Object.keys(consoleRoutes) as (keyof typeof consoleRoutes)[]
    expect(names.length).toBeGreaterThan(20)
    expect(names.flatMap(fieldsOf).length).toBeGreaterThan(10)
    const taking = names.filter((name) =>
      /password|grant|operation|directory/i.test([consoleRoutes[name].path, ...fieldsOf(name)].join(' ')),
    )
    expect(taking).toEqual([])
  })

  it('a password is sealed by the portal’s route alone, and named to the workflow by one piece of the portal', () => {
    expect(using(/sealForWorker\([^)]*kind: 'password'/)).toEqual(['services/actions/typed-password.ts'])
    expect(using(/\bsealTypedPassword\(/)).toEqual(['api/portal/passwords.ts'])
    expect(using(/\.submitPassword\(/)).toEqual(['api/portal/send-password.ts'])
    expect(using(/\bsendPassword\(/)).toEqual(['api/portal/passwords.ts', 'api/portal/send-password.ts'])
  })

  it('a directory is written by the guard alone', () => {
    // The demo organisation's accounts: their adapter, and the statement.
    expect(using(/\bwriteHash\b/)).toEqual([
      'activities/directory/builtin.ts',
      'services/people/directory-accounts.ts',
    ])
    expect(using(/directory\.setPassword\(permitted\./)).toEqual(['activities/directory/guarded.ts'])
    expect(using(/\blockAccount\(tx\b/)).toEqual(['activities/directory/builtin.ts'])
    expect(using(/directory\.lockAccount\(permitted\./)).toEqual(['activities/directory/guarded-lock.ts'])
  })
})
