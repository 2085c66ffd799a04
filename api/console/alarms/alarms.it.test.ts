import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeVerification } from '#platform/database/testing/factories.ts'
import { freeze } from '#services/reports/freeze.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { addPerson, callConsole, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const desk = useDesk({
  agent: 'agent',
  supervisor: 'supervisor',
  starter: 'supervisor',
  admin: 'admin',
  auditor: 'auditor',
})
const { api } = desk

/** A person who reported a case that `by` started. */
const addReport = async (by: SignedIn) => {
  const { tenantId } = by
  const person = await addPerson(api, tenantId)
  const { id: verificationId } = await makeVerification(api.owner, person.phone, { referrer_id: by.staffId })
  const report = () =>
    inTenant(api.deps.db, tenantId, (tx) =>
      freeze(tx, {
        reportId: randomUUID(),
        verificationId,
        personId: person.id,
        source: 'message',
        blockSeconds: 900,
        locking: 'never',
        reportSeconds: 3600,
      }),
    )
  await report()
  return { person, verificationId, report }
}
const cardOf = (staff: SignedIn, personId: string) =>
  callConsole(api, staff, `/api/console/people/${personId}`)
const lift = (staff: SignedIn, personId: string, reason = 'spoke to them') =>
  callConsole(api, staff, `/api/console/people/${personId}/lift-freeze`, {
    body: { reason },
    key: randomUUID(),
  })
const alarmsOf = async (staff: SignedIn) =>
  (await callConsole(api, staff, '/api/console/alarms')).json.reports
const banners = async (staff: SignedIn): Promise<string[]> =>
  (await callConsole(api, staff, '/api/console/session')).json.banners

describe('B9: a report', () => {
  it('is an alarm to those who watch, and to agents there is none', async () => {
    const { person, verificationId } = await addReport(desk.agent)
    for (const staff of [desk.supervisor, desk.admin, desk.auditor]) {
      const [newest] = await alarmsOf(staff)
      expect(newest).toMatchObject({ verificationId, personName: person.display_name, source: 'message' })
      expect((await cardOf(staff, person.id)).json.freeze.reports).toMatchObject([{ verificationId }])
    }
    for (const staff of [desk.supervisor, desk.admin]) expect(await banners(staff)).toContain('alarm')
    expect((await callConsole(api, desk.agent, '/api/console/alarms')).status).toBe(403)
    expect((await cardOf(desk.agent, person.id)).json.freeze).toBeNull()
    expect(await banners(desk.agent)).not.toContain('alarm')
  })

  it('is sent by e-mail to those who watch, but not to the agent who started the case', async () => {
    const { verificationId } = await addReport(desk.starter)
    const told = await api.owner.query<{ staff_id: string }>(
      `select staff_id from staff_notices where kind = 'participant_reported' and about = $1`,
      [verificationId],
    )
    expect(told.map(({ staff_id: id }) => id).sort()).toEqual(
      [desk.supervisor.staffId, desk.admin.staffId].sort(),
    )
  })
})

describe('H6: the freeze', () => {
  it('is lifted by a supervisor with a reason: new cases may begin, every contact gets a notice, and it is in the audit', async () => {
    const { person, verificationId } = await addReport(desk.agent)
    expect((await lift(desk.supervisor, person.id)).status).toBe(200)
    const card = (await cardOf(desk.supervisor, person.id)).json
    expect(card.freeze).toBeNull()
    expect(card.warnings.map(({ key }: { key: string }) => key)).not.toContain('warning.blocked')
    expect((await alarmsOf(desk.supervisor))[0]).toMatchObject({
      verificationId,
      blockedUntil: null,
      lifted: { reason: 'spoke to them' },
    })
    const after = await api.owner.one(
      `select (select count(*)::integer from notices where person_id = $1 and kind = 'unfrozen') as told,
         (select blocked_until is null from people where id = $1) as free,
         (select payload ->> 'reason' from audit where object_id = $1::text and type = 'freeze.lifted') as reason`,
      [person.id],
    )
    expect(after).toEqual({ told: 2, free: true, reason: 'spoke to them' })
    expect((await lift(desk.supervisor, person.id)).json.code).toBe('state_does_not_allow')
  })

  it('is not lifted by staff who started or decided a case that was reported', async () => {
    const started = await addReport(desk.starter)
    const refused = await lift(desk.starter, started.person.id)
    expect([refused.status, refused.json.code]).toEqual([403, 'own_part'])
    const decided = await addReport(desk.agent)
    await api.owner.run('update verifications set decided_by_id = $2 where id = $1', [
      decided.verificationId,
      desk.starter.staffId,
    ])
    expect((await lift(desk.starter, decided.person.id)).json.code).toBe('own_part')
    expect((await cardOf(desk.supervisor, started.person.id)).json.freeze).not.toBeNull()
  })

  it.each(['agent', 'admin', 'auditor'] as const)('is not lifted by the role %s', async (name) => {
    const { person } = await addReport(desk.supervisor)
    expect((await lift(desk[name], person.id)).status).toBe(403)
    const direct = await inTenant(api.deps.db, desk[name].tenantId, (tx) =>
      tx.one(`select lift_freeze($1, $2, $3, 'by hand') as answer`, [
        desk[name].tenantId,
        person.id,
        desk[name].staffId,
      ]),
    )
    expect(direct).toEqual({ answer: 'not_permitted' })
  })

  it('comes back with the next report', async () => {
    const { person, report } = await addReport(desk.agent)
    await lift(desk.supervisor, person.id)
    await report()
    expect((await cardOf(desk.supervisor, person.id)).json.freeze.reports).toHaveLength(1)
    expect((await lift(desk.supervisor, person.id)).status).toBe(200)
  })
})
