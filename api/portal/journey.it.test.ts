import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ProbeReport } from '#domain/risk/probe.ts'
import { insertRow, makeVerification } from '#platform/server/db/testing/factories.ts'
import { matchCode } from '#platform/server/match-code.ts'
import { openForWorker } from '#platform/server/sealed-inputs.ts'
import { portalCookie } from '../cookies.ts'
import { addTestLink } from '../testing/fake-verifications.ts'
import { cookieOf, type Answer } from '../testing/http.ts'
import { testPlan } from '../testing/plan.ts'
import { addPerson, addTenant, callPortal, createTestApi, type TestApi } from '../testing/test-api.ts'

let api: TestApi
let tenantId: string
beforeAll(async () => {
  api = await createTestApi()
  tenantId = (await addTenant(api)).id
})
afterAll(() => api.stop())
beforeEach(() => {
  api.verifications.answers = {}
  api.verifications.plan = testPlan()
})

const summary = {
  keydowns: 4,
  inputs: 4,
  untrusted: [],
  pastes: 0,
  assisted: 0,
  visibleMs: 4_000,
  blurs: 0,
  accessibility: false,
}

const surface = {
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  platform: 'Linux x86_64',
  languages: ['en'],
  cores: 8,
  timeZone: 'Europe/London',
  brands: null,
}
const report = (nonce: string, more: Partial<ProbeReport> = {}): ProbeReport => ({
  v: 1,
  nonce,
  sequence: 0,
  clockMs: Date.now(),
  offsetMinutes: 0,
  page: surface,
  worker: surface,
  hints: null,
  webdriver: false,
  debuggerHits: null,
  tamper: { ownProperties: [], foreignGetters: [], toStringPatched: false, iframeDiffers: [], shield: null },
  graphics: { vendor: 'x', renderer: 'y' },
  screen: {
    width: 1920,
    height: 1080,
    outerHeight: 1000,
    innerHeight: 900,
    innerWidth: 1900,
    colorDepth: 24,
  },
  touchPoints: 0,
  canHover: true,
  finePointer: true,
  device: null,
  tookMs: 40,
  ...more,
})

/** A participant whose match code was just accepted. */
const enter = async (row: Readonly<Record<string, unknown>> = {}) => {
  const person = await addPerson(api, tenantId, {
    display_name: 'Ada Lindt',
    given_name: 'Ada',
    family_name: 'Lindt',
  })
  const { id: verificationId } = await makeVerification(api.owner, person.phone, row)
  const of = { tenantId, verificationId, personId: person.id, contactId: person.phone.id }
  const { token } = await addTestLink(api.owner, of)
  const code = matchCode(api.keys.worker, { tenantId, verificationId, ordinal: 1 })
  const accepted = await callPortal(api, null, '/api/public/links/code', {
    body: { token, code, language: 'de' },
  })
  const session = cookieOf(accepted, portalCookie) ?? ''
  const post = (path: string, body: unknown) => callPortal(api, session, `/api/portal/${path}`, { body })
  return {
    person,
    verificationId,
    session,
    nonce: accepted.json.answer.step.nonce as string,
    step: () => callPortal(api, session, '/api/portal/step'),
    checks: (more?: Partial<ProbeReport>) =>
      post('checks', { report: report(accepted.json.answer.step.nonce, more) }),
    noChecks: () => post('checks', { report: null }),
    choose: (position: number, optionId: string) =>
      post('answer', { position, reply: { kind: 'option', optionId }, summary }),
    type: (position: number, text: string) =>
      post('answer', { position, reply: { kind: 'text', text }, summary }),
    skip: (position: number) => post('answer', { position, reply: { kind: 'dont_know' }, summary }),
    post,
  }
}
type Visit = Awaited<ReturnType<typeof enter>>

const completions = (verificationId: string) =>
  api.verifications.calls.filter(
    ({ name, args }) =>
      name === 'answersCompleted' &&
      (args[0] as { verificationId: string }).verificationId === verificationId,
  )
const events = async (verificationId: string) =>
  (
    await api.owner.query<{ type: string }>(`select type from audit where object_id = $1 order by seq`, [
      verificationId,
    ])
  ).map(({ type }) => type)
const stored = (verificationId: string) =>
  api.owner.query(
    'select position, verdict, timed_out, extensions from answers where verification_id = $1 order by position',
    [verificationId],
  )

describe('questions', () => {
  it('are shown one by one, graded here, and end with one signal', async () => {
    const visit = await enter()
    const first = await visit.checks()
    expect(first.json.step).toMatchObject({
      kind: 'question',
      position: 1,
      number: 1,
      askedOf: 6,
      text: { key: 'question.manager.choice' },
    })
    const second = await visit.choose(1, 'manager-c')
    expect(second.json.step).toMatchObject({ position: 2, number: 2 })
    const third = await visit.choose(2, 'device_model-a')
    expect(third.json.step).toMatchObject({
      position: 3,
      ask: { form: 'typed', field: { kind: 'characters', length: 4 } },
    })
    const end = await visit.type(3, 'k7 q2')
    expect(end.json.step).toMatchObject({ kind: 'waiting', for: 'score' })
    expect(await stored(visit.verificationId)).toEqual([
      { position: 1, verdict: 'correct', timed_out: false, extensions: 0 },
      { position: 2, verdict: 'incorrect', timed_out: false, extensions: 0 },
      { position: 3, verdict: 'correct', timed_out: false, extensions: 0 },
    ])
    expect(completions(visit.verificationId)).toHaveLength(1)
    expect(await events(visit.verificationId)).toEqual([
      'checks.received',
      'question.shown',
      'answer.stored',
      'question.shown',
      'answer.stored',
      'question.shown',
      'answer.stored',
      'answers.completed',
    ])
  })

  it('never send the key, the spare, a digest or the block; options carry random ids only (challenges.md 4.5)', async () => {
    const visit = await enter()
    const { text, json } = await visit.checks()
    expect(Object.keys(json.step).sort()).toEqual([
      'ask',
      'askedOf',
      'kind',
      'number',
      'position',
      'progress',
      'secondsLeft',
      'text',
    ])
    for (const secret of [
      'correct',
      'canary',
      'digest',
      'block',
      'points',
      'truth',
      'K7Q2',
      'ticket_category',
    ])
      expect(text).not.toContain(secret)
  })

  it('right and wrong look alike: same status, same shape, at least the floor of 20 ms', async () => {
    const right = await enter()
    const wrong = await enter()
    await right.checks()
    await wrong.checks()
    const timed = async (call: Promise<Answer>) => {
      const begun = performance.now()
      return { answer: await call, ms: performance.now() - begun }
    }
    const a = await timed(right.choose(1, 'manager-c'))
    const b = await timed(wrong.choose(1, 'manager-a'))
    const shape = ({ answer: { status, json } }: typeof a) => ({
      status,
      step: { ...json.step, secondsLeft: 0 },
    })
    expect(shape(a)).toEqual(shape(b))
    expect(Math.min(a.ms, b.ms)).toBeGreaterThanOrEqual(19)
  })

  it('3.0 rule 5: no question is answered twice, not even at the same time', async () => {
    const visit = await enter()
    await visit.checks()
    const both = await Promise.all([
      visit.choose(1, 'manager-a'),
      visit.choose(1, 'manager-c'),
      visit.choose(1, 'manager-b'),
    ])
    expect(both.every(({ status }) => status === 200)).toBe(true)
    expect(await stored(visit.verificationId)).toHaveLength(1)
    const before = await stored(visit.verificationId)
    expect((await visit.choose(1, 'manager-c')).json.step.position).toBe(2)
    expect((await visit.choose(3, 'manager-c')).json.step.position).toBe(2)
    expect(await stored(visit.verificationId)).toEqual(before)
  })

  it('a reload resumes at the same question with the time left', async () => {
    const visit = await enter()
    await visit.checks()
    await visit.choose(1, 'manager-c')
    await api.owner.run(
      `update plans set deadline_at = now() + interval '42 seconds' where verification_id = $1`,
      [visit.verificationId],
    )
    const again = await visit.step()
    expect(again.json.step.position).toBe(2)
    expect(again.json.step.secondsLeft).toBeGreaterThan(38)
    expect(again.json.step.secondsLeft).toBeLessThanOrEqual(42)
  })

  it('the server’s clock is the true one: a late reply counts as skipped, whatever it says', async () => {
    const visit = await enter()
    await visit.checks()
    await api.owner.run(
      `update plans set shown_at = now() - interval '121 seconds', deadline_at = now() - interval '1 second' where verification_id = $1`,
      [visit.verificationId],
    )
    const next = await visit.choose(1, 'manager-c')
    expect(next.json.step).toMatchObject({ kind: 'question', position: 4 })
    expect(await stored(visit.verificationId)).toEqual([
      { position: 1, verdict: 'skipped', timed_out: true, extensions: 0 },
    ])
  })

  it('a question that ran out while nobody looked is passed over by the next visit', async () => {
    const visit = await enter()
    await visit.checks()
    await api.owner.run(
      `update plans set deadline_at = now() - interval '1 second' where verification_id = $1`,
      [visit.verificationId],
    )
    expect((await visit.step()).json.step.position).toBe(4)
  })

  it('"more time" adds two minutes while the question is open, as often as asked', async () => {
    const visit = await enter()
    await visit.checks()
    const more = await visit.post('more-time', { position: 1 })
    expect(more.json.step.secondsLeft).toBeGreaterThan(230)
    await visit.post('more-time', { position: 1 })
    expect((await visit.post('more-time', { position: 2 })).json.code).toBe('question_over')
    await visit.choose(1, 'manager-c')
    expect(await stored(visit.verificationId)).toMatchObject([{ extensions: 2 }])
  })

  it('the first "I don’t know" brings the spare, the third ends the questions', async () => {
    const visit = await enter()
    await visit.checks()
    expect((await visit.skip(1)).json.step.position).toBe(4)
    expect((await visit.skip(4)).json.step.position).toBe(2)
    expect((await visit.skip(2)).json.step.kind).toBe('waiting')
    expect(completions(visit.verificationId)).toHaveLength(1)
  })

  it('E1: replies are sealed at rest', async () => {
    const visit = await enter()
    await visit.checks()
    await visit.choose(1, 'manager-c')
    await visit.choose(2, 'device_model-c')
    await visit.type(3, 'ZZ99PLAIN')
    const rows = await api.owner.query(
      'select a::text as text, encode(reply_sealed, $2) as sealed from answers a where verification_id = $1',
      [visit.verificationId, 'escape'],
    )
    expect(JSON.stringify(rows)).not.toMatch(/ZZ99PLAIN|manager-c/)
  })

  it('every list shown is logged in the transaction that shows it (challenges.md 10)', async () => {
    const visit = await enter()
    await visit.checks()
    await visit.choose(1, 'manager-c')
    const rows = await api.owner.query(
      'select family, block_id, value_count from disclosures where verification_id = $1 order by id',
      [visit.verificationId],
    )
    expect(rows).toEqual([
      { family: 'manager', block_id: 'block-1', value_count: 5 },
      { family: 'device_model', block_id: 'block-2', value_count: 5 },
    ])
  })

  it('a lost completion is sent again by a later request', async () => {
    const visit = await enter()
    await visit.checks()
    for (const position of [1, 4]) await visit.skip(position)
    api.verifications.answers.answersCompleted = () => ({ kind: 'unavailable' })
    await visit.skip(2)
    api.verifications.answers = {}
    await api.owner.run(
      `update plans set completed_at = now() - interval '11 seconds' where verification_id = $1`,
      [visit.verificationId],
    )
    expect(completions(visit.verificationId)).toHaveLength(1)
    const later = performance.now
    performance.now = () => later.call(performance) + 11_000
    try {
      await visit.step()
    } finally {
      performance.now = later
    }
    expect(completions(visit.verificationId)).toHaveLength(2)
  })
})

describe('the gate before questions', () => {
  it('a driven browser is shown no question; the page looks like any other waiting one', async () => {
    const visit = await enter()
    const closed = await visit.checks({ webdriver: true, debuggerHits: 3 })
    expect(closed.json.step).toMatchObject({ kind: 'waiting', for: 'score' })
    expect(
      await api.owner.one('select gate, completed_reason as reason from plans where verification_id = $1', [
        visit.verificationId,
      ]),
    ).toEqual({ gate: 'closed', reason: 'gate_closed' })
    expect(completions(visit.verificationId)).toHaveLength(1)
    expect(
      await api.owner.query('select from disclosures where verification_id = $1', [visit.verificationId]),
    ).toEqual([])
  })

  it('judges once: a better report afterwards changes nothing', async () => {
    const visit = await enter()
    await visit.checks({ webdriver: true, debuggerHits: 3 })
    expect((await visit.checks()).json.step.kind).toBe('waiting')
    expect(completions(visit.verificationId)).toHaveLength(1)
  })

  it('a collector that could not run does not shut anybody out', async () => {
    const visit = await enter()
    expect((await visit.noChecks()).json.step.kind).toBe('question')
  })

  it('a report that is not as the contract says is refused by field', async () => {
    const visit = await enter()
    const bad = await visit.post('checks', {
      report: { ...report(visit.nonce), webdriver: 'no', screen: null },
    })
    expect(bad.status).toBe(422)
    expect(bad.json.issues.map(({ path }: { path: string }) => path).sort()).toEqual([
      'report.screen',
      'report.webdriver',
    ])
    const more = await visit.post('checks', { report: { ...report(visit.nonce), extra: 1 } })
    expect([more.status, more.json.issues[0].path]).toEqual([400, 'report.extra'])
  })

  it('keeps reports sealed, with whether the nonce is this session’s, and not more than eight', async () => {
    const visit = await enter()
    for (let n = 0; n < 10; n += 1)
      await visit.checks({ nonce: n === 0 ? 'foreign' : visit.nonce, sequence: n })
    const rows = await api.owner.query<{ nonce_ok: boolean; sealed: string }>(
      `select nonce_ok, encode(report_sealed, 'escape') as sealed from probe_facts where verification_id = $1 and kind = 'collector' order by received_at`,
      [visit.verificationId],
    )
    expect(rows.map(({ nonce_ok }) => nonce_ok)).toEqual([false, ...Array<boolean>(7).fill(true)])
    expect(JSON.stringify(rows)).not.toContain('Firefox')
  })
})

describe('other routes', () => {
  it('a code to a second contact goes sealed to the worker', async () => {
    api.verifications.plan = { version: 1, route: 'second_contact', reason: 'too_few_instances' }
    const visit = await enter()
    expect((await visit.checks()).json.step.kind).toBe('waiting')
    await insertRow(api.owner, 'code_challenges', {
      tenant_id: tenantId,
      verification_id: visit.verificationId,
      kind: 'second',
      ordinal: 1,
      person_id: visit.person.id,
      contact_id: visit.person.email.id,
      expires_at: new Date(Date.now() + 600_000),
    })
    await insertRow(api.owner, 'deliveries', {
      tenant_id: tenantId,
      id: randomUUID(),
      verification_id: visit.verificationId,
      person_id: visit.person.id,
      kind: 'second_code',
      ordinal: 1,
      channel: 'email',
      contact_id: visit.person.email.id,
      contact_masked: 'p•••@mail.example.org',
      status: 'accepted',
    })
    expect((await visit.step()).json.step).toMatchObject({
      kind: 'second_code',
      channel: 'email',
      triesLeft: 5,
      wrong: false,
    })
    api.verifications.answers.submitSecondCode = () => ({
      kind: 'answered',
      value: { accepted: false, reason: 'code_wrong', triesLeft: 4 } as never,
    })
    expect((await visit.post('second-code', { code: '123456' })).json.step).toMatchObject({
      kind: 'second_code',
      wrong: true,
    })
    const [, inputId] = api.verifications.calls.at(-1)?.args ?? []
    const row = await api.owner.one<{ sealed: Buffer }>('select sealed from sealed_inputs where id = $1', [
      inputId,
    ])
    const place = {
      tenantId,
      verificationId: visit.verificationId,
      kind: 'second_code' as never,
      row: inputId as string,
    }
    expect(openForWorker(api.keys.worker, place, row?.sealed ?? Buffer.alloc(0)).toString()).toBe('123456')
  })

  it('without questions or another route, the case goes on to its score', async () => {
    api.verifications.plan = { version: 1, route: 'none', reason: 'too_few_instances' }
    const visit = await enter()
    expect((await visit.checks()).json.step).toMatchObject({ kind: 'waiting', for: 'score' })
    expect(completions(visit.verificationId)).toHaveLength(1)
  })
})

describe('the new password', () => {
  const approve = async (visit: Visit, row: Readonly<Record<string, unknown>> = {}) => {
    await api.owner.run(
      `update verifications set state = 'closed', outcome = 'passed', decision = 'approved', closed_at = now() where id = $1`,
      [visit.verificationId],
    )
    await insertRow(api.owner, 'actions', {
      tenant_id: tenantId,
      verification_id: visit.verificationId,
      kind: 'password_reset',
      person_id: visit.person.id,
      state: 'granted',
      expires_at: new Date(Date.now() + 900_000),
      run_id: randomUUID(),
      run_started_at: new Date(),
      seq: 1,
      workflow_id: `${tenantId}/password-reset/x`,
      ...row,
    })
  }
  const good = 'seven purple lanterns drift'

  it('is asked for in the same session, checked by rule, sealed to the worker, never seen elsewhere (B2, M3)', async () => {
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
    expect(resetId).toBe(`${tenantId}/password-reset/x`)
    const row = await api.owner.one<{ sealed: Buffer; soon: boolean }>(
      `select sealed, expires_at <= now() + interval '5 minutes' as soon from sealed_inputs where id = $1`,
      [inputId],
    )
    expect(row?.soon).toBe(true)
    const place = {
      tenantId,
      verificationId: visit.verificationId,
      kind: 'password',
      row: inputId as string,
    } as const
    expect(openForWorker(api.keys.worker, place, row?.sealed ?? Buffer.alloc(0)).toString()).toBe(good)
    expect(api.lines.join('') + JSON.stringify(api.verifications.calls)).not.toContain(good)
    const audit = await api.owner.query('select payload::text from audit')
    expect(JSON.stringify(audit)).not.toContain('lanterns')
  })

  it('N4: a refusal of the directory is told as such, with the tries left', async () => {
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

  it.each([
    ['completed', 'password_changed'],
    ['unknown', 'password_unknown'],
    ['failed', 'password_failed'],
    ['expired', 'timed_out'],
  ])('an action that is %s ends as %s', async (state, ending) => {
    const visit = await enter()
    await approve(visit, { state })
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
    expect((await events(visit.verificationId)).at(-1)).toBe('feedback.given')
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
      expect(await stored(visit.verificationId)).toEqual([])
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
    expect(await events(visit.verificationId)).toContain('participant.reported')
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
    expect(await stored(one.verificationId)).toEqual([])
  })
})
