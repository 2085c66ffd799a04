import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { recordEvents } from '#platform/database/record-events.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { addClient, callIntegration } from '../../testing/integration.ts'
import { silentSignals } from '../../testing/silent-signals.ts'
import { callConsole, callPortal, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'
import { enterAs } from '../../testing/visit.ts'

const desk = useDesk({ agent: 'agent', other: 'agent', supervisor: 'supervisor' })
const { api } = desk
const { makeCase, signal, look, clear, alarmsOf } = silentSignals(desk)

describe('what was approved in a marked case', () => {
  /** The screens that show a decided case. */
  const seenOf = async (as: SignedIn, id: string) => {
    const panel = (await callConsole(api, as, `/api/console/verifications/${id}`)).json
    const list = await callConsole(api, as, '/api/console/verifications?limit=50')
    const row = list.json.rows.find((one: { id: string }) => one.id === id)
    const { state, reason, sessionsEnded } = panel.action
    return {
      action: { state, reason, sessionsEnded },
      rows: [panel.row.action, row.action],
      told: panel.timeline.map(({ event, actor }: { event: unknown; actor: unknown }) => [event, actor]),
    }
  }
  const decided = {
    ...{ state: 'closed', outcome: 'passed', decision: 'approved' },
    ...{ decided_at: new Date(), closed_at: new Date(), decided_by_kind: 'agent' },
  }

  it.each([
    ['password_reset', 'granted', ['grant.issued']],
    ['mfa_reset', 'granted', ['grant.issued']],
    ['account_unlock', 'in_progress', ['grant.issued', 'unlock.intended']],
  ] as const)(
    'of %s looks to agents as one that waits, in panel, timeline and list',
    async (purpose, state, types) => {
      const [held, plain] = [await makeCase({ purpose, ...decided }), await makeCase({ purpose, ...decided })]
      const { tenantId } = desk.agent
      await insertRow(api.owner, 'actions', {
        ...{ tenant_id: tenantId, verification_id: plain.id, person_id: plain.person.id, kind: purpose },
        ...{ state, run_id: randomUUID(), run_started_at: new Date(), seq: 1 },
      })
      await inTenant(api.worker, tenantId, (tx) =>
        recordEvents(
          tx,
          { kind: 'system', id: 'workflow' },
          plain.id,
          types.map((type) => ({ type, object: { kind: 'verification', id: plain.id }, payload: {} })),
        ),
      )
      await signal(desk.agent, held.id)
      for (const step of [() => Promise.resolve(), look]) {
        await step()
        expect(await seenOf(desk.agent, held.id)).toEqual(await seenOf(desk.agent, plain.id))
        expect(await seenOf(desk.other, held.id)).toEqual(await seenOf(desk.other, plain.id))
      }
      expect((await seenOf(desk.supervisor, held.id)).rows).toEqual(['none', 'none'])
    },
  )

  const passed = {
    ...{ state: 'closed', outcome: 'passed', decision: 'approved' },
    ...{ decided_at: new Date(), closed_at: new Date() },
  }

  it.each(['password_reset', 'account_unlock', 'mfa_reset', 'identity_check', 'access_change'])(
    'shows the participant of a case of %s an ordinary page of waiting',
    async (purpose) => {
      const visit = await enterAs(api, desk.agent.tenantId, { purpose })
      await signal(desk.agent, visit.verificationId)
      const set = `state = 'closed', outcome = 'passed', decision = 'approved', decided_at = now(), closed_at = now()`
      await api.owner.run(`update verifications set ${set} where id = $1`, [visit.verificationId])
      const { json } = await callPortal(api, visit.session, '/api/portal/step')
      expect(json.step).toMatchObject({ kind: 'waiting' })
    },
  )

  it('is no result to another system until a supervisor has looked after it', async () => {
    const client = await addClient(api, desk.agent.tenantId, { scopes: ['verifications.read'] })
    const { id } = await makeCase({
      ...passed,
      ...{ purpose: 'identity_check', referrer_kind: 'api_client', referrer_id: client.id },
    })
    const result = async () => (await callIntegration(api, client, `/api/v1/verifications/${id}`)).json
    expect(await result()).toMatchObject({ state: 'closed', outcome: 'passed' })
    await signal(desk.agent, id)
    expect(await result()).toMatchObject({
      state: 'awaiting_decision',
      outcome: null,
      action: 'none',
      closedAt: null,
    })
    await look()
    expect((await alarmsOf(desk.supervisor))[0]).toMatchObject({ verificationId: id, isWaiting: true })
    await clear(desk.supervisor, id)
    expect(await result()).toMatchObject({ outcome: 'passed' })
  })
})
