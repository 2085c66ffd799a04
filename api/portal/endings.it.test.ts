import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { insertRow } from '#platform/database/testing/factories.ts'
import { openTypedPassword } from '#services/actions/typed-password.ts'
import { events, stored, summary, type Visit } from '../testing/visit.ts'
import { usePortal } from '../testing/use-test-api.ts'

const portal = usePortal()
const { api, enter } = portal

describe('the new password', () => {
  const approve = async (visit: Visit, row: Readonly<Record<string, unknown>> = {}) => {
    await api.owner.run(
      `update verifications set state = 'closed', outcome = 'passed', decision = 'approved', closed_at = now() where id = $1`,
      [visit.verificationId],
    )
    await insertRow(api.owner, 'actions', {
      tenant_id: portal.tenantId,
      verification_id: visit.verificationId,
      kind: 'password_reset',
      person_id: visit.person.id,
      state: 'granted',
      expires_at: new Date(Date.now() + 900_000),
      run_id: randomUUID(),
      run_started_at: new Date(),
      seq: 1,
      workflow_id: `${portal.tenantId}/password-reset/x`,
      ...row,
    })
  }
  const good = 'seven purple lanterns drift'

  it('B1, B2, M3: only after an approval, in the same session, checked by rule, sealed to the worker, never seen elsewhere', async () => {
    const visit = await enter()
    expect((await visit.post('password', { password: good })).status).toBe(409)
    await approve(visit)
    const step = (await visit.step()).json.step
    expect(step).toMatchObject({ kind: 'new_password', minLength: 15, triesLeft: 4, refusedBy: [] })
    expect(step.contextWords).toContain('lindt')
    const weak = await visit.post('password/check', { password: 'password' })
    expect(weak.json.accepted).toBe(false)
    expect(weak.json.rules).toContainEqual({ key: 'length', kept: false })
    expect((await visit.post('password/check', { password: good })).json.accepted).toBe(true)
    const own = await visit.post('password', { password: 'ada lindt rides a bicycle' })
    expect(own.json.step.refusedBy).toEqual(['own_words'])
    expect(api.verifications.calls.some(({ name }) => name === 'submitPassword')).toBe(false)
    await visit.post('password', { password: good })
    const [resetId, inputId] = api.verifications.calls.at(-1)?.args ?? []
    expect(resetId).toBe(`${portal.tenantId}/password-reset/x`)
    const row = await api.owner.one<{ sealed: Buffer; soon: boolean }>(
      `select sealed, expires_at <= now() + interval '5 minutes' as soon from sealed_inputs where id = $1`,
      [inputId],
    )
    expect(row?.soon).toBe(true)
    const session = await api.owner.one<{ id: string }>(
      'select id from portal_sessions where verification_id = $1',
      [visit.verificationId],
    )
    const place = {
      tenantId: portal.tenantId,
      verificationId: visit.verificationId,
      row: inputId as string,
    } as const
    expect(openTypedPassword(api.keys.worker, place, row?.sealed ?? Buffer.alloc(0))).toEqual({
      password: good,
      sessionId: session?.id,
    })
    expect(api.lines.join('') + JSON.stringify(api.verifications.calls)).not.toContain(good)
    const audit = await api.owner.query('select payload::text from audit')
    expect(JSON.stringify(audit)).not.toContain('lanterns')
  })

  it('N5: a service for breached passwords is asked once, when the password is sent; its silence refuses nobody', async () => {
    const visit = await enter()
    await approve(visit)
    const asked: string[] = []
    let answer: boolean | null = true
    const isBreached = (password: string) => {
      asked.push(password)
      return Promise.resolve(answer)
    }
    Object.assign(api.deps, { isBreached })
    try {
      expect((await visit.post('password/check', { password: good })).json.accepted).toBe(true)
      await visit.post('password', { password: 'ada lindt rides a bicycle' })
      expect(asked).toEqual([])
      expect((await visit.post('password', { password: good })).json.step).toMatchObject({
        kind: 'new_password',
        refusedBy: ['common'],
        triesLeft: 4,
      })
      const sealed = () =>
        api.owner.query('select id from sealed_inputs where verification_id = $1', [visit.verificationId])
      expect([asked, await sealed()]).toEqual([[good], []])
      answer = null
      await visit.post('password', { password: good })
      expect(await sealed()).toHaveLength(1)
    } finally {
      Object.assign(api.deps, { isBreached: undefined })
    }
  })

  it('N4: a refusal of the directory is shown as such, with the tries left', async () => {
    const visit = await enter()
    await approve(visit, { tries: 1 })
    api.verifications.answers.submitPassword = () => ({
      kind: 'answered',
      value: { action: 'granted', refusal: 'directory_refused', triesLeft: 3 } as never,
    })
    expect((await visit.post('password', { password: good })).json.step).toMatchObject({
      kind: 'new_password',
      refusedBy: ['directory'],
      triesLeft: 3,
    })
  })

  it.each([{ kind: 'pending' }, { kind: 'unavailable' }] as const)(
    'R4: one whose answer is still to come ($kind) is waited for: no refusal is shown, nothing is typed twice',
    async (reply) => {
      const visit = await enter()
      await approve(visit)
      api.verifications.answers.submitPassword = () => reply
      const sent = () => api.verifications.calls.filter(({ name }) => name === 'submitPassword')
      const before = sent().length
      const waits = { kind: 'waiting', for: 'password' }
      expect((await visit.post('password', { password: good })).json.step).toMatchObject(waits)
      expect((await visit.step()).json.step).toMatchObject(waits)
      expect((await visit.post('password', { password: good })).status).toBe(409)
      // A message that may have been lost is sent again, as the same input: the workflow takes it once.
      await expect.poll(() => sent().length).toBeGreaterThan(before + 1)
      expect(
        new Set(
          sent()
            .slice(before)
            .map(({ args }) => args[1]),
        ).size,
      ).toBe(1)
      // The worker took it, and the directory refused it: another may be typed.
      await api.owner.run('delete from sealed_inputs where verification_id = $1', [visit.verificationId])
      await api.owner.run('update actions set tries = 1 where verification_id = $1', [visit.verificationId])
      expect((await visit.step()).json.step).toMatchObject({
        kind: 'new_password',
        refusedBy: ['directory'],
        triesLeft: 3,
      })
    },
  )

  it.each([
    ['completed', 'password_changed'],
    ['unknown', 'password_unknown'],
    ['failed', 'password_failed'],
    ['expired', 'timed_out'],
    ['failed', 'stopped_by_report', 'reported'],
    ['failed', 'cancelled', 'stopped'],
  ])('an action that is %s ends as %s', async (state, ending, reason: string | null = null) => {
    const visit = await enter()
    await approve(visit, { state, reason })
    expect((await visit.step()).json).toMatchObject({ step: { kind: 'ended', ending }, reportDigits: null })
  })

  it('a grant that ran out asks for nothing', async () => {
    const visit = await enter()
    await approve(visit, { expires_at: new Date(Date.now() - 1_000) })
    expect((await visit.step()).json.step).toMatchObject({ kind: 'ended', ending: 'timed_out' })
    expect((await visit.post('password', { password: good })).status).toBe(409)
  })
})

describe('the end', () => {
  const close = (visit: Visit, outcome: string) =>
    api.owner.run(
      `update verifications set state = 'closed', outcome = $2, closed_at = now() where id = $1`,
      [visit.verificationId, outcome],
    )

  it('says the same for every refusal: nothing tells which check or answer mattered', async () => {
    const steps: unknown[] = []
    for (const outcome of ['failed', 'not_enough_questions']) {
      const visit = await enter()
      await close(visit, outcome)
      steps.push((await visit.step()).json.step)
    }
    expect(steps[0]).toEqual({ kind: 'ended', ending: 'not_confirmed', feedbackGiven: false })
    expect(steps[1]).toEqual(steps[0])
  })

  it('takes feedback, also after the session has ended, with the comment sealed', async () => {
    const visit = await enter()
    await close(visit, 'failed')
    await api.owner.run(
      `update portal_sessions set ended_at = now(), end_reason = 'completed' where verification_id = $1`,
      [visit.verificationId],
    )
    const given = await visit.post('feedback', { rating: 'hard', comment: 'The timer was short.' })
    expect([given.status, given.text]).toEqual([204, ''])
    expect((await visit.step()).json.step.feedbackGiven).toBe(true)
    const row = await api.owner.one<{ rating: string; text: string }>(
      `select rating, encode(comment_sealed, 'escape') as text from feedback where verification_id = $1`,
      [visit.verificationId],
    )
    expect(row?.rating).toBe('hard')
    expect(row?.text).not.toContain('timer')
    expect((await events(api, visit.verificationId)).at(-1)).toBe('feedback.given')
  })

  it('F3: a session idle for ten minutes or over its end is over; only its ending is left', async () => {
    for (const set of [
      `last_used_at = now() - interval '10 minutes 1 second'`,
      `absolute_expires_at = now()`,
      `ended_at = now()`,
    ]) {
      const visit = await enter()
      await visit.checks()
      await api.owner.run(`update portal_sessions set ${set} where verification_id = $1`, [
        visit.verificationId,
      ])
      expect((await visit.step()).json.step).toMatchObject({ kind: 'ended', ending: 'session_over' })
      expect((await visit.choose(1, 'manager-c')).status).toBe(401)
      expect(await stored(api, visit.verificationId)).toEqual([])
    }
  })

  it('"this was not me" from the portal needs the digits and freezes (B9)', async () => {
    const visit = await enter()
    const { reportDigits } = (await visit.step()).json
    const wrong = await visit.post('report', { digits: reportDigits === '00' ? '01' : '00' })
    expect(wrong.json.step.kind).toBe('checking')
    const confirmed = await visit.post('report', { digits: reportDigits })
    expect(confirmed.json.step).toMatchObject({ kind: 'ended', ending: 'reported' })
    expect((await visit.checks()).status).toBe(401)
    expect(await events(api, visit.verificationId)).toContain('participant.reported')
  })

  it('thanks the participant who reported on this page, also after a reload and with the case closed', async () => {
    const visit = await enter()
    await visit.post('report', { digits: (await visit.step()).json.reportDigits })
    expect((await visit.step()).json.step).toMatchObject({ kind: 'ended', ending: 'reported' })
    await close(visit, 'reported')
    expect((await visit.step()).json.step).toMatchObject({ kind: 'ended', ending: 'reported' })
  })

  it('B9: says after a report from elsewhere that it was reported, and thanks nobody', async () => {
    const visit = await enter()
    await api.owner.run(
      `insert into reports (tenant_id, id, verification_id, person_id, source) values ($1, gen_random_uuid(), $2, $3, 'portal')`,
      [portal.tenantId, visit.verificationId, visit.person.id],
    )
    await api.owner.run(
      `update portal_sessions set ended_at = now(), end_reason = 'reported' where verification_id = $1`,
      [visit.verificationId],
    )
    const stopped = { kind: 'ended', ending: 'stopped_by_report' }
    expect((await visit.step()).json.step).toMatchObject(stopped)
    await close(visit, 'reported')
    expect((await visit.step()).json.step).toMatchObject(stopped)
  })

  it('one participant’s cookie reaches one verification only', async () => {
    const one = await enter()
    const two = await enter()
    await one.checks()
    const body = {
      position: 1,
      reply: { kind: 'option', optionId: 'manager-c' },
      summary,
      verificationId: one.verificationId,
    }
    expect((await two.post('answer', body)).status).toBe(400)
    expect(await stored(api, one.verificationId)).toEqual([])
  })
})
