/** A waiting time against an attacker who can write the database, and approvals that a waiting time outlasts (D5, F3, G8). */
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import type { Row } from '#platform/database/testing/factories.ts'
import { makeApprovedReset } from '../testing/approved-reset.ts'
import { useDeps } from '../testing/use-deps.ts'
import { waitingPolicy } from '../testing/waiting-policy.ts'

const scene = useDeps()

const hour = 3600
const minutes = 60

const openWaiting = (options: Parameters<typeof makeApprovedReset>[1] = {}) =>
  makeApprovedReset(scene, { policy: waitingPolicy(hour), ...options })
type Approved = Awaited<ReturnType<typeof makeApprovedReset>>

const edit = ({ reset }: Approved, sql: string): Promise<number> =>
  scene.database.owner.run(sql, [reset.verificationId])
const grantOf = ({ reset }: Approved): Promise<Row | undefined> =>
  scene.database.owner.one<Row>('select * from grants where verification_id = $1', [reset.verificationId])
const schedulesOf = ({ reset }: Approved): Promise<Row[]> =>
  scene.database.owner.query<Row>('select * from schedules where verification_id = $1', [
    reset.verificationId,
  ])
const secondsOf = (answer: { readonly kind: string; readonly seconds?: number }): number =>
  answer.kind === 'scheduled' ? Math.ceil(answer.seconds ?? 0) : -1
/** Opens a session of a participant who sits at the page. */
const sitDown = ({ of, reset }: Approved): Promise<number> =>
  scene.database.owner.run(
    `insert into portal_sessions (tenant_id, id, verification_id, person_id, link_id, probe_nonce, token_hash, absolute_expires_at)
     values ($1, gen_random_uuid(), $2, $3, gen_random_uuid(), 'nonce', $4, now() + interval '30 minutes')`,
    [of.tenantId, reset.verificationId, of.person.id, randomBytes(32)],
  )
const refused = { grantId: null, reason: 'grant_unusable' }

describe('F3: a decision that has to wait', () => {
  it.each(['password_reset', 'account_unlock', 'mfa_reset'] as const)(
    '%s: no grant before its time; the grant says when it was scheduled and when its time was over',
    async (purpose) => {
      const made = await openWaiting({ purpose })
      await sitDown(made)
      expect(secondsOf(await made.prepare(1))).toBe(hour)
      expect(await made.issueGrant()).toEqual(refused)
      await made.age(hour)
      expect(await made.prepare(2)).toEqual({ kind: 'ready' })
      expect(await made.issueGrant()).toMatchObject({ reason: null })
      const grant = await grantOf(made)
      const [at, over] = [grant?.['scheduled_at'] as Date, grant?.['not_before'] as Date]
      expect(over.getTime() - at.getTime()).toBe(hour * 1000)
      expect((grant?.['issued_at'] as Date).getTime()).toBeGreaterThanOrEqual(over.getTime())
    },
  )

  it('B16: waits for the longer time, where more is asked for than when it was scheduled', async () => {
    const made = await openWaiting()
    await made.prepare(1)
    await made.age(hour, 10)
    expect(await made.issueGrant()).toMatchObject({ reason: null })
    const later = await openWaiting()
    await later.prepare(1)
    await later.age(20, 10)
    expect(secondsOf(await later.prepare(2))).toBeGreaterThan(hour - 60)
    expect(await later.issueGrant()).toEqual(refused)
  })

  it('D2: waits as the privileged do, where the directory said at the approval that they are, or said nothing', async () => {
    const policy = (plain: Policy): Policy => {
      const none = waitingPolicy(0)(plain)
      const { standard, privileged } = none.rules.password_reset
      const reset = { standard, privileged: { ...privileged, waitSeconds: hour } }
      return { ...none, rules: { ...none.rules, password_reset: reset } }
    }
    const made = await makeApprovedReset(scene, { policy })
    const { agent, supervisor } = made.of
    await made.change('verifications', `decided_by_id = '${agent.id}', second_by = '${supervisor.id}'`)
    await made.signPair(agent.id, supervisor.id)
    await sitDown(made)
    expect(await made.prepare(1)).toEqual({ kind: 'ready' })
    await made.change('verifications', `privilege_found = 'unread'`)
    await made.sign()
    expect(secondsOf(await made.prepare(2))).toBe(hour)
    expect(await made.issueGrant()).toEqual(refused)
  })

  it('D5: is not acted on later than a grant may live after its time', async () => {
    const made = await openWaiting()
    await made.prepare(1)
    await made.age(hour + 16 * minutes)
    expect(await made.issueGrant()).toEqual({ grantId: null, reason: 'time_over' })
  })
})

describe('G8: the wait cannot be shortened in the database', () => {
  it.each([
    [
      'a decision that looks older',
      `update verifications set decided_at = decided_at - interval '70 minutes' where id = $1`,
    ],
    [
      'an action that says its time has come',
      `update actions set state = 'granted', not_before = now() where verification_id = $1`,
    ],
    [
      'a schedule that looks older',
      `update schedules set scheduled_at = scheduled_at - interval '70 minutes' where verification_id = $1`,
    ],
    ['a schedule with a shorter time', `update schedules set wait_seconds = 0 where verification_id = $1`],
    ['no schedule', `delete from schedules where verification_id = $1`],
  ])('by %s', async (_what, sql) => {
    const made = await openWaiting()
    await sitDown(made)
    await made.prepare(1)
    await edit(made, sql)
    expect(await made.issueGrant()).toEqual(refused)
    // Asked again, it waits: what is left, or all of it anew; or it is over.
    const again = await made.prepare(2)
    expect(again.kind === 'ready' || secondsOf(again) > hour - 60).toBe(true)
    expect(await made.issueGrant({})).toEqual(refused)
    expect(await grantOf(made)).toBeUndefined()
  })

  it('by a weaker policy: what was signed holds', async () => {
    const made = await openWaiting()
    await made.prepare(1)
    await scene.database.owner.run(
      `update policies set document = jsonb_set(document, '{rules,password_reset,standard,waitSeconds}', '0') where tenant_id = $1`,
      [made.of.tenantId],
    )
    expect(secondsOf(await made.prepare(2))).toBeGreaterThan(hour - 60)
    expect(await made.issueGrant()).toEqual(refused)
  })

  it("by another case's schedule", async () => {
    const [old, made] = [await openWaiting(), await openWaiting()]
    await old.prepare(1)
    await old.age(hour)
    await made.prepare(1)
    await scene.database.owner.run(
      `update schedules n set scheduled_at = o.scheduled_at, key_id = o.key_id, signature = o.signature
       from schedules o where n.verification_id = $1 and o.verification_id = $2`,
      [made.reset.verificationId, old.reset.verificationId],
    )
    expect(await made.issueGrant()).toEqual(refused)
  })
})

describe('D5: two approvals and a waiting time that outlasts them', () => {
  const openPair = async (seconds: number, minutesAgo = 0) => {
    const made = await makeApprovedReset(scene, {
      policy: waitingPolicy(seconds),
      person: { tier: 'privileged' },
    })
    const { agent, supervisor } = made.of
    await made.change(
      'verifications',
      `decided_by_id = '${agent.id}', second_by = '${supervisor.id}', tier = 'privileged'`,
    )
    await made.signPair(agent.id, supervisor.id, minutesAgo)
    await sitDown(made)
    return made
  }

  it('the grant comes after the wait, for approvals that were valid when it was scheduled, and says so', async () => {
    const made = await openPair(hour, 14)
    expect(secondsOf(await made.prepare(1))).toBe(hour)
    await made.age(hour)
    expect(await made.prepare(2)).toEqual({ kind: 'ready' })
    expect(await made.issueGrant()).toMatchObject({ reason: null })
    const { agent, supervisor } = made.of
    expect(await grantOf(made)).toMatchObject({
      approvers: [agent.id, supervisor.id],
      scheduled_at: expect.any(Date),
      not_before: expect.any(Date),
    })
  })

  it('approvals that were over when it was to be scheduled: nothing is scheduled, and nothing is granted', async () => {
    const made = await openPair(hour, 16)
    expect(await made.prepare(1)).toEqual({ kind: 'ready' })
    expect(await made.issueGrant()).toEqual(refused)
    expect(await schedulesOf(made)).toEqual([])
  })

  it('approvals that are over are not usable at once either, however new the decision looks', async () => {
    const made = await openPair(0, 16)
    expect(await made.prepare(1)).toEqual({ kind: 'ready' })
    expect(await made.issueGrant()).toEqual({ grantId: null, reason: 'second_approval_required' })
    expect(await (await openPair(0, 14)).issueGrant()).toMatchObject({ reason: null })
  })

  it('a first approval alone, with a second written by hand, is not scheduled', async () => {
    const made = await openPair(hour)
    await edit(
      made,
      `update approvals set staff_id = (select decided_by_id::uuid from verifications where id = $1)
      where verification_id = $1 and ordinal = 2`,
    )
    expect(await made.prepare(1)).toEqual({ kind: 'ready' })
    expect(await schedulesOf(made)).toEqual([])
    expect(await made.issueGrant()).toEqual(refused)
  })
})
