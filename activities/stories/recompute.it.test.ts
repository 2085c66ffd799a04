import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import { defaultCaps } from '#domain/risk/settings.ts'
import { savePolicy } from '#services/policy/policies.ts'
import { currentVersion } from '#services/policy/policy-versions.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { recomputeScores } from '#services/risk/recompute.ts'
import { openIn, openPlay, plainPolicy } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const world = useTestWorld()
type Play = Awaited<ReturnType<typeof openPlay>>

/** Two kinds of evidence for everybody: the case is scored, a second code asked for, and the case scored again. */
const twoKinds = (policy: Policy): Policy => {
  const plain = plainPolicy(policy)
  const rule = { ...plain.rules.password_reset.standard, classesNeeded: 2 }
  return {
    ...plain,
    rules: { ...plain.rules, password_reset: { ...plain.rules.password_reset, standard: rule } },
    // Two cases of one person within a minute, with two messages each.
    limits: { ...plain.limits, sendsPerParticipant: [], sendsPerContact: [] },
  }
}

/** Possession counts less from now on. */
const otherWeights = ({ score, ...policy }: Policy): Policy => ({
  ...policy,
  score: { ...score, caps: { ...defaultCaps, possession: { lo: -20, hi: 9 } } },
})

const withSecondCode = async (play: Play): Promise<void> => {
  await play.typeCode()
  await world.verifications.answersCompleted(play.ref, randomUUID())
  const sent = `select 1 from deliveries where verification_id = $1 and kind = 'second_code' and status = 'accepted'`
  await until(async () => (await play.rows(sent)).length > 0)
  const code = await world.messenger.codeFor(play.of.email)
  await world.verifications.submitSecondCode(play.ref, await play.portal.typeSecondCode(code))
  await play.reaches('awaiting_decision')
}

describe('scores of cases that went through the workflow', () => {
  let tenantId: string
  let first: Play
  let second: Play
  beforeAll(async () => {
    first = await openPlay(world, {}, { policy: twoKinds })
    ;({ tenantId } = first.of)
    await withSecondCode(first)
    await first.decide()
    await first.ends()
    await inTenant(world.database.ownerDb, tenantId, async (tx) => {
      const { version: _, ...policy } = otherWeights((await currentVersion(tx)).policy)
      await savePolicy(tx, policy, 'test')
    })
    second = await openIn(world, first.of, { policyVersion: 2 })
    await withSecondCode(second)
    await second.decide('refused')
    await second.ends()
  }, 120_000)

  it('come out again as they were stored, each under the policy of its time', async () => {
    const found = await recomputeScores(world.database.api, tenantId)
    expect(found).toEqual({ scorings: 4, differing: 0, examples: [] })
    const rows = await world.database.owner.query<{ e: number }>(
      `select (score ->> 'e')::float as e from scorings where tenant_id = $1`,
      [tenantId],
    )
    expect(new Set(rows.map(({ e }) => e)).size, 'the policies gave different numbers').toBeGreaterThan(1)
  })

  it('would be seen, were one of them another', async () => {
    const { verificationId } = second.ref
    await world.database.owner.run(
      `update scorings set score = jsonb_set(score, '{r}', '9.9') where verification_id = $1 and ordinal =
         (select max(ordinal) from scorings where verification_id = $1)`,
      [verificationId],
    )
    expect(await recomputeScores(world.database.api, tenantId)).toMatchObject({
      scorings: 4,
      differing: 1,
      examples: [{ verificationId, differences: [{ part: 'r', stored: '9.9' }] }],
    })
    expect(await recomputeScores(world.database.api, tenantId, first.ref.verificationId)).toMatchObject({
      scorings: 2,
      differing: 0,
    })
  })
})
