import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { insertRow, makeTenant, testKeys } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { ip } from '#domain/risk/testing/facts.ts'
import { createFactTools } from '#platform/facts/fact-tools.ts'
import { createLogger } from '#platform/process/log.ts'
import type { NamedDirectory } from '../directory/configuration.ts'
import { DirectoryError } from '../directory/directory-error.ts'
import { createOpenDirectory } from '../directory/index.ts'
import { ldapOptions } from '../directory/ldap/options.ts'
import type { DirectoryPerson, DirectorySignIn, GuardedDirectory, SyncPart } from '../directory/port.ts'
import { checkRights, readSignInLogs, syncDirectories } from './sync-directories.ts'

const database = useDatabase()
const keys = testKeys()

const ann: DirectoryPerson = {
  directoryId: randomUUID(),
  handle: 'uid=ann,dc=x',
  login: 'ann',
  displayName: 'Ann Unloggable',
  givenName: 'Ann',
  familyName: 'Unloggable',
  workEmail: 'ann@corp.example',
  title: null,
  department: null,
  office: null,
  country: null,
  language: null,
  managerHandle: null,
  contacts: [],
  state: 'active',
  passwordChangedAt: null,
  changedAt: null,
}
const parts: readonly SyncPart[] = [
  { kind: 'people', people: [ann] },
  { kind: 'end', cursor: 'c1', isWhole: true },
]

const named = (tenantId: string, name: string): NamedDirectory => ({
  tenantId,
  options: ldapOptions.parse({
    kind: 'ldap',
    tenant: 'corp',
    name,
    url: 'ldaps://localhost:1',
    bindDn: 'cn=x',
    passwordFile: '/nowhere',
    base: 'dc=corp,dc=example',
  }),
})

/** Two directories of one tenant: the first gives no answer, the second is as told. */
const scene = async (second: Partial<GuardedDirectory>) => {
  const { id: tenantId } = await makeTenant(database.owner)
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const db = database.worker
  const builtin = createOpenDirectory(db, keys.worker)(tenantId, 'builtin')
  const broken: Partial<GuardedDirectory> = {
    sync: async function* () {
      yield await Promise.reject<SyncPart>(new DirectoryError('unreachable'))
    },
    checkSelf: () => Promise.reject(new DirectoryError('credentials')),
    offers: new Set(['sign_in_log']),
    signIns: async function* () {
      yield await Promise.reject<readonly DirectorySignIn[]>(new DirectoryError('rights'))
    },
  }
  return {
    tenantId,
    lines,
    deps: {
      db,
      keys: keys.worker,
      log: createLogger({ process: 'worker', level: 'info', destination }),
      directories: [named(tenantId, 'first'), named(tenantId, 'second')],
      openDirectory: (_tenantId: string, name: string) => ({
        ...builtin,
        ...(name === 'first' ? broken : second),
      }),
    },
  }
}

describe('reading directories', () => {
  it('R17: one that gives no answer keeps no other waiting, and no line names a person', async () => {
    const sync = async function* () {
      yield* await Promise.resolve(parts)
    }
    const { deps, tenantId, lines } = await scene({ sync })
    await syncDirectories(deps)
    const people = await database.owner.query(`select directory, login from people where tenant_id = $1`, [
      tenantId,
    ])
    expect(people).toEqual([{ directory: 'second', login: 'ann' }])
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { message: 'a directory could not be read', directory: 'first', errorCode: 'unreachable' },
      { message: 'a directory was read', directory: 'second', count: 1, state: 'whole' },
    ])
    expect(lines.join()).not.toMatch(/unloggable|ann@|uid=ann/i)
  })

  it('R17, M2: a log that gives no answer keeps no other waiting, and no line names who signed in or from where', async () => {
    const address = '86.128.0.1'
    const { deps, tenantId, lines } = await scene({
      offers: new Set(['sign_in_log']),
      signIns: async function* ({ from }) {
        yield await Promise.resolve([{ directoryId: ann.directoryId, at: from.toISOString(), address }])
      },
    })
    for (const directory of ['first', 'second'])
      await insertRow(database.owner, 'directory_syncs', {
        ...{ tenant_id: tenantId, directory, read_whole_at: new Date() },
        log_until: new Date(Date.now() - 73 * 3_600_000),
      })
    const factTools = { ...createFactTools(null), lookUp: () => ip({ address, asn: 2856, country: 'GB' }) }
    expect(await readSignInLogs({ ...deps, factTools })).toBe(1)
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { message: 'a log of sign-ins could not be read', directory: 'first', errorCode: 'rights' },
      { message: 'a log of sign-ins was read', directory: 'second', count: 1 },
    ])
    expect(lines.join()).not.toContain(address)
    expect(lines.join()).not.toContain(ann.directoryId)
    const problems = await database.owner.query(
      'select log_problem as problem from directory_syncs where tenant_id = $1 order by directory',
      [tenantId],
    )
    expect(problems).toEqual([{ problem: 'rights' }, { problem: null }])
    // The next run finds nothing due in the second one.
    expect(await readSignInLogs({ ...deps, factTools })).toBe(0)
  })

  it('N1: what our account may beyond its need, or lacks, is a warning each; what cannot be looked at is said', async () => {
    const { deps, lines } = await scene({
      checkSelf: () =>
        Promise.resolve({
          kind: 'checked',
          findings: [
            { kind: 'excess', right: 'write', detail: 'mobile' },
            { kind: 'missing', right: 'write', detail: 'lockoutTime' },
          ],
        }),
    })
    await checkRights(deps)
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      {
        message: 'the rights of our account in a directory could not be looked at',
        directory: 'first',
        errorCode: 'credentials',
      },
      { message: 'our account in a directory may do more than it needs', reason: 'write', code: 'mobile' },
      { message: 'our account in a directory lacks a right', reason: 'write', code: 'lockoutTime' },
    ])
  })
})
