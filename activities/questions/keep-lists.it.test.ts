import { beforeAll, describe, expect, it } from 'vitest'
import type { Block } from '#domain/questions/cells.ts'
import { readBlocks } from '#services/questions/blocks.ts'
import { insertRow, makePerson, makeTenant } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { useDeps } from '../testing/use-deps.ts'
import { keepLists } from './keep-lists.ts'

const { database, keys, deps, addTicket } = useDeps()

const autumn = new Date('2026-11-24T10:00:00Z')
const winter = new Date('2027-01-02T10:00:00Z')
const categories =
  'Printing|Wireless|Mailbox|Calendar|Screens|Headsets|Browser|Keyboard|Telephone|Scanner'.split('|')

/** An organisation in which five people each last asked about one of ten subjects. */
const makeOrganisation = async (subjects: readonly string[] = categories) => {
  const tenant = await makeTenant(database.owner)
  for (const category of subjects) {
    for (let n = 0; n < 5; n += 1) await ask(tenant.id, category)
  }
  return tenant.id
}

const ask = (tenantId: string, category: string): Promise<void> =>
  addTicket(tenantId, category, new Date('2026-11-01'))

const noLonger = (tenantId: string, category: string) =>
  database.owner.run(`update facts set valid_to = now() where tenant_id = $1 and value like $2`, [
    tenantId,
    `%"${category}"%`,
  ])

const listsOf = (tenantId: string): Promise<readonly Block[]> =>
  inTenant(database.worker, tenantId, (tx) => readBlocks(tx, keys.worker))

const textsOf = (block: Block | undefined): readonly string[] =>
  (block?.values ?? []).map(({ label }) => (label.kind === 'text' ? label.text : ''))

describe('lists of options as a job', () => {
  let tenantId: string
  beforeAll(async () => {
    tenantId = await makeOrganisation()
  })

  it('are cut once, also by several workers and however often', async () => {
    const done = await Promise.all([1, 2, 3].map(() => keepLists(deps(), tenantId, autumn)))
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(1)
    const lists = await listsOf(tenantId)
    expect(lists.flatMap(textsOf).sort()).toEqual([...categories].sort())
    expect(await keepLists(deps(), tenantId, autumn)).toBe(0)
    expect(await listsOf(tenantId)).toEqual(lists)
  })

  it('stay as they are at an epoch change, but for a list with two dead values', async () => {
    const before = await listsOf(tenantId)
    const [kept, retired] = before
    for (const category of textsOf(retired).slice(0, 2)) await noLonger(tenantId, category)
    for (const category of textsOf(kept).slice(0, 1)) await noLonger(tenantId, category)
    for (const category of ['Passwords', 'Projector', 'Web forms', 'Shredders']) {
      for (let n = 0; n < 5; n += 1) await ask(tenantId, category)
    }
    // Within the quarter new values wait and dead ones stay.
    expect(await keepLists(deps(), tenantId, autumn)).toBe(0)
    expect(await listsOf(tenantId)).toEqual(before)
    expect(await keepLists(deps(), tenantId, winter)).toBe(1)
    const after = await listsOf(tenantId)
    expect(after).toContainEqual(kept)
    expect(after.map(({ id }) => id)).not.toContain(retired?.id)
    const fresh = after.find(({ epoch }) => epoch === '2027-Q1')
    expect(textsOf(fresh)).toEqual(
      expect.arrayContaining([...textsOf(retired).slice(2), 'Passwords', 'Shredders']),
    )
    const row = await database.owner.one(
      `select published, retired, waiting from question_epochs where tenant_id = $1 and epoch = '2027-Q1'`,
      [tenantId],
    )
    expect(row).toEqual({ published: 1, retired: 1, waiting: 0 })
  })

  it('survive a worker that dies between two families: the next one continues the job', async () => {
    const other = await makeOrganisation()
    await database.owner.run(`create or replace function die() returns trigger language plpgsql as $$
      begin raise exception 'the worker dies here'; end $$`)
    await database.owner.run(
      'create trigger dies before insert on question_epochs for each row execute function die()',
    )
    await expect(keepLists(deps(), other, autumn)).rejects.toThrow('dies here')
    expect(await listsOf(other)).toEqual([])
    await database.owner.run('drop trigger dies on question_epochs')
    expect(await keepLists(deps(), other, autumn)).toBe(1)
    expect((await listsOf(other)).flatMap(textsOf)).toHaveLength(10)
  })

  it('come as soon as a source has enough values, not only at the next change', async () => {
    const few = await makeOrganisation(categories.slice(0, 4))
    expect(await keepLists(deps(), few, autumn)).toBe(0)
    for (const category of categories.slice(4)) for (let n = 0; n < 5; n += 1) await ask(few, category)
    expect(await keepLists(deps(), few, autumn)).toBe(1)
    expect((await listsOf(few)).flatMap(textsOf)).toHaveLength(10)
  })

  it('CHA_CANARY: hold one former model each, as far as there are any', async () => {
    const tenant = await makeTenant(database.owner)
    const models = [
      'Norda Slate 13',
      'Norda Slate 15',
      'Kestrel Book 14',
      'Kestrel Book 16',
      'Ardent Lite 13',
    ]
    const more = ['Ardent Lite 15', 'Tarn Studio 14', 'Tarn Studio 16', 'Wren Compact 12', 'Wren Compact 14']
    const owns = async (model: string, validTo: string | null): Promise<void> => {
      const person = await makePerson(database.owner, tenant.id)
      await insertRow(database.owner, 'facts', {
        tenant_id: tenant.id,
        person_id: person.id,
        family: 'device',
        source: 'inventory',
        value: JSON.stringify({ id: person.id, kind: 'laptop', model, assetTag: null }),
        valid_to: validTo,
      })
    }
    for (const model of [...models, ...more]) for (let n = 0; n < 4; n += 1) await owns(model, null)
    await owns('Norda Slate 11', '2022-05-01')
    // True again, or not long enough ago: no canaries.
    await owns('Wren Compact 12', '2022-05-01')
    await owns('Kestrel Book 13', new Date(Date.now() - 2 * 365 * 24 * 3600 * 1000).toISOString())
    expect(await keepLists(deps(), tenant.id, autumn)).toBe(1)
    const lists = await listsOf(tenant.id)
    const canaries = lists.flatMap((list) => list.values.filter((value) => value.canary))
    expect(canaries.map(({ value }) => value)).toEqual(['Norda Slate 11'])
    for (const list of lists) expect(list.values.length).toBeGreaterThanOrEqual(5)
    expect(lists.flatMap(textsOf)).not.toContain('Kestrel Book 13')
  })
})
