import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fewestTimed } from '#domain/risk/usual-times.ts'
import { insertRow, type Row } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { ago, day, hour, passed, useRiskScene } from '#platform/testing/risk-scene.ts'
import { keepAnswerTimes } from './answer-times.ts'

const scene = useRiskScene()

type Visited = Awaited<ReturnType<typeof scene.visit>>

const answer = (tenant: string, { verificationId }: Visited, seconds: number, row: Row = {}) =>
  insertRow(scene.owner, 'answers', {
    ...{ tenant_id: tenant, verification_id: verificationId, position: 1, family: 'start_month' },
    ...{ form: 'choice', exposure: 'internal', points_row: 'choice_medium', verdict: 'correct' },
    seconds_tenths: seconds * 10,
    ...row,
  })

/** People who passed and took 11, 12, 13 … seconds. */
const passMany = async (tenant: string, people: number, row: Row = {}): Promise<readonly Visited[]> => {
  const visits = []
  for (let n = 1; n <= people; n += 1) {
    const visit = await scene.visit({ tenant, verification: passed })
    await answer(tenant, visit, 10 + n, row)
    visits.push(visit)
  }
  return visits
}

const sum = (tenant: string) => inTenant(scene.worker, tenant, keepAnswerTimes)
const sumsOf = (tenant: string) =>
  scene.owner.query(
    `select family, people, low_tenths as low, high_tenths as high from answer_times where tenant_id = $1 order by made_at`,
    [tenant],
  )
const later = (tenant: string) =>
  scene.owner.run(`update answer_times set made_at = made_at - interval '25 hours' where tenant_id = $1`, [
    tenant,
  ])

describe('the times that people take to answer', () => {
  it('are summed up once a day, over enough people, each of whom counts once', async () => {
    const tenant = await scene.organisation()
    const [first] = await passMany(tenant, fewestTimed - 1)
    if (first === undefined) throw new Error('somebody passed')
    // One person who passes again and again is still one person.
    for (let n = 0; n < 5; n += 1)
      await answer(tenant, await scene.visit({ tenant, verification: passed }, first.person), 110)
    expect(await sum(tenant)).toBe(0)
    await passMany(tenant, 1)
    expect(await sum(tenant)).toBe(1)
    const [made] = (await sumsOf(tenant)) as { people: number; low: number; high: number }[]
    expect(made).toMatchObject({ family: 'start_month', people: fewestTimed })
    expect(made?.low).toBeGreaterThanOrEqual(110)
    expect(made?.high).toBeLessThan(400)
    expect(await sum(tenant)).toBe(0)
    expect(await sumsOf(tenant)).toHaveLength(1)
    await later(tenant)
    expect(await sum(tenant)).toBe(1)
    expect(await sumsOf(tenant)).toHaveLength(2)
  })

  it('leave out cases that did not pass, were reported, called suspicious or an exercise, and answers that say nothing', async () => {
    const tenant = await scene.organisation()
    const visits = await passMany(tenant, fewestTimed)
    await scene.owner.run(`update verifications set outcome = 'failed' where id = $1`, [
      visits[0]?.verificationId,
    ])
    expect(await sum(tenant)).toBe(0)
    const more = await passMany(tenant, 8)
    const [reported, suspected, exercise, ...rest] = more
    const of = (visit: Visited | undefined) => ({
      ...{ tenant_id: tenant, id: randomUUID(), verification_id: visit?.verificationId },
    })
    await insertRow(scene.owner, 'reports', {
      ...of(reported),
      person_id: reported?.person.id,
      source: 'message',
    })
    const by = { by_id: randomUUID(), by_name: 'Sam', reason: 'trial' }
    await insertRow(scene.owner, 'labels', { ...of(suspected), ...by, label: 'suspicious', basis: 'outside' })
    await insertRow(scene.owner, 'exercises', { ...of(exercise), ...by, is_exercise: true })
    const change = (visit: Visited | undefined, set: string) =>
      scene.owner.run(`update answers set ${set} where verification_id = $1`, [visit?.verificationId])
    await change(rest[0], `verdict = 'skipped'`)
    await change(rest[1], 'timed_out = true')
    await change(rest[2], 'extensions = 1')
    await change(rest[3], `input_summary = '{"accessibility": true}'`)
    await change(rest[4], `created_at = now() - interval '181 days'`)
    expect(await sum(tenant)).toBe(0)
    await passMany(tenant, 1)
    expect(await sum(tenant)).toBe(1)
  })

  it('are in the facts of a case as they were when it began, and of its own organisation alone', async () => {
    const tenant = await scene.organisation()
    await passMany(tenant, fewestTimed)
    await sum(tenant)
    await later(tenant)
    const open = await scene.visit({ tenant })
    const factsOf = async () => (await scene.factsOf(open, tenant)).persona.usualTimes
    const seen = await factsOf()
    expect(seen).toEqual({ 'start month': { low: 13.9, high: 37.1 } })
    // Slow cases come in while it is open: weighed again, it is judged by the same limits.
    await passMany(tenant, fewestTimed, { seconds_tenths: 6000 })
    await sum(tenant)
    expect(await sumsOf(tenant)).toHaveLength(2)
    expect(await factsOf()).toEqual(seen)
    expect((await scene.factsOf(await scene.visit())).persona.usualTimes).toEqual({})
    const old = await scene.visit({ tenant, verification: { created_at: ago(40 * day) } })
    expect((await scene.factsOf(old, tenant)).persona.usualTimes).toEqual({})
    const next = await scene.visit({ tenant, verification: { created_at: new Date(Date.now() + hour) } })
    expect((await scene.factsOf(next, tenant)).persona.usualTimes['start month']?.high).toBe(600)
  })

  it('are deleted after thirty days', async () => {
    const tenant = await scene.organisation()
    await passMany(tenant, fewestTimed)
    await sum(tenant)
    await scene.owner.run(
      `update answer_times set made_at = now() - interval '31 days' where tenant_id = $1`,
      [tenant],
    )
    await scene.owner.run(`update verifications set outcome = 'failed' where tenant_id = $1`, [tenant])
    await sum(tenant)
    expect(await sumsOf(tenant)).toEqual([])
  })
})
