/**
 * An attacker who reaches Temporal's port can send every message. Without the API's key nothing is recorded in the name of
 * staff, and those who watch get an alarm (I6, T11).
 */
import { randomUUID } from 'node:crypto'
import { Client, WorkflowIdReusePolicy } from '@temporalio/client'
import { describe, expect, inject, it } from 'vitest'
import {
  askApproverUpdate,
  cancelUpdate,
  decideUpdate,
  openUpdate,
  reportedSignal,
  resendUpdate,
  revokeSignal,
  sendReturnLinkUpdate,
  stopActionUpdate,
  taskQueues,
  workflowId,
  workflowTypes,
} from '#workflows/messages.ts'
import { inputFor, makeCase } from '../testing/case.ts'
import { openPlay, playToApproval, playToGrant, plainPolicy } from '../testing/play.ts'
import { until } from '../testing/until.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { waitingPolicy } from '../testing/waiting-policy.ts'

const world = useTestWorld()
const owner = () => world.database.owner
/** A client of an attacker who reaches the port and has no key: nothing is sealed, and no answer can be read. */
const stranger = () =>
  new Client({ connection: world.temporal.connection, namespace: inject('temporalNamespace') })

type Play = Awaited<ReturnType<typeof openPlay>>

const caseOf = ({ ref }: Play) =>
  stranger().workflow.getHandle(workflowId(ref.tenantId, 'verification', ref.verificationId))
/** The stored state of a case: its row, the actors that its audit names, and its links. */
const storedOf = async (play: Play) => ({
  row: await play.row(),
  audit: await owner().query('select type, actor_id from audit where object_id = $1::text order by seq', [
    play.ref.verificationId,
  ]),
  links: await play.rows('select ordinal, voided_at from links where verification_id = $1 order by ordinal'),
})
const alarmsOf = async ({ tenantId }: { readonly tenantId: string }) => ({
  rows: await owner().query('select act, by_id, staff_name from impersonations where tenant_id = $1', [
    tenantId,
  ]),
  audit: await owner().query(
    `select payload ->> 'act' as act, payload ->> 'byId' as by from audit where tenant_id = $1 and type = 'staff.impersonated'`,
    [tenantId],
  ),
  mails: await owner().query(
    `select n.staff_id from staff_notices n where n.tenant_id = $1 and n.kind = 'staff_impersonated'`,
    [tenantId],
  ),
})
const attestation = { steppedUpAt: null, keyId: 'api', mac: 'ab'.repeat(32) }
const actor = ({ of }: Play) => ({ kind: 'agent' as const, id: of.supervisor.id })
/** Nobody without the key reads an answer; that it was one is all that this waits for. */
const settled = (work: Promise<unknown>): Promise<void> =>
  work.then(
    () => undefined,
    () => undefined,
  )

describe('T11: in the name of a participant, by an attacker with Temporal alone', () => {
  it.each(['of nobody', 'of another person'])(
    'no report %s ends a case or freezes anybody, and it is an alarm',
    async (whose) => {
      const play = await openPlay(world)
      const reportId = randomUUID()
      if (whose === 'of another person') {
        const other = await openPlay(world)
        await owner().run(
          `insert into reports (tenant_id, id, verification_id, person_id, source) values ($1, $2, $3, $4, 'message')`,
          [play.of.tenantId, reportId, other.ref.verificationId, other.of.person.id],
        )
      }
      const before = await storedOf(play)
      await caseOf(play).signal(reportedSignal, { reportId })
      await until(async () => (await alarmsOf(play.of)).rows.length > 0)
      expect(await storedOf(play)).toEqual(before)
      expect(await play.rows('select id from reports where verification_id = $1')).toEqual([])
      expect((await alarmsOf(play.of)).rows).toEqual([
        { act: 'report', by_id: play.of.person.id, staff_name: '' },
      ])
      // The case continues, once the workflow has taken its move back.
      await until(async () => (await play.typeCode()).kind === 'answered')
      await play.complete()
    },
  )

  it('no reset ends as reported by nobody: it is as if cancelled, contacts get a notice, and it is an alarm', async () => {
    const play = await playToGrant(world)
    await stranger()
      .workflow.getHandle(play.resetId)
      .signal(revokeSignal, { reportId: randomUUID(), reason: 'reported' })
    await play.acts('failed')
    expect(await play.row('actions')).toMatchObject({ reason: 'cancelled' })
    expect(
      await play.rows(`select kind from notices where verification_id = $1 and kind = 'ended'`),
    ).not.toEqual([])
    expect((await alarmsOf(play.of)).rows).toEqual([
      { act: 'report', by_id: play.of.person.id, staff_name: '' },
    ])
  })
})

describe('T11: in the name of a colleague, by an attacker with Temporal alone', () => {
  it.each([
    ['cancel', {}],
    ['cancel', { attestation }],
    ['refuse', {}],
    ['refuse', { attestation }],
    ['resend', {}],
    ['ask_approver', {}],
  ] as const)('nobody is recorded to %s, and it is an alarm (%j)', async (act, more) => {
    const play = await openPlay(world)
    if (act === 'refuse') {
      await play.typeCode()
      await play.complete()
    }
    if (act === 'ask_approver') await play.typeCode()
    const before = await storedOf(play)
    const refused = world.deps.impersonations.refused
    const by = { actor: actor(play), ...more }
    const { emailContact } = play.of
    const target = {
      channel: 'email',
      contactId: emailContact.id,
      contactMasked: emailContact.masked,
    } as const
    const screenHash = await play.portal.shown()
    const handle = caseOf(play)
    if (act === 'cancel')
      await settled(handle.executeUpdate(cancelUpdate, { args: [{ ...by, reason: 'forged' }] }))
    if (act === 'refuse')
      await settled(
        handle.executeUpdate(decideUpdate, {
          args: [{ ...by, decision: 'refused', reason: 'forged', screenHash }],
        }),
      )
    if (act === 'resend') await settled(handle.executeUpdate(resendUpdate, { args: [{ ...by, ...target }] }))
    if (act === 'ask_approver') await settled(handle.executeUpdate(askApproverUpdate, { args: [by] }))
    expect(await storedOf(play)).toEqual(before)
    expect(world.deps.impersonations.refused).toBe(refused + 1)
    const alarm = { act, by: play.of.supervisor.id }
    expect(await alarmsOf(play.of)).toEqual({
      rows: [{ act, by_id: alarm.by, staff_name: 'Sam Supervisor' }],
      audit: [alarm],
      mails: [{ staff_id: play.of.supervisor.id }],
    })
    // The case continues: participant and staff do what they always do.
    if (act === 'cancel') await play.typeCode()
    if (act === 'refuse') {
      expect(await play.decide('refused')).toMatchObject({ value: { outcome: 'failed', refusal: null } })
      expect((await play.row())['decided_by_id']).toBe(play.of.agent.id)
    } else {
      const said = { actor: { kind: 'agent' as const, id: play.of.agent.id }, reason: 'they hung up' }
      const ended = await world.verifications.cancel(play.ref, said, { requestId: randomUUID() })
      expect(ended).toMatchObject({ value: { state: 'closed' } })
    }
  })

  it('many forged messages are one alarm in an hour, and each is counted', async () => {
    const play = await openPlay(world)
    const refused = world.deps.impersonations.refused
    for (let n = 0; n < 5; n += 1)
      await settled(
        caseOf(play).executeUpdate(cancelUpdate, {
          args: [{ actor: actor(play), reason: `forged ${String(n)}` }],
        }),
      )
    expect(world.deps.impersonations.refused).toBe(refused + 5)
    expect((await alarmsOf(play.of)).rows).toHaveLength(1)
    expect((await alarmsOf(play.of)).audit).toHaveLength(1)
  })

  it.each([
    ['opened', {}],
    ['opened, with an attestation of its own', { attestation }],
    ['and handed a state that it says it has', { carried: true }],
  ] as const)('no case starts: %s', async (_how, how) => {
    const of = await makeCase(owner(), world.keys, { policy: plainPolicy })
    const input = { ...inputFor(of), queuePrefix: world.prefix }
    const before = world.messenger.sent.length
    const { tenantId, verificationId } = input
    const snapshot = {
      ...{ state: 'awaiting_decision', outcome: null, decision: null, seq: 0, channel: 'sms' },
      ...{
        contactId: input.contactId,
        contactMasked: input.contactMasked,
        linkOrdinal: 0,
        linkDeliveryId: '',
        portalSessionId: null,
      },
    }
    const carried = {
      ...{
        snapshot,
        createdAt: new Date().toISOString(),
        expiresAt: new Date(Date.now() + 60_000).toISOString(),
      },
      ...{
        band: null,
        approvers: { ordinal: 0, untilMs: null },
        firstApproval: null,
        handled: [],
        answers: [],
      },
    }
    const more = 'carried' in how ? { carried } : how
    const handle = await stranger().workflow.start(workflowTypes.verification, {
      workflowId: workflowId(tenantId, 'verification', verificationId),
      taskQueue: taskQueues(world.prefix).main,
      args: [{ ...input, ...more }],
    })
    await settled(handle.executeUpdate(openUpdate))
    if ('carried' in how)
      await settled(
        handle.executeUpdate(cancelUpdate, {
          args: [{ actor: { kind: 'agent', id: of.supervisor.id }, reason: 'forged' }],
        }),
      )
    expect(await owner().query('select id from verifications where tenant_id = $1', [tenantId])).toEqual([])
    expect(await owner().query('select id from links where tenant_id = $1', [tenantId])).toEqual([])
    expect(world.messenger.sent.slice(before)).toEqual([])
    expect((await alarmsOf(of)).audit).toMatchObject([{ act: 'start' }])
    await settled(handle.terminate())
  })

  it('nothing that waits is stopped, and no link to come back is sent', async () => {
    const play = await playToApproval(world, 'password_reset', { policy: waitingPolicy(600) })
    await play.acts('scheduled')
    const handle = stranger().workflow.getHandle(await play.resetId())
    await settled(
      handle.executeUpdate(stopActionUpdate, { args: [{ actor: actor(play), reason: 'forged' }] }),
    )
    expect(await play.row('actions')).toMatchObject({ state: 'scheduled' })
    expect(
      await play.rows(`select type from audit where object_id = $1::text and type = 'action.stopped'`),
    ).toEqual([])
    expect((await alarmsOf(play.of)).audit).toEqual([{ act: 'stop', by: play.of.supervisor.id }])
    await settled(
      handle.executeUpdate(sendReturnLinkUpdate, {
        args: [{ actor: actor(play), channel: 'sms', contactId: play.of.phoneContact.id, contactMasked: '' }],
      }),
    )
    expect(await play.rows('select ordinal from links where verification_id = $1')).toHaveLength(1)
  })
})

describe('T11: what the API once sent, sent once more', () => {
  /** Sealed payloads of a case's updates, as they lie in its history. */
  const sealedOf = async (play: Play, name: string) => {
    const { events } = await caseOf(play).fetchHistory()
    const found = (events ?? [])
      .map((event) => event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input)
      .find((input) => input?.name === name)
    const payload = found?.args?.payloads?.[0]
    if (payload === undefined || payload === null) throw new Error('the history holds no such update')
    return payload
  }
  /** A client that sends a payload unchanged. */
  const handing = (payload: unknown) =>
    new Client({
      connection: world.temporal.connection,
      namespace: inject('temporalNamespace'),
      dataConverter: {
        payloadCodecs: [
          {
            encode: (all) => Promise.resolve(all.map(() => payload as (typeof all)[number])),
            decode: (all) => Promise.resolve(all),
          },
        ],
      },
    })

  it('sends no second link: its attestation is for the update that brought it', async () => {
    const play = await openPlay(world)
    const { emailContact, agent } = play.of
    await world.verifications.resend(
      play.ref,
      {
        ...{ channel: 'email', contactId: emailContact.id, contactMasked: emailContact.masked },
        actor: { kind: 'agent', id: agent.id },
      },
      { requestId: randomUUID() },
    )
    const before = await storedOf(play)
    const payload = await sealedOf(play, 'verification.resend')
    const id = workflowId(play.ref.tenantId, 'verification', play.ref.verificationId)
    await settled(
      handing(payload)
        .workflow.getHandle(id)
        .executeUpdate(resendUpdate, { args: [{} as never] }),
    )
    expect(await storedOf(play)).toEqual(before)
    expect((await alarmsOf(play.of)).audit).toMatchObject([{ act: 'resend' }])
  })

  it('opens no case a second time that is closed', async () => {
    const play = await openPlay(world)
    const said = { actor: { kind: 'agent' as const, id: play.of.agent.id }, reason: 'they hung up' }
    await world.verifications.cancel(play.ref, said, { requestId: randomUUID() })
    await play.ends()
    const before = await storedOf(play)
    const { events } = await caseOf(play).fetchHistory()
    const payload = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]
    const handle = await handing(payload).workflow.start(workflowTypes.verification, {
      workflowId: workflowId(play.ref.tenantId, 'verification', play.ref.verificationId),
      taskQueue: taskQueues(world.prefix).main,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      args: [{}],
    })
    await settled(handle.executeUpdate(openUpdate))
    expect(await storedOf(play)).toEqual(before)
    await settled(handle.terminate())
  })
})
