/** A waiting time from the approval to its end, by HTTP, with the worker's loops (B9, B12, B13, F3). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '#activities/testing/until.ts'
import { waitingPolicy } from '#activities/testing/waiting-policy.ts'
import type { Loops } from '#activities/maintenance/index.ts'
import { callConsole, callPortal, type SignedIn } from '#api/testing/test-api.ts'
import { createFlow } from './testing/flow.ts'
import { useWhole } from './testing/whole.ts'

const whole = useWhole()
let loops: Loops
beforeAll(() => {
  loops = whole.runLoops()
})
afterAll(() => loops.stop())

const owner = () => whole.world.database.owner
const sent = () => whole.world.messenger.sent

/** Approved under a waiting time of so many seconds. */
const schedule = async (seconds: number) => {
  const { of, agent } = await whole.open({ policy: waitingPolicy(seconds) })
  const flow = createFlow(whole, of, agent)
  const id = await flow.start()
  await flow.enter(whole.world.messenger.tokenFor(of.phone), await flow.codeFor(id))
  await flow.visit('portal/checks', { report: null })
  await flow.scored(id)
  expect((await flow.approve(id)).status).toBe(200)
  await flow.reaches('scheduled')
  const panelFor = async (staff: SignedIn) =>
    (await callConsole(whole.api, staff, `/api/console/verifications/${id}`)).json
  const stateNow = async () =>
    (await owner().one<{ state: string }>('select state from actions where verification_id = $1', [id]))
      ?.state
  const grants = () => owner().query('select id from grants where verification_id = $1', [id])
  return { of, agent, flow, id, panelFor, stateNow, grants }
}

const noticeTo = async (address: string, words: RegExp): Promise<string> => {
  const found = () => sent().findLast(({ to, text }) => to === address && words.test(text))
  await until(() => Promise.resolve(found() !== undefined))
  return found()?.text ?? ''
}

describe('F3: what was approved under a waiting time', () => {
  it('B12, B13: every contact gets a notice, console and portal say when, and a no from the second contact stops it', async () => {
    const { of, agent, flow, panelFor, stateNow, grants } = await schedule(3600)
    const { action, actions } = await panelFor(agent)
    expect(action.state).toBe('scheduled')
    const inAnHour = (at: unknown) => Math.abs(Date.parse(String(at)) - Date.now() - 3_600_000) < 60_000
    expect(inAnHour(action.scheduledFor)).toBe(true)
    expect(actions.stop).toMatchObject({ allowed: true })
    const { step } = (await flow.visit('portal/step')).json
    expect([step.kind, inAnHour(step.until)]).toEqual(['scheduled', true])
    await noticeTo(of.phone, /help desk approved a change to your account\. The change is made later/)
    const mail = await noticeTo(
      of.email,
      /help desk approved a change to your account\. The change is made later/,
    )
    const token = /not-me#([\w-]{43})/.exec(mail)?.[1] ?? ''
    const { json } = await callPortal(whole.api, null, '/api/public/reports/open', { body: { token } })
    expect(json.kind).toBe('scheduled')
    const body = { token, digits: json.digits as string }
    expect((await callPortal(whole.api, null, '/api/public/reports/confirm', { body })).status).toBe(200)
    await until(async () => (await stateNow()) === 'failed')
    expect(await grants()).toEqual([])
    // B9: to the agent it was cancelled; a supervisor sees who stopped it.
    const seen = await panelFor(agent)
    expect(seen.action).toMatchObject({ state: 'failed', reason: { key: 'refusal.cancelled' } })
    expect(JSON.stringify(seen)).not.toMatch(/reported/)
    const full = await panelFor(await whole.signIn(of, of.supervisor.id))
    expect(full.action).toMatchObject({ state: 'failed', reason: { key: 'refusal.reported' } })
  })

  it('the agent who started it stops it; every contact gets a notice, and nothing is left to stop', async () => {
    const { of, agent, flow, id, panelFor, stateNow, grants } = await schedule(3600)
    const stop = () => flow.ask(`verifications/${id}/stop`, { reason: 'they called us' })
    expect((await stop()).status).toBe(200)
    expect(await stateNow()).toBe('failed')
    for (const address of [of.phone, of.email])
      await noticeTo(address, /that the help desk had approved was stopped/)
    expect((await panelFor(agent)).actions.stop).toMatchObject({ allowed: false })
    expect((await stop()).json.code).toBe('state_does_not_allow')
    expect(await grants()).toEqual([])
  })

  it('who closed the page comes back by a fresh link and the code on the screen, and sets the password', async () => {
    const { of, flow, id, stateNow } = await schedule(2)
    await owner().run(
      `update portal_sessions set ended_at = now(), end_reason = 'idle' where verification_id = $1`,
      [id],
    )
    await until(async () => (await stateNow()) === 'awaiting_participant')
    const links = () => sent().filter(({ to, text }) => to === of.phone && /\/v#/.test(text))
    await until(() => Promise.resolve(links().length === 2))
    expect((await flow.visit('portal/step')).json.step).toMatchObject({ ending: 'session_over' })
    const entered = await flow.enter(whole.world.messenger.tokenFor(of.phone), await flow.codeFor(id))
    expect(entered.status).toBe(200)
    await flow.reaches('new_password')
    await flow.visit('portal/password', { password: 'seven purple lanterns drift' })
    await until(async () => (await stateNow()) === 'completed')
  })
})
