import { describe, expect, it } from 'vitest'
import { insertRow, makePerson, testKeys } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { DirectoryError } from './directory-error.ts'
import type { Directory, SyncOptions } from './port.ts'
import { syncPeople } from './sync-people.ts'
import { all, openScene, person, saying, yearAgo } from './testing/sync-scene.ts'

const database = useDatabase()
const keys = testKeys()
const scene = () => openScene(database)

describe('a sync into our tables', () => {
  it('adds people with their contacts and managers, in any order', async () => {
    const { run, rows, contacts } = await scene()
    const boss = person('boss')
    const report = await run([
      { kind: 'people', people: [person('ann', { managerHandle: 'UID=boss,dc=x' })] },
      ...all(boss),
    ])
    expect(report).toEqual({
      ...{ read: 2, gone: 0, skipped: 0, refused: 0 },
      ...{ readEverybody: true, isHeld: false },
    })
    const [ann] = await rows()
    expect(ann).toMatchObject({ login: 'ann', manager: 'boss', tier: 'standard', directory: 'corp' })
    const onFile = await contacts(ann?.['id'])
    expect(onFile.map(({ kind, label, value }) => `${kind} ${label} ${value}`).sort()).toEqual([
      'email work ann@corp.example',
      'phone mobile +447911123456',
    ])
    // B19: nothing of the entry changed later, so the contact did not.
    expect(onFile.map(({ lastChangedAt }) => lastChangedAt.toISOString())).toEqual([yearAgo, yearAgo])
  })

  it('writes nothing where nothing changed, and keeps the row of who was renamed', async () => {
    const { run, rows } = await scene()
    const [ann, bob] = [person('ann'), person('bob')]
    await run(all(ann, bob))
    const before = await rows()
    await run(all(ann, { ...bob, login: 'robert', familyName: 'Roberts', handle: 'uid=robert,dc=x' }))
    const after = await rows()
    expect(after[0]).toEqual(before[0])
    expect(after[1]).toMatchObject({ id: before[1]?.['id'], login: 'robert', family_name: 'Roberts' })
  })

  it('F7: takes the account of people whose directory is the provider too, and leaves one alone that another person has', async () => {
    const { tenantId, run, rows } = await scene()
    await makePerson(database.owner, tenantId, { login: 'other', sign_in_subject: 'taken' })
    const [ann, bob, cat] = [
      person('ann', { signInId: 'sub-1' }),
      person('bob', { signInId: 'taken' }),
      person('cat'),
    ]
    await run(all(ann, bob, cat))
    const accounts = async () =>
      (await rows())
        .filter(({ login }) => login !== 'other')
        .map((row) => [row['login'], row['sign_in_subject']])
    expect(await accounts()).toEqual([
      ['ann', 'sub-1'],
      ['bob', null],
      ['cat', null],
    ])
    // A reading that says nothing of accounts takes none away.
    await run(all({ ...ann, signInId: undefined as never, title: 'Boss' }, bob, cat))
    expect((await accounts())[0]).toEqual(['ann', 'sub-1'])
  })

  it('B19: a changed number is a new contact of now, and the other keeps its age', async () => {
    const { run, rows, contacts } = await scene()
    const ann = person('ann')
    await run(all(ann))
    const changedAt = new Date(Date.now() - 60_000).toISOString()
    await run(
      all({ ...ann, changedAt, contacts: [{ kind: 'phone', label: 'mobile', value: '+447400123456' }] }),
    )
    const onFile = await contacts((await rows())[0]?.['id'])
    expect(onFile.map(({ value, lastChangedAt }) => [value, lastChangedAt.toISOString()]).sort()).toEqual([
      ['+447400123456', changedAt],
      ['ann@corp.example', yearAgo],
    ])
  })

  it('marks who is gone, by name and by absence, with no contact left, and takes them up again when they return', async () => {
    const { run, row, contacts } = await scene()
    const [ann, bob, cat] = [person('ann'), person('bob'), person('cat')]
    await run(all(ann, bob, cat))
    const report = await run([
      { kind: 'gone', ids: [bob.directoryId] },
      { kind: 'present', ids: [ann.directoryId] },
      { kind: 'end', cursor: 'c2', isWhole: true },
    ])
    expect(report).toMatchObject({ gone: 2 })
    const gone = await Promise.all([ann, bob, cat].map(({ directoryId }) => row(directoryId)))
    expect(gone.map((one) => one?.['account_state'])).toEqual(['active', 'deleted', 'deleted'])
    expect(await contacts(gone[1]?.['id'])).toEqual([])
    await run(all(ann, bob))
    expect(await row(bob.directoryId)).toMatchObject({ account_state: 'active', id: gone[1]?.['id'] })
    expect(await contacts(gone[1]?.['id'])).toHaveLength(2)
  })

  it('where not everybody was named nobody is gone for being absent', async () => {
    const { run, row } = await scene()
    const ann = person('ann')
    await run(all(ann))
    await run([{ kind: 'end', cursor: 'c2', isWhole: false }])
    expect(await row(ann.directoryId)).toMatchObject({ account_state: 'active' })
  })

  it('continues from the cursor, and reads everybody anew after a day', async () => {
    const { tenantId, run } = await scene()
    const asked: SyncOptions[] = []
    await run(all(person('ann')), asked)
    await run([{ kind: 'end', cursor: 'c2', isWhole: false }], asked)
    await database.owner.run(
      `update directory_syncs set read_whole_at = now() - interval '25 hours' where tenant_id = $1`,
      [tenantId],
    )
    await run(all(), asked)
    expect(asked.map(({ since }) => since)).toEqual([null, 'c1', null])
  })

  it('a login that moved from one person to another, also round in a ring, ends where it belongs', async () => {
    const { run, row } = await scene()
    const [ann, bob, cat] = [person('ann'), person('bob'), person('cat')]
    await run(all(ann, bob, cat))
    await run(all({ ...ann, login: 'bob' }, { ...bob, login: 'ann' }))
    const fresh = person('cat')
    await run(all({ ...ann, login: 'bob' }, { ...bob, login: 'ann' }, fresh))
    const rows = await Promise.all([ann, bob, fresh, cat].map(({ directoryId }) => row(directoryId)))
    expect(rows.map((one) => [one?.['login'], one?.['account_state']])).toEqual([
      ['bob', 'active'],
      ['ann', 'active'],
      ['cat', 'active'],
      [cat.directoryId, 'deleted'],
    ])
  })

  it('a person whose login another directory’s person has is left out and counted', async () => {
    const { tenantId, run, row } = await scene()
    const theirs = await makePerson(database.owner, tenantId, { login: 'ann' })
    const ann = person('ann')
    expect(await run(all(ann, person('bob')))).toMatchObject({ read: 2, skipped: 1 })
    expect(await row(ann.directoryId)).toBeUndefined()
    expect(await row(theirs.directory_id)).toMatchObject({ login: 'ann', account_state: 'active' })
  })

  it('B17, C13: what is no number and no single address is no contact', async () => {
    const { run, rows, contacts } = await scene()
    const bad = person('ann', {
      workEmail: 'ann@corp.example, eve@evil.example',
      contacts: [
        { kind: 'phone', label: 'mobile', value: '12' },
        { kind: 'phone', label: 'work', value: '+44 7911 123456 x9' },
        { kind: 'email', label: 'private', value: 'ann＠evil.example' },
      ],
    })
    expect(await run(all(bad))).toMatchObject({ refused: 4 })
    expect(await contacts((await rows())[0]?.['id'])).toEqual([])
  })

  it('K6: names come in composed letters and without unseen ones', async () => {
    const { run, rows } = await scene()
    await run(all(person('ann', { displayName: 'Zoe\u0308 \u202Eevil\u200B\u0000 Ng' })))
    expect((await rows())[0]).toMatchObject({ display_name: 'Zoë evil Ng' })
  })

  it('a directory that gives no answer is noted by a word, and a cursor that is over is forgotten', async () => {
    const { tenantId, run, state } = await scene()
    await run(all(person('ann')))
    for (const [problem, cursor] of [
      ['unreachable', 'c1'],
      ['cursor_over', null],
    ] as const) {
      const broken: Directory = {
        ...saying([]),
        // eslint-disable-next-line require-yield -- it ends before the first part
        sync: async function* () {
          throw await Promise.resolve(new DirectoryError(problem))
        },
      }
      const deps = { db: database.worker, keys: keys.worker }
      await expect(syncPeople(deps, tenantId, 'corp', broken)).rejects.toThrow(DirectoryError)
      expect(await state()).toMatchObject({ problem, cursor })
    }
  })

  it('what the sync of one tenant does reaches no other', async () => {
    const [mine, other] = [await scene(), await scene()]
    const ann = person('ann')
    await other.run(all(ann))
    await mine.run(all({ ...ann, familyName: 'Changed' }))
    await mine.run(all())
    expect(await other.row(ann.directoryId)).toMatchObject({ family_name: 'ann', account_state: 'active' })
    await insertRow(database.owner, 'directory_syncs', { tenant_id: mine.tenantId, directory: 'x' })
  })
})
