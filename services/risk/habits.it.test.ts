import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fewestCases, habitDays } from '#domain/risk/habit.ts'
import { habitual } from '#domain/risk/testing/facts.ts'
import { insertRow, type Row } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { ago, day, hour, keys, useRiskScene } from '#platform/testing/risk-scene.ts'
import { deleteOldData } from '../housekeeping/housekeeping.ts'
import { addHabit } from './habits.ts'

const scene = useRiskScene()

type Visited = Awaited<ReturnType<typeof scene.visit>>

const [habit] = habitual({}).persona.habits
if (habit === undefined) throw new Error('somebody has habits')

const enough = { state: 'closed', outcome: 'passed', recommendation: 'approve', created_at: ago(day) }

/** A case of a person, closed as the row says; `usedAt`: when the secret of its link came back. */
const closed = async (
  row: Row = enough,
  person?: Visited['person'],
  tenant = scene.tenantId,
  usedAt: Date | null = ago(day),
): Promise<Visited> => {
  const visit = await scene.visit({ tenant, verification: row }, person)
  await insertRow(scene.owner, 'links', {
    ...{
      tenant_id: tenant,
      id: randomUUID(),
      verification_id: visit.verificationId,
      person_id: visit.person.id,
    },
    ...{ purpose: 'password_reset', policy_version: 1, ordinal: 1, channel: 'sms', contact_id: randomUUID() },
    ...{ contact_value_index: Buffer.from('x'), token_hash: Buffer.from(randomUUID()), expires_at: ago(day) },
    used_at: usedAt,
  })
  return visit
}

const remember = (visit: Visited, tenant = scene.tenantId, personId = visit.person.id): Promise<number> =>
  inTenant(scene.worker, tenant, (tx) =>
    addHabit(tx, keys.worker, { verificationId: visit.verificationId, personId }, habit),
  )

/** A person with a baseline: cases that passed and were remembered an hour ago. */
const known = async (tenant = scene.tenantId, cases = fewestCases): Promise<Visited> => {
  const first = await closed(enough, undefined, tenant)
  await remember(first, tenant)
  for (let n = 1; n < cases; n += 1) await remember(await closed(enough, first.person, tenant), tenant)
  await scene.owner.run('update habits set at = $2 where person_id = $1', [first.person.id, ago(hour)])
  return first
}

const seen = async ({ person }: Visited, tenant = scene.tenantId) =>
  (await scene.factsOf(await scene.visit({ tenant }, person), tenant)).persona.habits

const rowsOf = ({ person }: Visited) =>
  scene.owner.query('select * from habits where person_id = $1', [person.id])

describe('the habits of a person', () => {
  it('are remembered of a case that passed by enough proof, once, and read by later cases', async () => {
    const visit = await closed()
    expect(await remember(visit)).toBe(1)
    expect(await remember(visit)).toBe(0)
    await scene.owner.run('update habits set at = $2 where person_id = $1', [visit.person.id, ago(hour)])
    expect(await seen(visit)).toEqual([habit])
    expect(JSON.stringify(await rowsOf(visit))).not.toMatch(/interval|dwell/)
  })

  it('M3, B4: are never written by a case that failed, is open, was let pass beyond the policy, or whose secret never came back', async () => {
    const attempts: Visited[] = [
      await closed({ ...enough, outcome: 'failed', recommendation: 'refuse' }),
      await closed({ ...enough, outcome: 'reported' }),
      await closed({ ...enough, outcome: 'timed_out' }),
      await closed({ ...enough, state: 'awaiting_decision', outcome: null }),
      await closed({ ...enough, recommendation: 'hold' }),
      await closed(enough, undefined, scene.tenantId, null),
    ]
    for (const attempt of attempts) {
      expect(await remember(attempt)).toBe(0)
      expect(await rowsOf(attempt)).toEqual([])
    }
    // Nor does a case that passed write into the baseline of somebody else.
    const victim = await known()
    const passedAsOneself = await closed()
    expect(await remember(passedAsOneself, scene.tenantId, victim.person.id)).toBe(0)
    expect(await rowsOf(victim)).toHaveLength(fewestCases)
  })

  it('are left out once the case was reported, or was an exercise', async () => {
    const visit = await known()
    const [one, two] = (await rowsOf(visit)) as { verification_id: string }[]
    await insertRow(scene.owner, 'reports', {
      ...{ tenant_id: scene.tenantId, id: randomUUID(), verification_id: one?.verification_id },
      ...{ person_id: visit.person.id, source: 'message' },
    })
    await insertRow(scene.owner, 'exercises', {
      ...{ tenant_id: scene.tenantId, id: randomUUID(), verification_id: two?.verification_id },
      ...{ is_exercise: true, reason: 'trial', by_id: randomUUID(), by_name: 'Sam' },
    })
    expect(await seen(visit)).toHaveLength(fewestCases - 2)
  })

  it('I1: of one organisation are invisible in another', async () => {
    const elsewhere = await scene.organisation()
    const visit = await known()
    const other = await known(elsewhere, 1)
    const readIn = (tenant: string) =>
      inTenant(scene.worker, tenant, (tx) => tx.query<{ person_id: string }>('select person_id from habits'))
    expect((await readIn(elsewhere)).map((row) => row.person_id)).toEqual([other.person.id])
    expect((await readIn(scene.tenantId)).map((row) => row.person_id)).not.toContain(other.person.id)
    await expect(
      inTenant(scene.worker, elsewhere, (tx) =>
        tx.run(
          `insert into habits (tenant_id, verification_id, person_id, summary_sealed) values ($1, $2, $3, 'x')`,
          [scene.tenantId, randomUUID(), visit.person.id],
        ),
      ),
    ).rejects.toThrow()
  })

  it('E1, T11: that were changed, moved to another person or copied from another organisation are ignored', async () => {
    const visit = await known()
    const other = await known()
    await scene.owner.run(
      `update habits set summary_sealed = set_byte(summary_sealed, length(summary_sealed) - 1,
         get_byte(summary_sealed, length(summary_sealed) - 1) # 1) where person_id = $1`,
      [visit.person.id],
    )
    expect(await seen(visit)).toEqual([])
    await scene.owner.run('update habits set person_id = $2 where person_id = $1', [
      other.person.id,
      visit.person.id,
    ])
    expect(await seen(visit)).toEqual([])
    const elsewhere = await scene.organisation()
    const [there, here] = [await known(elsewhere, 1), await known(scene.tenantId, 1)]
    await scene.owner.run(
      `update habits set summary_sealed = (select summary_sealed from habits where person_id = $2) where person_id = $1`,
      [here.person.id, there.person.id],
    )
    expect(await seen(here)).toEqual([])
  })

  it('of later cases do not count when an earlier one is weighed again', async () => {
    const visit = await known()
    const open = await scene.visit({}, visit.person)
    const before = (await scene.factsOf(open)).persona.habits
    await remember(await closed(enough, visit.person))
    expect(await rowsOf(visit)).toHaveLength(fewestCases + 1)
    expect((await scene.factsOf(open)).persona.habits).toEqual(before)
  })

  it('M6: are deleted after ninety days, and with the person', async () => {
    const visit = await known()
    const age = (days: number) =>
      scene.owner.run('update habits set at = $2 where person_id = $1', [visit.person.id, ago(days * day)])
    await age(habitDays - 1)
    expect(await seen(visit)).toHaveLength(fewestCases)
    await inTenant(scene.worker, scene.tenantId, deleteOldData)
    expect(await rowsOf(visit)).toHaveLength(fewestCases)
    await age(habitDays + 1)
    expect(await seen(visit)).toEqual([])
    await inTenant(scene.worker, scene.tenantId, deleteOldData)
    expect(await rowsOf(visit)).toEqual([])
    const [rule] = await scene.owner.query<{ kind: string }>(
      `select confdeltype as kind from pg_constraint where conrelid = 'habits'::regclass and confrelid = 'people'::regclass`,
    )
    expect(rule?.kind).toBe('c')
  })
})
