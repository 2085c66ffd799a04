import { verify } from '@node-rs/argon2'
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import { workflowId } from '#workflows/messages.ts'
import { createPortal, inputFor, makeCase, oldPassword } from '../testing/case.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const world = useTestWorld()

/** One kind of evidence is enough here and no question is asked, so that the path is the shortest. */
const noQuestions = {
  policy: (policy: Policy): Policy => ({
    ...policy,
    questions: { ...policy.questions, enabled: false },
    score: { ...policy.score, moreEvidenceFrom: 10, escalateFrom: 11 },
  }),
}

const row = async (table: string, verificationId: string) => {
  const column = table === 'verifications' ? 'id' : 'verification_id'
  const found = await world.database.owner.one<Record<string, unknown>>(
    `select * from ${table} where ${column} = $1`,
    [verificationId],
  )
  return found ?? {}
}

describe('the main job', () => {
  it('goes from a link to a new password', async () => {
    const of = await makeCase(world.database.owner, world.keys, noQuestions)
    const input = inputFor(of)
    const ref = { tenantId: of.tenantId, verificationId: input.verificationId }
    const opened = await world.verifications.open(input, { requestId: randomUUID() })
    expect(opened).toMatchObject({ kind: 'answered', value: { state: 'link_sent', delivery: 'accepted' } })
    expect(await row('verifications', ref.verificationId)).toMatchObject({
      state: 'link_sent',
      referrer_name: 'Alex Agent',
    })

    const portal = createPortal(world.database.api, world.keys, of, ref.verificationId)
    const token = world.messenger.tokenFor(of.phone)
    const coded = await world.verifications.submitMatchCode(ref, await portal.typeMatchCode(token))
    expect(coded).toMatchObject({ kind: 'answered', value: { accepted: true } })
    await portal.sendReport()

    expect((await world.verifications.answersCompleted(ref, randomUUID())).kind).toBe('answered')
    await until(async () => (await row('verifications', ref.verificationId))['state'] === 'awaiting_decision')
    const decided = await world.verifications.decide(ref, await portal.approvedBy(of.agent.id), {
      requestId: randomUUID(),
    })
    expect(decided).toMatchObject({
      kind: 'answered',
      value: { state: 'closed', outcome: 'passed', refusal: null },
    })

    await until(async () => (await row('actions', ref.verificationId))['state'] === 'granted')
    const resetId = String((await row('actions', ref.verificationId))['workflow_id'])
    const inputId = await portal.typePassword('an entirely new passphrase 42')
    const reset = await world.verifications.submitPassword(resetId, inputId)
    expect(reset).toMatchObject({ kind: 'answered', value: { action: 'completed', refusal: null } })

    const account = await world.database.owner.one<{ password_hash: string; version: number }>(
      'select password_hash, version from directory_accounts where tenant_id = $1 and directory_id = $2',
      [of.tenantId, of.person.directory_id],
    )
    expect(account?.version).toBe(2)
    expect(await verify(account?.password_hash ?? '', 'an entirely new passphrase 42')).toBe(true)
    expect(await verify(account?.password_hash ?? '', oldPassword)).toBe(false)
  })

  it('takes 5 activities and 56 events when nothing is acted on', async () => {
    const of = await makeCase(world.database.owner, world.keys, noQuestions)
    const input = inputFor(of, { purpose: 'identity_check' })
    const ref = { tenantId: of.tenantId, verificationId: input.verificationId }
    await world.verifications.open(input, { requestId: randomUUID() })
    const portal = createPortal(world.database.api, world.keys, of, ref.verificationId)
    const typed = await portal.typeMatchCode(world.messenger.tokenFor(of.phone))
    await world.verifications.submitMatchCode(ref, typed)
    await portal.sendReport()
    await world.verifications.answersCompleted(ref, randomUUID())
    await until(async () => (await row('verifications', ref.verificationId))['state'] === 'awaiting_decision')
    await world.verifications.decide(ref, await portal.approvedBy(of.agent.id), { requestId: randomUUID() })
    const id = workflowId(of.tenantId, 'verification', ref.verificationId)
    const handle = world.temporal.client.workflow.getHandle(id)
    await handle.result()
    const { events } = await handle.fetchHistory()
    const kinds = (events ?? []).map(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name,
    )
    expect(kinds.filter((name) => name)).toEqual([
      'deliverLink',
      'recordTransition',
      'acceptMatchCode',
      'scoreVerification',
      'recordDecision',
    ])
    expect((events ?? []).length).toBeLessThanOrEqual(56)
  })
})
