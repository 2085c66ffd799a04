/**
 * Targets that must never be written, and decisions that nobody gave: every purpose that acts, on the real server. The
 * directory's own count of writes is the oracle, and the case has to say why (B1, D1–D3, G8, N2, N6, R5, T11).
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { actions, writeOf, type ActingPurpose } from '#domain/verification/verification.ts'
import { freezeCase, tellWorkflows } from '#services/approvals/freezing.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { decideUpdate, taskQueues, workflowId } from '#workflows/messages.ts'
import { openIn, playToApproval } from '../testing/play.ts'
import { makeCase } from '../testing/case.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'
import { waitingPolicy } from '../testing/waiting-policy.ts'

const world = useTestWorld()
const purposes = Object.keys(writeOf) as ActingPurpose[]
const owner = () => world.database.owner
/** After the approval, this much time is left for something to happen to the target. */
const waitSeconds = 2

const whereLocked = (purpose: ActingPurpose) =>
  purpose === 'account_unlock'
    ? { person: { account_state: 'locked' }, account: `state = 'locked'` }
    : { person: {}, account: null }

const approved = async (purpose: ActingPurpose) => {
  const { person, account } = whereLocked(purpose)
  const play = await playToApproval(world, purpose, { policy: waitingPolicy(waitSeconds), person }, account)
  await play.acts('scheduled')
  return { ...play, purpose }
}
type Play = Awaited<ReturnType<typeof approved>>

/** Sends the request of the participant's page, allowed or not. */
const ask = async (play: Play) => {
  const id = await play.resetId()
  if (play.purpose === 'account_unlock') return
  if (play.purpose === 'mfa_reset') await world.verifications.resetMfa(id, await play.session())
  else
    await world.verifications.submitPassword(id, await play.portal.typePassword('an unwanted passphrase 99'))
}

/** The end of the action, once it may begin and the participant asked. */
const ending = async (play: Play) => {
  const now = async () => {
    const { state, reason } = await play.row('actions')
    return { state: String(state), reason }
  }
  await until(async () => (await now()).state !== 'scheduled')
  if ((await now()).state === 'granted') await ask(play)
  await until(async () => !['granted', 'in_progress'].includes((await now()).state))
  return now()
}

const onPerson = (set: string) => (play: Play) =>
  owner().run(`update people set ${set} where id = $1`, [play.of.person.id])
const onAccount = (sql: string) => (play: Play) => owner().run(sql, [play.of.person.directory_id])

/** Approvals of two people who never gave one, as an attacker with the database would write them. */
const forgeApprovals = async (play: Play): Promise<void> => {
  const { tenantId, verificationId } = play.ref
  const first = randomUUID()
  const row = {
    ...{ tenant_id: tenantId, verification_id: verificationId, person_id: play.of.person.id },
    ...{ staff_name: 'Sam', reason: 'forged', screen_hash: randomBytes(32), key_id: 'worker' },
    ...{ approved_at: new Date(), expires_at: new Date(Date.now() + 900_000), signature: randomBytes(64) },
  }
  const by = (id: string) => ({ staff_id: id })
  const { agent, supervisor } = play.of
  await insertRow(owner(), 'approvals', {
    ...row,
    ...by(agent.id),
    id: first,
    ordinal: 1,
    used_at: new Date(),
  })
  const second = { ...row, ...by(supervisor.id), id: randomUUID(), ordinal: 2, first_id: first }
  await insertRow(owner(), 'approvals', second)
  await owner().run('update verifications set decided_by_id = $2, second_by = $3 where id = $1', [
    verificationId,
    agent.id,
    supervisor.id,
  ])
}

const report = async (play: Play): Promise<void> => {
  const { tenantId, verificationId } = play.ref
  const reportId = randomUUID()
  const frozen = await inTenant(world.database.api, tenantId, (tx) =>
    freezeCase(tx, {
      ...{ reportId, verificationId, personId: play.of.person.id, source: 'portal' },
      policyVersion: 1,
    }),
  )
  const { log } = world.deps
  const deps = { db: world.database.api, verifications: world.verifications, log }
  await tellWorkflows(deps, tenantId, reportId, frozen)
}

/** The change of the target after the approval, and what the case says then. */
const targets: readonly (readonly [
  title: string,
  reason: string,
  happens: (play: Play) => Promise<unknown>,
])[] = [
  ['N2: disabled, as our row says', 'directory_refused', onPerson(`account_state = 'disabled'`)],
  [
    'N2: disabled in the directory alone',
    'directory_refused',
    onAccount(`update directory_accounts set state = 'disabled' where directory_id = $1`),
  ],
  ['N6: deleted, as our row says', 'directory_refused', onPerson(`account_state = 'deleted'`)],
  [
    'N6: deleted in the directory alone',
    'directory_refused',
    onAccount('delete from directory_accounts where directory_id = $1'),
  ],
  ['D1, D2: privileged since the approval', 'second_approval_required', onPerson(`tier = 'privileged'`)],
  [
    'D1, G8: privileged, with approvals that were inserted by hand',
    // The schedule that the worker signed names other approvers, so its time never comes.
    'grant_unusable',
    async (play) => {
      await onPerson(`tier = 'privileged'`)(play)
      await forgeApprovals(play)
    },
  ],
  ['D3: never via help desk', 'never_via_help_desk', onPerson('never_via_help_desk = true')],
  ['R5, B13: frozen by a report', 'reported', report],
]

describe.each(purposes)('a target that %s never writes', (purpose) => {
  it.each(targets)('%s: nothing is written, and the case says %s', async (_title, reason, happens) => {
    const play = await approved(purpose)
    const before = await play.account()
    await happens(play)
    const kept = await play.account()
    expect(await ending(play)).toEqual({ state: 'failed', reason })
    expect(await play.account()).toEqual(kept)
    expect([1, undefined]).toContain((await play.account())['version'])
    expect(before['version']).toBe(1)
    const spent = await play.rows('select id from grants where verification_id = $1 and spent_at is not null')
    expect(spent).toEqual([])
  })

  it('is written where nothing of it happened: what refuses above is no other fault', async () => {
    const play = await approved(purpose)
    if (purpose === 'account_unlock') await play.acts('completed')
    else {
      await play.acts('granted')
      await ask(play)
    }
    expect((await play.account())['version']).toBe(2)
  })
})

/** A case that waits for its decision, and nobody gives one. */
const undecided = async (purpose: ActingPurpose) => {
  const { person, account } = whereLocked(purpose)
  const of = await makeCase(world.database.owner, world.keys, {
    policy: waitingPolicy(0),
    person,
  })
  if (account !== null)
    await owner().run(`update directory_accounts set ${account} where directory_id = $1`, [
      of.person.directory_id,
    ])
  const play = await openIn(world, of, { purpose })
  await play.typeCode()
  await play.complete()
  const version = async () =>
    (
      await owner().one<{ version: number }>(
        'select version::integer from directory_accounts where directory_id = $1',
        [of.person.directory_id],
      )
    )?.version
  return { ...play, purpose, version }
}
type Undecided = Awaited<ReturnType<typeof undecided>>

const setByHand = ({ ref, of }: Undecided) =>
  owner().run(
    `update verifications set state = 'closed', outcome = 'passed', decision = 'approved', closed_at = now(),
       decided_at = now(), decided_by_kind = 'agent', decided_by_id = $2 where id = $1`,
    [ref.verificationId, of.supervisor.id],
  )

/** A child of a case that nobody decided, started past the verification. */
const startChild = async ({ ref, of, purpose, portal, session }: Undecided): Promise<void> => {
  const { tenantId, verificationId } = ref
  const { workflow } = world.temporal.client
  const id = workflowId(tenantId, 'password-reset', randomUUID())
  const handle = await workflow.start(actions[purpose].workflow, {
    workflowId: id,
    taskQueue: taskQueues(world.prefix).main,
    args: [
      {
        ...{ tenantId, verificationId, personId: of.person.id, policyVersion: 1 },
        ...{ grantSeconds: 3, queuePrefix: world.prefix },
        returning: { linkSeconds: 600, codeSeconds: 600, seconds: 3 },
      },
    ],
  })
  if (purpose === 'password_reset')
    await world.verifications.submitPassword(id, await portal.typePassword('an unwanted passphrase 99'))
  if (purpose === 'mfa_reset') await world.verifications.resetMfa(id, await session())
  await handle.result()
}

/** The decision as an update straight to the workflow, by an attacker with Temporal and without the API's key. */
const decideByUpdate = async ({ ref, of, portal }: Undecided): Promise<void> => {
  const handle = world.temporal.client.workflow.getHandle(
    workflowId(ref.tenantId, 'verification', ref.verificationId),
  )
  const decision = {
    decision: 'approved',
    ...{ reason: 'forged', screenHash: await portal.shown() },
    actor: { kind: 'agent', id: of.supervisor.id },
  } as const
  const attestation = {
    steppedUpAt: new Date().toISOString(),
    keyId: 'api',
    mac: randomBytes(32).toString('hex'),
  }
  for (const input of [decision, { ...decision, attestation }])
    await handle.executeUpdate(decideUpdate, { args: [input] }).catch(() => undefined)
}

const signal = async ({ ref }: Undecided): Promise<void> => {
  const handle = world.temporal.client.workflow.getHandle(
    workflowId(ref.tenantId, 'verification', ref.verificationId),
  )
  for (const name of ['verification.decide', 'verification.approved', 'wake', 'passwordReset.submitPassword'])
    await handle.signal(name, { decision: 'approved', actor: { kind: 'agent', id: randomUUID() } })
}

const forgeries: readonly (readonly [string, (on: Undecided) => Promise<unknown>])[] = [
  ['B1: a case that was set to approved by hand', setByHand],
  ['G8, T11: a child that was started by hand, of a case that nobody decided', startChild],
  [
    'B1, G8, T11: both, by an attacker who writes the database and starts workflows',
    async (on) => {
      await setByHand(on)
      await startChild(on)
    },
  ],
  [
    'T11: a decision sent straight to the workflow, without an attestation of the API or with a forged one',
    decideByUpdate,
  ],
  ['T11: signals sent straight to the workflow', signal],
]

describe.each(purposes)('T11: a decision that nobody gave for %s', (purpose) => {
  it.each(forgeries)('%s writes nothing', async (_title, forge) => {
    const on = await undecided(purpose)
    await forge(on)
    expect(await on.version()).toBe(1)
    expect(await on.rows('select id from grants where verification_id = $1')).toEqual([])
    expect(await on.rows('select operation_id from intents where verification_id = $1')).toEqual([])
  })
})
