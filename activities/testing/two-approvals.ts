/** A case that two people have to approve, up to its decision. */
import { randomUUID } from 'node:crypto'
import { signApproval } from '#platform/crypto/signed-records.ts'
import { readFirstApproval } from '#services/approvals/approvals.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { decideUpdate, workflowId, type DecideInput } from '#workflows/messages.ts'
import { openPlay } from './play.ts'
import type { TestWorld } from './test-world.ts'

/** Plays a privileged person's reset with two kinds of evidence, until staff decide. */
export const playToTwoApprovals = async (world: TestWorld) => {
  const person = { person: { tier: 'privileged' } }
  const play = await openPlay(world, { tier: 'privileged', channel: 'sms' }, person)
  await play.typeCode()
  await world.verifications.answersCompleted(play.ref, randomUUID())
  // Two kinds of evidence are needed, so a code to the other contact is asked for first.
  const code = await world.messenger.codeFor(play.of.email)
  await world.verifications.submitSecondCode(play.ref, await play.portal.typeSecondCode(code))
  await play.reaches('awaiting_decision')
  const { owner } = world.database
  const first = async () =>
    (
      await play.rows(
        'select * from approvals where verification_id = $1 and ordinal = 1 order by approved_at desc limit 1',
      )
    )[0] ?? {}
  /** Reads the parts of a case that show that nobody has decided it. */
  const isUndecided = async () => {
    const { state, outcome, decision, second_by: second } = await play.row()
    const grants = await play.rows('select id from grants where verification_id = $1')
    return { state, outcome, decision, second, grants: grants.length }
  }
  /** As if the first approval had been given so much earlier: signed again, which nobody but the worker can. */
  const ageFirst = (minutes: number): Promise<void> =>
    inTenant(world.database.worker, play.ref.tenantId, async (tx) => {
      const stored = await readFirstApproval(tx, play.ref.verificationId)
      if (stored === undefined) throw new Error('there is no first approval')
      const earlier = (at: string): string => new Date(Date.parse(at) - minutes * 60_000).toISOString()
      const { approvedAt, expiresAt } = stored.approval
      const approval = { ...stored.approval, approvedAt: earlier(approvedAt), expiresAt: earlier(expiresAt) }
      await owner.run(
        'update approvals set approved_at = $2, expires_at = $3, signature = $4 where id = $1',
        [
          approval.id,
          approval.approvedAt,
          approval.expiresAt,
          signApproval(world.keys.worker, approval).signature,
        ],
      )
    })
  const events = async () =>
    (
      await play.rows(
        `select type from audit where object_id = $1::text and type like 'approval.%' order by seq`,
      )
    ).map(({ type }) => type)
  /** A decision straight to the workflow; gives what is refused of it. */
  const sendAsStranger = async (said: DecideInput, updateId: string = randomUUID()) => {
    const id = workflowId(play.ref.tenantId, 'verification', play.ref.verificationId)
    const handle = world.temporal.client.workflow.getHandle(id)
    return (await handle.executeUpdate(decideUpdate, { args: [said], updateId })).refusal
  }
  return { ...play, first, isUndecided, ageFirst, events, sendAsStranger }
}

/** The answer of `isUndecided` while nothing is decided. */
export const undecided = {
  state: 'awaiting_decision',
  outcome: null,
  decision: null,
  second: null,
  grants: 0,
}
