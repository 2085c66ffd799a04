import { describe, expect, it } from 'vitest'
import {
  plainPurposes,
  writeOf,
  type ActingPurpose,
  type PlainPurpose,
} from '#domain/verification/verification.ts'
import { makeApprovedReset } from '../testing/approved-reset.ts'
import { useDeps } from '../testing/use-deps.ts'

const scene = useDeps()
const { database, deps } = scene
const acting = Object.keys(writeOf) as ActingPurpose[]

/** An approved case of a purpose, with its grant, and every write that the guard offers under it. */
const granted = async (purpose: ActingPurpose) => {
  const approved = await makeApprovedReset(scene, { purpose })
  const { tenantId, verificationId } = approved.reset
  const directoryId = approved.of.person.directory_id
  await database.owner.run(`update directory_accounts set state = 'locked' where directory_id = $1`, [
    directoryId,
  ])
  const grantId = String((await approved.issueGrant()).grantId)
  const directory = deps().openDirectory(tenantId, 'builtin')
  const writes: Readonly<Record<ActingPurpose, (operationId: string) => Promise<object>>> = {
    password_reset: async (operationId) =>
      directory.setPassword({
        ...{ verificationId, grantId, operationId },
        inputId: await approved.portal.typePassword('an unusual passphrase 42'),
      }),
    mfa_reset: (operationId) =>
      directory.resetMfa({ verificationId, grantId, operationId, sessionId: approved.sessionId }),
    ...(Object.fromEntries(
      plainPurposes.map((one) => [
        one,
        (operationId: string) => directory.write(one, { verificationId, grantId, operationId }),
      ]),
    ) as Record<PlainPurpose, (operationId: string) => Promise<object>>),
  }
  const version = async () =>
    (
      await database.owner.one<{ version: number }>(
        'select version::integer from directory_accounts where directory_id = $1',
        [directoryId],
      )
    )?.version
  return { ...approved, grantId, writes, version }
}

const others = acting.flatMap((purpose) =>
  acting.filter((other) => other !== purpose).map((other) => [purpose, other] as const),
)

describe('B1, B15: a grant opens what its purpose says and nothing else', () => {
  it.each(others)('one for %s does not open %s, under an intent of either', async (purpose, other) => {
    const { intend, grantId, writes, version } = await granted(purpose)
    const [own, foreign] = [await intend(grantId), await intend(grantId, writeOf[other])]
    expect(await writes[other](own)).toEqual({ kind: 'refused', problem: 'intent' })
    expect(await writes[other](foreign)).toEqual({ kind: 'refused', problem: 'purpose' })
    expect(await version()).toBe(1)
  })

  it.each(acting)('one for %s opens it once', async (purpose) => {
    const { intend, grantId, writes, version } = await granted(purpose)
    const [first, second] = [await intend(grantId), await intend(grantId)]
    expect(await writes[purpose](first)).toMatchObject({ kind: 'accepted' })
    expect(await writes[purpose](second)).toEqual({ kind: 'refused', problem: 'spent' })
    expect(await writes[purpose](first)).toMatchObject({ kind: 'refused' })
    expect(await version()).toBe(2)
  })

  it.each(acting)(
    'G8: one for %s whose purpose, account or time was changed by hand opens nothing',
    async (purpose) => {
      const other = acting.find((one) => one !== purpose) ?? purpose
      for (const set of [
        `purpose = '${other}'`,
        `directory_id = 'another'`,
        `expires_at = expires_at + interval '1 minute'`,
        `person_id = gen_random_uuid()`,
      ]) {
        const { intend, grantId, writes, version } = await granted(purpose)
        const operationId = await intend(grantId)
        await database.owner.run(`update grants set ${set} where id = $1`, [grantId])
        const answer = await writes[purpose](operationId).catch(() => ({ kind: 'refused' }))
        expect(answer, set).toMatchObject({ kind: 'refused' })
        expect(await version(), set).toBe(1)
      }
    },
  )

  it.each(acting)(
    'R5: one for %s ends with the decision, a report, a block, and a privileged account',
    async (purpose) => {
      const changes = [
        ['verifications', `outcome = 'failed', decision = 'refused'`, 'decision'],
        ['verifications', `purpose = 'identity_check'`, 'purpose'],
        ['people', `blocked_until = now() + interval '5 minutes'`, 'blocked'],
        ['people', `tier = 'privileged'`, 'second_approval'],
      ] as const
      for (const [table, set, problem] of changes) {
        const { intend, grantId, writes, version, change } = await granted(purpose)
        const operationId = await intend(grantId)
        await change(table, set)
        expect(await writes[purpose](operationId)).toEqual({ kind: 'refused', problem })
        expect(await version()).toBe(1)
      }
      const { intend, grantId, writes, version, report } = await granted(purpose)
      const operationId = await intend(grantId)
      await report()
      expect(await writes[purpose](operationId)).toEqual({ kind: 'refused', problem: 'reported' })
      expect(await version()).toBe(1)
    },
  )
})
