import { describe, expect, it } from 'vitest'
import { completions, type Visit } from '../testing/visit.ts'
import { usePortal } from '../testing/use-test-api.ts'

const portal = usePortal()
const { api } = portal

/** A participant at the second question; the third is about the sticker of a device that the sources must still know. */
const enter = async (): Promise<Visit> => {
  const visit = await portal.enter()
  await visit.checks()
  await visit.choose(1, 'manager-c')
  return visit
}

/** Changes what is on file of the device with the sticker, or all devices. */
const change = ({ person }: Visit, how: string, where = `and value::jsonb ->> 'assetTag' = 'NB-K7Q2'`) =>
  api.owner.run(`${how} where person_id = $1 and family = 'device' ${where}`, [person.id])

const lists = async ({ verificationId }: Visit) =>
  (
    await api.owner.query<{ family: string }>(
      'select family from disclosures where verification_id = $1 and block_id is not null order by id',
      [verificationId],
    )
  ).map(({ family }) => family)

describe('questions 16: freshness', () => {
  it('shows a question whose fact is still true', async () => {
    const visit = await enter()
    expect((await visit.choose(2, 'device_model-c')).json.step).toMatchObject({ position: 3, number: 3 })
  })

  it.each([
    ['the device got another sticker', `update facts set value = replace(value, 'K7Q2', '9999')`],
    ['the device is gone', 'delete from facts'],
  ])('drops it when %s, and shows the spare in its place', async (_why, how) => {
    const visit = await enter()
    await change(visit, how)
    const spare = await visit.choose(2, 'device_model-c')
    expect(spare.json.step).toMatchObject({
      position: 4,
      number: 3,
      text: { key: 'question.ticket_category.choice' },
    })
    expect((await visit.step()).json.step).toMatchObject({ position: 4, number: 3 })
    expect((await visit.choose(4, 'ticket_category-c')).json.step).toMatchObject({ kind: 'waiting' })
    expect(completions(api, visit.verificationId)).toHaveLength(1)
    // A question that was dropped was never shown, so it is no disclosure.
    expect(await lists(visit)).toEqual(['manager', 'device_model', 'ticket_category'])
  })

  it('drops it when its source was not read for a day', async () => {
    const visit = await enter()
    await change(visit, `update facts set read_at = now() - interval '25 hours'`, '')
    expect((await visit.choose(2, 'device_model-c')).json.step).toMatchObject({ position: 4 })
  })

  it('drops all that are left once the person’s account is gone', async () => {
    const visit = await enter()
    await api.owner.run(`update people set account_state = 'deleted' where id = $1`, [visit.person.id])
    expect((await visit.choose(2, 'device_model-c')).json.step).toMatchObject({ kind: 'waiting' })
    expect(await lists(visit)).toEqual(['manager', 'device_model'])
  })
})

describe('questions 17: disclosure', () => {
  it('no list is served that is not logged, nor logged that is not served, wherever it breaks', async () => {
    const visit = await portal.enter()
    const broken = async <T>(table: string, work: () => Promise<T>): Promise<T> => {
      await api.owner.run(`create or replace function break_off() returns trigger language plpgsql as $$
        begin raise exception 'broken off'; end $$`)
      await api.owner.run(
        `create constraint trigger breaks after insert or update on ${table} deferrable initially deferred
         for each row execute function break_off()`,
      )
      try {
        return await work()
      } finally {
        await api.owner.run(`drop trigger breaks on ${table}`)
      }
    }
    // Breaks at the commit, after everything was written.
    expect((await broken('disclosures', () => visit.checks())).status).toBeGreaterThanOrEqual(500)
    expect(await lists(visit)).toEqual([])
    expect((await visit.checks()).json.step).toMatchObject({ position: 1 })
    expect(await lists(visit)).toEqual(['manager'])
    expect((await broken('answers', () => visit.choose(1, 'manager-c'))).status).toBeGreaterThanOrEqual(500)
    expect(await lists(visit)).toEqual(['manager'])
    expect((await visit.step()).json.step).toMatchObject({ position: 1 })
    expect((await visit.choose(1, 'manager-c')).json.step).toMatchObject({ position: 2 })
    expect(await lists(visit)).toEqual(['manager', 'device_model'])
  })
})
