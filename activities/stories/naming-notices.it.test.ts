import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makePerson, makeStaff, makeTenant, testKeys } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { sendNamingNotices } from '../messaging/naming-notice-loop.ts'
import { createFakeMessenger } from '../testing/fakes.ts'
import { testWorldDeps } from '../testing/test-world-deps.ts'

const database = useDatabase()
const keys = testKeys()

/** An approver who is named for a team, accepted, from so many hours from now on. */
const makeNaming = async (inHours: number, row: Readonly<Record<string, unknown>> = {}) => {
  const { owner } = database
  const { id: tenantId } = await makeTenant(owner)
  const [first, second] = [await makeStaff(owner, tenantId), await makeStaff(owner, tenantId)]
  const approver = await makePerson(owner, tenantId, { work_email: 'nora@example.org', ...row })
  const namingId = randomUUID()
  await owner.run(
    `insert into named_approvers (tenant_id, id, team, approver_id, reason, named_by, named_by_name, accepted_by,
       accepted_by_name, accept_reason, accepted_at, effective_at)
     values ($1, $2, 'Treasury', $3, 'x', $4, 'A', $5, 'B', 'y', now() - interval '30 hours', now() + make_interval(hours => $6))`,
    [tenantId, namingId, approver.id, first.id, second.id, inHours],
  )
  const messenger = createFakeMessenger()
  const deps = testWorldDeps(database.worker, keys.worker, messenger)
  const look = () => sendNamingNotices(deps, tenantId)
  const events = () =>
    owner.query<{ object_id: string; payload: object }>(
      `select object_id, payload from audit where tenant_id = $1 and type = 'approver.name_took_effect'`,
      [tenantId],
    )
  const status = async () =>
    (
      await owner.one<{ status: string }>(`select status from naming_notices where tenant_id = $1`, [
        tenantId,
      ])
    )?.status
  return { tenantId, namingId, approver, messenger, look, events, status }
}

describe('T9: a person who was named to vouch', () => {
  it('gets one mail once the naming is in force, with one event, however many workers look', async () => {
    const { approver, namingId, messenger, look, events, status } = await makeNaming(-1)
    await Promise.all([look(), look(), look()])
    await look()
    expect(messenger.sent).toMatchObject([{ channel: 'email', to: 'nora@example.org', reference: namingId }])
    expect(messenger.sent[0]?.text).toContain('may ask you to confirm who a person is')
    expect(messenger.sent[0]?.text).not.toMatch(/https?:|Treasury/)
    expect(await status()).toBe('sent')
    expect(await events()).toMatchObject([
      { object_id: approver.id, payload: { namingId, team: 'Treasury', personId: null } },
    ])
  })

  it('in their own language', async () => {
    const { messenger, look } = await makeNaming(-1, { language: 'de-DE' })
    await look()
    expect(messenger.sent[0]?.subject).toContain('für andere einzustehen')
  })

  it('not before it holds, nor once it was ended', async () => {
    const early = await makeNaming(1)
    const ended = await makeNaming(-1)
    await database.owner.run(
      `update named_approvers set ended_by = named_by, ended_by_name = 'A', end_reason = 'z', ended_at = now() where id = $1`,
      [ended.namingId],
    )
    for (const { look, messenger, events } of [early, ended]) {
      expect(await look()).toBe(0)
      expect(messenger.sent).toEqual([])
      expect(await events()).toEqual([])
    }
  })

  it('R2: what a worker that died had begun is not sent again; what nobody took is', async () => {
    const { tenantId, messenger, look, status } = await makeNaming(-1)
    const accept = messenger.answer
    messenger.answer = () => ({ kind: 'not_taken', code: 'http_503' })
    await look()
    expect(await status()).toBe('waiting')
    messenger.answer = accept
    await database.owner.run('update naming_notices set not_before = now() where tenant_id = $1', [tenantId])
    await look()
    expect(await status()).toBe('sent')
    await database.owner.run(
      `update naming_notices set status = 'begun', begun_at = now() - interval '5 minutes' where tenant_id = $1`,
      [tenantId],
    )
    const before = messenger.sent.length
    await look()
    expect(messenger.sent.length).toBe(before)
    expect(await status()).toBe('unknown')
  })

  it('not where the directory’s address is none', async () => {
    const { messenger, look, status } = await makeNaming(-1, { work_email: 'nora' })
    await look()
    expect([messenger.sent, await status()]).toEqual([[], 'refused'])
  })
})
