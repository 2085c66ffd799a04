import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openForWorker } from '#platform/crypto/sealed-inputs.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import type { Visit } from '../../testing/visit.ts'
import { usePortal } from '../../testing/use-test-api.ts'

const portal = usePortal()
const { api, enter } = portal

/** A case that asks for a push. */
const asked = async (): Promise<Visit> => {
  const visit = await enter()
  await visit.checks()
  const { verificationId, person } = visit
  await api.owner.run(
    `update plans set route = 'push', completed_at = null, completed_reason = null where verification_id = $1`,
    [verificationId],
  )
  await insertRow(api.owner, 'push_requests', {
    ...{ tenant_id: portal.tenantId, verification_id: verificationId, person_id: person.id },
  })
  return visit
}
/** A push of the case, as the worker keeps it. */
const pushed = ({ verificationId, person }: Visit, state: string, more: object = {}): Promise<unknown> =>
  insertRow(api.owner, 'pushes', {
    ...{
      tenant_id: portal.tenantId,
      id: randomUUID(),
      verification_id: verificationId,
      person_id: person.id,
    },
    ...{ portal_session_id: randomUUID(), state, account: 'anna' },
    ...(['asked', 'sending', 'sent'].includes(state) ? {} : { ended_at: new Date() }),
    ...more,
  })
const sealed = async ({ verificationId }: Visit): Promise<unknown[]> => {
  const rows = await api.owner.query<{ id: string; sealed: Buffer }>(
    `select id, sealed from sealed_inputs where verification_id = $1 and kind = 'push' order by created_at`,
    [verificationId],
  )
  return rows.map(({ id, sealed: bytes }): unknown => {
    const place = { tenantId: portal.tenantId, verificationId, kind: 'push', row: id } as const
    return JSON.parse(openForWorker(api.keys.worker, place, bytes).toString('utf8'))
  })
}
const stepOf = async (visit: Visit) => (await visit.step()).json.step

describe('a case that asks for a push', () => {
  it('shows the step with the two words of the case, and hands the wish of this session to the worker', async () => {
    const visit = await asked()
    expect(await stepOf(visit)).toMatchObject({
      ...{ kind: 'push', state: 'ready', problem: null, number: null, pushesLeft: 2 },
      phrase: [expect.any(String), expect.any(String)],
    })
    expect((await visit.post('push', {})).status).toBe(200)
    const [said] = await sealed(visit)
    const session = await api.owner.one<{ id: string }>(
      'select id from portal_sessions where verification_id = $1 and ended_at is null',
      [visit.verificationId],
    )
    expect(said).toEqual({ kind: 'send', sessionId: session?.id })
    expect(api.verifications.calls.at(-1)?.name).toBe('submitPush')
  })

  it('takes no name from the page', async () => {
    const visit = await asked()
    for (const body of [{ login: 'boss' }, { account: 'boss' }, { sessionId: randomUUID() }])
      expect((await visit.post('push', body)).status).toBe(400)
    expect(await sealed(visit)).toEqual([])
  })

  it.each<[string, object, object]>([
    ['asked', {}, { state: 'sending', number: null }],
    ['sending', {}, { state: 'sending', number: null }],
    ['sent', { shown_number: '47' }, { state: 'sent', number: '47' }],
    ['not_sent', {}, { state: 'ready', problem: 'not_sent', pushesLeft: 1 }],
    ['unanswered', { shown_number: '47' }, { state: 'ready', problem: 'unanswered', number: null }],
    ['approved', {}, { state: 'ready', problem: 'unanswered' }],
  ])('of a push that is %s shows no more than the participant may know', async (state, more, shown) => {
    const visit = await asked()
    await pushed(visit, state, more)
    expect(await stepOf(visit)).toMatchObject({ kind: 'push', ...shown })
    expect(JSON.stringify(await stepOf(visit))).not.toContain('anna')
  })

  it('asks for no second push while one is under way, and still goes another way', async () => {
    const visit = await asked()
    await pushed(visit, 'sent')
    const calls = api.verifications.calls.length
    expect((await visit.post('push', {})).json.step).toMatchObject({ state: 'sent' })
    expect([api.verifications.calls.length, await sealed(visit)]).toEqual([calls, []])
    expect((await visit.post('push/none', {})).status).toBe(200)
    expect(await sealed(visit)).toEqual([{ kind: 'not_now' }])
  })

  it('offers none of it at any other step', async () => {
    const other = await enter()
    for (const path of ['push', 'push/none']) expect((await other.post(path, {})).json.code).toBe('step_over')
    expect(await sealed(other)).toEqual([])
  })

  it.each([
    [
      `insert into push_requests (tenant_id, verification_id, person_id) values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid())`,
    ],
    [`update pushes set state = 'approved'`],
    ['update push_requests set proven_at = now()'],
  ])('the process that shows it can neither send one nor write evidence: %s', async (sql) => {
    await expect(api.deps.db.pool.query(sql)).rejects.toThrow(/permission denied/)
  })
})
