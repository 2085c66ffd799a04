import { describe, expect, it } from 'vitest'
import { makeStaff } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { DirectoryError } from './directory-error.ts'
import type { DirectoryPerson } from './port.ts'
import { all, openScene, person, type Row } from './testing/sync-scene.ts'

const database = useDatabase()
const scene = () => openScene(database)

const crowd = (count: number): DirectoryPerson[] =>
  Array.from({ length: count }, (_, index) => person(`p${index}`))

describe('R12: a directory that suddenly shows far fewer', () => {
  it('people takes nobody away: admins get one mail, and it rests before it is read again', async () => {
    const { tenantId, run, rows, state, told, contacts, age } = await scene()
    await makeStaff(database.owner, tenantId, { role: 'admin' })
    const people = crowd(40)
    await run(all(...people))
    expect(await run(all(...people.slice(0, 25)))).toMatchObject({ gone: 0, isHeld: true })
    const after = await rows()
    expect(after.map((row) => row['account_state'])).toEqual(Array(40).fill('active'))
    expect(await contacts(after[39]?.['id'])).toHaveLength(2)
    expect(await state()).toMatchObject({ problem: 'drop', held_people: 15, cursor: 'c1' })
    expect(await run(all(...people))).toBeNull()
    await age(6)
    expect(await run([{ kind: 'end', cursor: 'c2', isWhole: true }])).toMatchObject({ isHeld: true })
    expect(await told()).toEqual([{ notices: 1, events: 1 }])
    await age(6)
    expect(await run(all(...people))).toMatchObject({ gone: 0, isHeld: false })
    expect(await state()).toMatchObject({ problem: null, held_people: null, held_since: null })
  })

  it('named as gone, one page after another, are as many', async () => {
    const { run } = await scene()
    const people = crowd(40)
    await run(all(...people))
    const report = await run([
      { kind: 'gone', ids: people.slice(0, 8).map(({ directoryId }) => directoryId) },
      { kind: 'gone', ids: people.slice(8, 16).map(({ directoryId }) => directoryId) },
      { kind: 'end', cursor: 'c2', isWhole: false },
    ])
    expect(report).toMatchObject({ gone: 0, isHeld: true })
  })

  it('numbers takes none off the file: a right to read them may be lost', async () => {
    const { run, rows, contacts, state } = await scene()
    const people = crowd(40)
    await run(all(...people))
    const report = await run(all(...people.map((one) => ({ ...one, contacts: [] }))))
    expect(report).toMatchObject({ isHeld: true })
    expect(await state()).toMatchObject({ held_people: 0, held_contacts: 40 })
    for (const row of await rows()) expect(await contacts(row['id'])).toHaveLength(2)
  })

  it('is believed once an operator accepts it: so much, once, and not more', async () => {
    const { run, rows, accept, state } = await scene()
    const people = crowd(40)
    await run(all(...people))
    expect(await accept()).toBeNull()
    await run(all(...people.slice(0, 25)))
    expect(await accept()).toEqual({ people: 15, contacts: 0 })
    expect(await run(all(...people.slice(0, 20)))).toMatchObject({ gone: 0, isHeld: true })
    expect(await state()).toMatchObject({ held_people: 20, accepted_people: null })
    await accept()
    expect(await run(all(...people.slice(0, 20)))).toMatchObject({ gone: 20, isHeld: false })
    expect((await rows()).filter((row) => row['account_state'] === 'active')).toHaveLength(20)
    await run(all(...people.slice(0, 5)))
    expect(await state()).toMatchObject({ held_people: 15 })
  })

  it('by a few is the day’s business', async () => {
    const { run } = await scene()
    const people = crowd(40)
    await run(all(...people))
    expect(await run(all(...people.slice(0, 32)))).toMatchObject({ gone: 8, isHeld: false })
  })
})

describe('D1: who is privileged by the directory', () => {
  const tiers = async (rows: () => Promise<Row[]>) => (await rows()).map((row) => row['tier'])

  it('has the tier from the sync on, and loses it when the directory takes it back', async () => {
    const { runListing, rows, age } = await scene()
    const [ann, bob] = [person('ann'), person('bob')]
    await runListing([bob.directoryId], all(ann, bob))
    expect(await tiers(rows)).toEqual(['standard', 'privileged'])
    // Asked every ten minutes: a new member changes the group, and not the person.
    await runListing([ann.directoryId], [{ kind: 'end', cursor: 'c2', isWhole: false }])
    expect(await tiers(rows)).toEqual(['standard', 'privileged'])
    await age(11)
    await runListing([ann.directoryId], [{ kind: 'end', cursor: 'c2', isWhole: false }])
    expect(await tiers(rows)).toEqual(['privileged', 'standard'])
  })

  it('a tier that was set by other means stays', async () => {
    const { tenantId, runListing, rows } = await scene()
    const ann = person('ann')
    await runListing([], all(ann))
    await database.owner.run(`update people set tier = 'privileged' where tenant_id = $1`, [tenantId])
    await database.owner.run('update directory_syncs set tiers_read_at = null where tenant_id = $1', [
      tenantId,
    ])
    await runListing([], all(ann))
    expect(await tiers(rows)).toEqual(['privileged'])
  })

  it('where it cannot be read nothing is taken back, people are stored all the same, and it is asked again', async () => {
    const { tenantId, runListing, rows, state } = await scene()
    const [ann, bob] = [person('ann'), person('bob')]
    await runListing([ann.directoryId], all(ann))
    await database.owner.run(
      'update directory_syncs set read_whole_at = null, tiers_read_at = null where tenant_id = $1',
      [tenantId],
    )
    await expect(runListing(new DirectoryError('answer'), all(ann, bob))).rejects.toThrow(DirectoryError)
    expect(await tiers(rows)).toEqual(['privileged', 'standard'])
    expect(await state()).toMatchObject({ problem: 'answer', tiers_read_at: null, cursor: 'c1' })
  })
})

describe('a person without an address', () => {
  it('has none, rather than an empty one, and is found by name all the same', async () => {
    const { tenantId, run, rows } = await scene()
    await run(all(person('ann', { workEmail: null }), person('bob', { workEmail: null })))
    expect((await rows()).map((row) => row['work_email'])).toEqual([null, null])
    const found = await inTenant(database.worker, tenantId, (tx) =>
      tx.query<Row>(`select search_text from people where tenant_id = $1 order by login`, [tenantId]),
    )
    expect(found[0]).toEqual({ search_text: 'name of ann   ann' })
  })
})
