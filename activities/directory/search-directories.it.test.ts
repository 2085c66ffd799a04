import { randomUUID } from 'node:crypto'
import { setTimeout as rest } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { keepOffers } from '#services/people/directory-syncs.ts'
import { makeTenant } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { readContacts } from '#services/people/contacts.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import { useDeps } from '../testing/use-deps.ts'
import { completeDirectory } from './complete.ts'
import { DirectoryError } from './directory-error.ts'
import type { Directory, DirectoryPerson, GuardedDirectory, Privilege } from './port.ts'
import { createSearchDirectories } from './search-directories.ts'
import { syncPeople } from './sync-people.ts'
import { all, person, saying, yearAgo } from './testing/sync-scene.ts'

const open = useDeps()

type Reading = Partial<Pick<Directory, 'search' | 'privilegeOf'>>

const says =
  (...people: readonly DirectoryPerson[]): Directory['search'] =>
  (_, limit) =>
    Promise.resolve(people.slice(0, limit))
const silence = (): Promise<never> =>
  rest(60_000).then(() => Promise.reject(new DirectoryError('unreachable')))
const standard = (): Promise<Privilege> => Promise.resolve({ kind: 'standard' })

/** A tenant with these directories, and a search in them. */
const openScene = async (directories: Readonly<Record<string, Reading>>) => {
  const { database, keys } = open
  const { id: tenantId } = await makeTenant(database.owner)
  const opened = new Map<string, Directory>()
  for (const [name, reading] of Object.entries(directories)) {
    const directory = completeDirectory({
      privilegeOf: standard,
      ...reading,
      canForceChange: false,
      find: () => Promise.resolve(null),
      setPassword: () => Promise.resolve({ kind: 'not_written' }),
      readBack: () => Promise.resolve({ kind: 'unknown', version: null }),
    })
    opened.set(name, directory)
    await inTenant(database.worker, tenantId, (tx) => keepOffers(tx, name, [...directory.offers]))
  }
  const deps = {
    ...open.deps(),
    openDirectory: (_: string, name: string) => {
      const directory = opened.get(name)
      if (directory === undefined) throw new Error('there is no such directory')
      return directory as unknown as GuardedDirectory
    },
  }
  const search = (words = 'ada', change: { place?: string; words?: string } = {}) => {
    const searchId = randomUUID()
    const row = change.place ?? searchId
    const place = { tenantId, verificationId: row, kind: 'directory_search', row } as const
    const sealedWords = sealForWorker(keys.api, place, words).toString('base64')
    return createSearchDirectories(deps)({ search: { tenantId, searchId, sealedWords } })
  }
  const rows = () =>
    database.owner.query<Record<string, unknown>>(
      `select p.id, p.login, p.directory, p.tier, p.is_tier_from_directory as "fromDirectory", m.login as manager
       from people p left join people m on m.tenant_id = p.tenant_id and m.id = p.manager_id
       where p.tenant_id = $1 order by p.login`,
      [tenantId],
    )
  const contacts = (personId: string) =>
    inTenant(database.worker, tenantId, (tx) => readContacts(tx, keys.worker, personId))
  const sync = (...people: readonly DirectoryPerson[]) =>
    syncPeople({ db: database.worker, keys: keys.worker }, tenantId, 'corp', saying(all(...people)))
  return { tenantId, search, rows, contacts, sync }
}

describe('a search in the directories', () => {
  it('stores whom it finds as a sync does, under one row, with the manager', async () => {
    const [boss, ada] = [person('boss'), person('ada', { managerHandle: 'UID=boss,dc=x' })]
    const scene = await openScene({ corp: { search: says(ada) } })
    await scene.sync(boss)
    const found = await scene.search()
    const row = (await scene.rows()).find(({ login }) => login === 'ada')
    expect(found).toEqual({ personIds: [row?.['id']], more: false, silent: [] })
    expect(row).toMatchObject({ directory: 'corp', tier: 'standard', manager: 'boss' })
    await scene.sync(boss, ada)
    expect((await scene.search()).personIds).toEqual(found.personIds)
    expect((await scene.rows()).length).toBe(2)
  })

  it('D7: a manager who is found becomes the manager of those who name them', async () => {
    const [boss, ada] = [person('boss'), person('ada', { managerHandle: 'uid=boss,dc=x' })]
    const scene = await openScene({ corp: { search: says(boss) } })
    await scene.sync(ada)
    expect(await scene.rows()).toMatchObject([{ login: 'ada', manager: null }])
    await scene.search()
    expect(await scene.rows()).toMatchObject([{ login: 'ada', manager: 'boss' }, { login: 'boss' }])
  })

  it('B19: a contact that it brings is as old as this moment, whatever the entry says; one on file keeps its age', async () => {
    const [known, ada] = [person('known'), person('ada')]
    const scene = await openScene({ corp: { search: says(known, ada) } })
    await scene.sync(known)
    const [knownId = '', adaId = ''] = (await scene.search()).personIds
    for (const contact of await scene.contacts(knownId))
      expect(contact.lastChangedAt.toISOString()).toBe(yearAgo)
    const fresh = await scene.contacts(adaId)
    expect(fresh.length).toBe(2)
    for (const { lastChangedAt } of fresh) expect(Date.now() - lastChangedAt.getTime()).toBeLessThan(60_000)
    // Nor does the next reading make it older.
    await scene.sync(known, ada)
    for (const { lastChangedAt } of await scene.contacts(adaId))
      expect(Date.now() - lastChangedAt.getTime()).toBeLessThan(60_000)
  })

  it.each([
    ['privileged', 'privileged'],
    ['unknown', 'privileged'],
    ['standard', 'standard'],
    ['not_offered', 'standard'],
  ] as const)('D2: a new person of whom the directory says %s begins as %s', async (kind, tier) => {
    const privilege = kind === 'privileged' ? { kind, through: ['admins'] } : { kind }
    const scene = await openScene({
      corp: { search: says(person('ada')), privilegeOf: () => Promise.resolve(privilege) },
    })
    await scene.search()
    expect(await scene.rows()).toMatchObject([{ tier, fromDirectory: tier === 'privileged' }])
  })

  it('D2, N8: no answer about the privilege in time counts as much, and the person is found all the same', async () => {
    const scene = await openScene({ corp: { search: says(person('ada')), privilegeOf: silence } })
    expect((await scene.search()).personIds.length).toBe(1)
    expect(await scene.rows()).toMatchObject([{ tier: 'privileged', fromDirectory: true }])
  })

  it('D2: asks nothing of those whose tier is known, and takes nothing back', async () => {
    const ada = person('ada')
    let asked = 0
    const scene = await openScene({
      corp: {
        search: says(ada),
        privilegeOf: () => {
          asked += 1
          return standard()
        },
      },
    })
    await scene.sync(ada)
    await open.database.owner.run(`update people set tier = 'privileged' where tenant_id = $1`, [
      scene.tenantId,
    ])
    await scene.search()
    expect([asked, await scene.rows()]).toMatchObject([0, [{ tier: 'privileged' }]])
  })

  it('N8, R17: asks all of them side by side, and says which gave no answer in time', async () => {
    const scene = await openScene({
      away: { search: () => Promise.reject(new DirectoryError('unreachable')) },
      corp: { search: says(person('ada')) },
      silent: { search: silence },
      slow: { search: silence },
    })
    const startedAt = performance.now()
    const found = await scene.search()
    expect(performance.now() - startedAt).toBeLessThan(5_500)
    expect(found).toMatchObject({ silent: ['away', 'silent', 'slow'], more: false })
    expect(found.personIds.length).toBe(1)
  })

  it('D9: gives 20 at most, of each directory in turn, and says that there are more', async () => {
    const many = (name: string) =>
      Array.from({ length: 30 }, (_, index) => person(`${name}-${String(index)}`))
    const scene = await openScene({
      one: { search: says(...many('one')) },
      two: { search: says(...many('two')) },
    })
    const found = await scene.search()
    expect([found.personIds.length, new Set(found.personIds).size, found.more]).toEqual([20, 20, true])
    const directories = (await scene.rows()).map(({ directory }) => directory)
    expect(directories.filter((name) => name === 'one').length).toBe(10)
    expect(directories.length).toBe(20)
  })

  it('leaves out a login that a person of another directory has', async () => {
    const scene = await openScene({ corp: { search: says() }, other: { search: says(person('ada')) } })
    await scene.sync(person('ada'))
    expect((await scene.search()).personIds).toEqual([])
    expect(await scene.rows()).toMatchObject([{ directory: 'corp' }])
  })

  it('M3: takes only words that were sealed for this very search', async () => {
    const scene = await openScene({ corp: { search: says(person('ada')) } })
    await expect(scene.search('ada', { place: randomUUID() })).rejects.toThrow()
    expect(await scene.rows()).toEqual([])
  })

  it('asks nobody where all people are our own rows', async () => {
    const scene = await openScene({})
    expect(await scene.search()).toEqual({ personIds: [], more: false, silent: [] })
  })
})
