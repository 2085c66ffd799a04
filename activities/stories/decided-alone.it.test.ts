/** Policies that approve without anybody, and a person who became privileged since their case began. */
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import type { ScoreInput } from '#workflows/verification/activity-types.ts'
import type { Privilege } from '../directory/port.ts'
import { openPlay, plainPolicy } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { createScoreVerification } from '../verification/score-verification.ts'

/** The directory's answers and the number of questions to it; the last input and answer of the activity. */
const directory: { says: () => Promise<Privilege>; asked: number } = {
  says: () => Promise.resolve({ kind: 'standard' }),
  asked: 0,
}
const scored: { input?: ScoreInput; answer?: unknown } = {}
const score = (input: ScoreInput) =>
  createScoreVerification({
    ...world.deps,
    openDirectory: (...where) => ({
      ...world.deps.openDirectory(...where),
      privilegeOf: () => {
        directory.asked += 1
        return directory.says()
      },
    }),
  })(input)
const world = useTestWorld((own) => ({
  ...own,
  scoreVerification: async (input) => {
    const answer = await score(input)
    Object.assign(scored, { input, answer })
    return answer
  },
}))
beforeEach(() => {
  directory.says = () => Promise.resolve({ kind: 'standard' })
  directory.asked = 0
})

const auto = (policy: Policy): Policy => {
  const plain = plainPolicy(policy)
  const { password_reset: rules } = plain.rules
  const standard = { ...rules.standard, deciders: 'auto' as const }
  return { ...plain, rules: { ...plain.rules, password_reset: { ...rules, standard } } }
}

/** A case to the end of its questions. */
const answered = async (policy = auto, says?: () => Promise<Privilege>) => {
  const play = await openPlay(world, {}, { policy })
  if (says !== undefined) directory.says = says
  await play.typeCode()
  await world.verifications.answersCompleted(play.ref, randomUUID())
  return play
}
const grants = (play: Awaited<ReturnType<typeof answered>>) =>
  play.rows('select id from grants where verification_id = $1')

describe('D1, D2: what a policy approves by itself', () => {
  it('is approved where the directory says that the account is like any other, and is granted', async () => {
    const play = await answered()
    await play.acts('granted')
    expect(await play.row()).toMatchObject({ outcome: 'passed', decided_by_kind: 'system' })
    expect(directory.asked).toBe(1)
  })

  it.each<[string, string, () => Promise<Privilege>]>([
    [
      'is privileged',
      'privileged',
      () => Promise.resolve({ kind: 'privileged', through: ['Domain Admins'] }),
    ],
    ['is not known', 'privilege_unread', () => Promise.resolve({ kind: 'unknown' })],
    ['cannot be asked for', 'privilege_unread', () => Promise.reject(new Error('down'))],
    ['is never told', 'privilege_unread', () => new Promise<never>(() => undefined)],
  ])(
    'waits for people where the privilege %s: %s is the reason, and nothing is granted',
    async (_, reason, says) => {
      const play = await answered(auto, says)
      await play.reaches('awaiting_decision')
      const row = await play.row()
      expect(row).toMatchObject({ outcome: null, decision: null, recommendation: 'hold' })
      expect(row['recommendation_reasons']).toContain(reason)
      expect(await grants(play)).toEqual([])
      expect(
        await play.rows(`select 1 from audit where object_id = $1::text and type = 'privilege.found'`),
      ).toHaveLength(1)
      // An answer that was lost is given again as it was recorded, whatever the directory says by now.
      directory.says = () => Promise.resolve({ kind: 'standard' })
      const { input, answer } = scored
      expect(input === undefined ? null : await score(input)).toEqual(answer)
    },
  )

  it('waits where our own row says so since, without a word of the directory', async () => {
    const play = await openPlay(world, {}, { policy: auto })
    await play.typeCode()
    await world.database.owner.run(`update people set tier = 'privileged' where id = $1`, [play.of.person.id])
    await world.verifications.answersCompleted(play.ref, randomUUID())
    await play.reaches('awaiting_decision')
    expect((await play.row())['recommendation_reasons']).toContain('privileged')
    expect(await grants(play)).toEqual([])
  })

  it('asks no directory where people decide anyway', async () => {
    const play = await answered(plainPolicy)
    await play.reaches('awaiting_decision')
    expect(directory.asked).toBe(0)
  })
})
