import { describe, expect, it } from 'vitest'
import type { AskingPlan } from '#domain/questions/plan.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import { testPlan } from '../testing/plan.ts'
import { completions, type Visit } from '../testing/visit.ts'
import { usePortal } from '../testing/use-test-api.ts'

const portal = usePortal()
const { api } = portal

/** The ordinary plan, its third question made of a device that the sources must still know. */
const planOfDevice = (): AskingPlan => {
  const plan = testPlan()
  return {
    ...plan,
    version: 2,
    questions: plan.questions.map((one) => (one.position === 3 ? { ...one, fact: 'device-1 K7Q2' } : one)),
  }
}

const enter = async (assetTag: string | null): Promise<Visit> => {
  api.verifications.answers = {}
  api.verifications.plan = planOfDevice()
  const visit = await portal.enter()
  if (assetTag !== null)
    await insertRow(api.owner, 'facts', {
      tenant_id: portal.tenantId,
      person_id: visit.person.id,
      family: 'device',
      source: 'inventory',
      value: JSON.stringify({ id: 'device-1', kind: 'laptop', model: 'Norda', assetTag }),
      valid_from: new Date(),
    })
  await visit.checks()
  await visit.choose(1, 'manager-c')
  return visit
}

const lists = async ({ verificationId }: Visit) =>
  (
    await api.owner.query<{ family: string }>(
      'select family from disclosures where verification_id = $1 and block_id is not null order by id',
      [verificationId],
    )
  ).map(({ family }) => family)

describe('questions 16: freshness', () => {
  it('shows a question whose fact is still true', async () => {
    const visit = await enter('NB-K7Q2')
    expect((await visit.choose(2, 'device_model-c')).json.step).toMatchObject({ position: 3, number: 3 })
  })

  it.each([
    ['the device got another sticker', 'NB-9999'],
    ['the device is gone', null],
  ])('drops it when %s, and shows the spare in its place', async (_why, assetTag) => {
    const visit = await enter(assetTag)
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
    const visit = await enter('NB-K7Q2')
    await api.owner.run(`update facts set read_at = now() - interval '25 hours' where person_id = $1`, [
      visit.person.id,
    ])
    expect((await visit.choose(2, 'device_model-c')).json.step).toMatchObject({ position: 4 })
  })
})

describe('questions 17: disclosure', () => {
  it('no list is served that is not logged, nor logged that is not served, wherever it breaks', async () => {
    api.verifications.plan = testPlan()
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
