import { describe, expect, it } from 'vitest'
import { listen } from '#platform/database/notify.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { silentSignals } from '../../testing/silent-signals.ts'
import { addTenant, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const desk = useDesk({
  agent: 'agent',
  other: 'agent',
  supervisor: 'supervisor',
  second: 'supervisor',
  admin: 'admin',
  auditor: 'auditor',
})
const { api } = desk
const { makeCase, signal, look, marks, held, press, clear, alarmsOf } = silentSignals(desk)

const banners = async (as: SignedIn): Promise<string[]> =>
  (await callConsole(api, as, '/api/console/session')).json.banners
/** Everything of an answer but its moment and its name. */
const bytes = ({ status, headers, text }: Awaited<ReturnType<typeof callConsole>>) => {
  const { date: _, 'x-request-id': __, ...rest } = headers
  return { status, rest, text }
}

describe('the silent signal', () => {
  it('is three quick presses of one person on one case; slow ones, fewer, and those of several people are none', async () => {
    const quick = await makeCase()
    const [two, slow, both] = [await makeCase(), await makeCase(), await makeCase()]
    await signal(desk.agent, quick.id)
    await signal(desk.agent, two.id, 2)
    await signal(desk.agent, slow.id, 6, 2)
    await signal(desk.agent, both.id, 2)
    await signal(desk.other, both.id, 2)
    expect(await Promise.all([quick, two, slow, both].map(({ id }) => held(id)))).toEqual([
      true,
      false,
      false,
      false,
    ])
    await look()
    await look()
    expect(await marks(quick.id)).toEqual([{ by: desk.agent.staffId }])
    for (const { id } of [two, slow, both]) expect(await marks(id)).toEqual([])
  })

  it('is answered as every press is: the same status, headers and bytes, before, while and after', async () => {
    const { id } = await makeCase()
    const first = await press(desk.agent, id)
    expect([first.status, first.json]).toEqual([200, { address: `${api.consoleUrl}/verifications/${id}` }])
    for (let n = 0; n < 5; n += 1) expect(bytes(await press(desk.agent, id))).toEqual(bytes(first))
    await signal(desk.agent, id)
    await look()
    expect((await marks(id)).length).toBe(1)
    expect(bytes(await press(desk.agent, id))).toEqual(bytes(first))
  })

  it('changes nothing that an agent can look at: panel, list, person, queue, session, and the live stream', async () => {
    const { id, person } = await makeCase()
    await signal(desk.agent, id, 1)
    const paths = [
      `/api/console/verifications/${id}`,
      '/api/console/verifications?limit=50',
      `/api/console/people/${person.id}`,
      '/api/console/queue',
      '/api/console/session',
    ]
    const seen = async (as: SignedIn) =>
      (await Promise.all(paths.map((path) => callConsole(api, as, path)))).map(bytes)
    const told: string[] = []
    const listener = await listen(api.db, { onChange: ({ channel }) => told.push(channel) })
    const before = await seen(desk.agent)
    await signal(desk.agent, id)
    await look()
    await inTenant(api.deps.db, desk.agent.tenantId, (tx) =>
      tx.query(`select pg_notify('queue', $1)`, [`${tx.tenantId}/end`]),
    )
    await expect.poll(() => told).toContain('queue')
    await listener.stop()
    expect(await marks(id)).toHaveLength(1)
    expect(await seen(desk.agent)).toEqual(before)
    // Those who watch hear of alarms; agents' streams do not carry them.
    expect(new Set(told)).toEqual(new Set(['alarm', 'queue']))
    expect((await callConsole(api, desk.agent, '/api/console/alarms')).status).toBe(403)
    expect((await clear(desk.agent, id)).status).toBe(403)
  })

  it('is in no timeline, no CSV and no figure of anybody; the audit has it under an id of its own', async () => {
    const { id } = await makeCase()
    const csv = async () => (await callConsole(api, desk.supervisor, '/api/console/verifications.csv')).text
    const panel = async () =>
      (await callConsole(api, desk.supervisor, `/api/console/verifications/${id}`)).json.timeline
    const before = { csv: await csv(), panel: await panel() }
    await signal(desk.agent, id)
    await look()
    expect({ csv: await csv(), panel: await panel() }).toEqual(before)
    expect(
      await api.owner.query(
        `select type, object_kind as kind, payload ->> 'staffId' as by from audit
         where payload ->> 'verificationId' = $1 and type like 'duress.%'`,
        [id],
      ),
    ).toEqual([{ type: 'duress.signalled', kind: 'alarm', by: desk.agent.staffId }])
    expect(
      await api.owner.query(
        `select 1 from outbox where type like 'duress.%' and verification_id is not null`,
      ),
    ).toEqual([])
  })

  it('is heard by supervisors alone: their alarms, their banner, their mail; auditors read, admins do not', async () => {
    const { id } = await makeCase()
    await signal(desk.agent, id)
    await look()
    const [newest] = await alarmsOf(desk.supervisor)
    expect(newest).toMatchObject({ verificationId: id, isWaiting: false, cleared: null })
    expect(await banners(desk.supervisor)).toContain('alarm')
    expect((await alarmsOf(desk.auditor))[0]).toMatchObject({ verificationId: id })
    expect(await alarmsOf(desk.admin)).toBeNull()
    for (const as of [desk.agent, desk.other, desk.admin]) expect(await banners(as)).not.toContain('alarm')
    const mailed = await api.owner.query<{ to: string }>(
      `select n.staff_id as to from staff_notices n join duress_marks d on d.id::text = n.about where d.verification_id = $1`,
      [id],
    )
    expect(mailed.map(({ to }) => to).sort()).toEqual([desk.supervisor.staffId, desk.second.staffId].sort())
    expect((await clear(desk.admin, id)).status).toBe(403)
    expect((await clear(desk.auditor, id)).status).toBe(403)
  })

  it('of a supervisor reaches the other supervisors, and never the one who gave it', async () => {
    const { id } = await makeCase()
    for (const mark of await api.owner.query<{ id: string }>(
      'select verification_id as id from duress_marks where tenant_id = $1 and cleared_at is null',
      [desk.agent.tenantId],
    ))
      await clear(desk.second, mark.id)
    await signal(desk.supervisor, id)
    await look()
    const ids = async (as: SignedIn) =>
      (await alarmsOf(as)).map(({ verificationId }: { verificationId: string }) => verificationId)
    expect(await ids(desk.supervisor)).not.toContain(id)
    expect(await banners(desk.supervisor)).not.toContain('alarm')
    expect(await ids(desk.second)).toContain(id)
    const unmarked = await makeCase()
    const [own, none] = [await clear(desk.supervisor, id), await clear(desk.supervisor, unmarked.id)]
    expect([own.status, own.json.code]).toEqual([409, 'state_does_not_allow'])
    expect({ ...own.json, requestId: '' }).toEqual({ ...none.json, requestId: '' })
    expect(await held(id)).toBe(true)
    expect((await clear(desk.second, id)).status).toBe(200)
  })

  it('is cleared by a supervisor who had no part, with a reason; a later one marks the case anew', async () => {
    const { id } = await makeCase({ decided_by_id: desk.second.staffId })
    await signal(desk.agent, id)
    expect((await clear(desk.supervisor, id)).json.code).toBe('state_does_not_allow')
    await look()
    expect((await clear(desk.second, id)).json.code).toBe('own_part')
    expect((await clear(desk.supervisor, id)).status).toBe(200)
    expect(await held(id)).toBe(false)
    expect((await alarmsOf(desk.supervisor))[0]).toMatchObject({
      verificationId: id,
      cleared: { reason: 'went to see them' },
    })
    expect((await clear(desk.supervisor, id)).json.code).toBe('state_does_not_allow')
    await signal(desk.agent, id)
    expect(await held(id)).toBe(true)
    await look()
    expect(await marks(id)).toHaveLength(2)
  })

  it('I2: is of one organisation: neither pressed, seen nor cleared from another', async () => {
    const { id } = await makeCase()
    const foreign = await signIn(api, (await addTenant(api)).id, 'supervisor')
    expect((await press(foreign, id)).status).toBe(404)
    await signal(desk.agent, id)
    await look(foreign.tenantId)
    expect(await marks(id)).toEqual([])
    await look()
    expect(await alarmsOf(foreign)).toEqual([])
    expect(await banners(foreign)).not.toContain('alarm')
    expect((await clear(foreign, id)).status).toBe(404)
    expect(await held(id)).toBe(true)
  })
})
