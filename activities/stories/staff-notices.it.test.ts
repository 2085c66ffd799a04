import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { insertRow, makeStaff, makeTenant } from '#platform/database/testing/factories.ts'
import { sendStaffNotices } from '../messaging/staff-notice-loop.ts'
import { useTestWorld } from '../testing/test-world.ts'

const world = useTestWorld()

/** An organisation with two admins and an agent, and a weakening that was accepted and whose time is given. */
const addTenant = async (effectiveAt: Date) => {
  const { owner } = world.database
  const { id } = await makeTenant(owner)
  const admins = [randomUUID(), randomUUID()].map((name) => `${name.slice(0, 8)}@desk.example.org`)
  for (const email of admins) await makeStaff(owner, id, { role: 'admin', email })
  await makeStaff(owner, id, { email: 'agent@desk.example.org' })
  await makeStaff(owner, id, { role: 'admin', email: 'gone@desk.example.org', disabled_at: new Date() })
  const { version: _, ...document } = defaultPolicy()
  for (const [version, more] of [
    [1, { saved_by: 'test' }],
    [
      2,
      {
        saved_by: randomUUID(),
        saved_by_name: 'Priya',
        accepted_by: randomUUID(),
        accepted_by_name: 'Henrik',
        effective_at: effectiveAt,
      },
    ],
  ] as const)
    await insertRow(owner, 'policies', {
      tenant_id: id,
      version,
      document: JSON.stringify(document),
      ...more,
    })
  return { id, admins }
}

const drain = async (tenantId: string): Promise<void> => {
  while ((await sendStaffNotices(world.deps, tenantId)) > 0);
}
const told = (tenantId: string) =>
  world.database.owner.query(`select seq from audit where tenant_id = $1 and type = 'policy.took_effect'`, [
    tenantId,
  ])

describe('D13: that a weakening took effect', () => {
  it('sends every admin one mail, with one event, however many workers look', async () => {
    const { id, admins } = await addTenant(new Date(Date.now() - 1000))
    const before = world.messenger.sent.length
    await Promise.all([drain(id), drain(id), drain(id)])
    await drain(id)
    const sent = world.messenger.sent.slice(before)
    expect(sent.map(({ to }) => to).sort()).toEqual([...admins].sort())
    expect(sent[0]?.text).toContain('Version 2 of the policy, proposed by Priya, has taken effect.')
    expect(await told(id)).toHaveLength(1)
  })

  it('is not told before its time', async () => {
    const { id } = await addTenant(new Date(Date.now() + 60_000))
    const before = world.messenger.sent.length
    await drain(id)
    expect(world.messenger.sent.length).toBe(before)
    expect(await told(id)).toHaveLength(0)
  })

  it('R2: what a worker that died had begun is not sent again', async () => {
    const { id } = await addTenant(new Date(Date.now() - 1000))
    const { messenger } = world
    const answer = messenger.answer
    messenger.answer = () => Promise.resolve({ kind: 'not_taken', code: 'busy' })
    await sendStaffNotices(world.deps, id)
    messenger.answer = answer
    await world.database.owner.run(
      `update staff_notices set status = 'begun', begun_at = now() - interval '5 minutes' where tenant_id = $1`,
      [id],
    )
    const before = messenger.sent.length
    await drain(id)
    expect(messenger.sent.length).toBe(before)
  })
})
