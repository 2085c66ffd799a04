import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { insertRow } from '#platform/database/testing/factories.ts'
import { openForWorker } from '#platform/crypto/sealed-inputs.ts'
import { callPortal } from '../testing/test-api.ts'
import { completions, report, summary } from '../testing/visit.ts'
import { usePortal } from '../testing/use-test-api.ts'

const portal = usePortal()
const { api, enter } = portal

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
    expect(completions(api, visit.verificationId)).toHaveLength(1)
    expect(
      await api.owner.query('select from disclosures where verification_id = $1', [visit.verificationId]),
    ).toEqual([])
  })

  it('judges once: a better report afterwards changes nothing', async () => {
    const visit = await enter()
    await visit.checks({ webdriver: true, debuggerHits: 3 })
    expect((await visit.checks()).json.step.kind).toBe('waiting')
    expect(completions(api, visit.verificationId)).toHaveLength(1)
  })

  it('a collector that could not run does not shut anybody out', async () => {
    const visit = await enter()
    const headers = { 'user-agent': report(api, '').page.userAgent, 'accept-language': 'en' }
    const { json } = await callPortal(api, visit.session, '/api/portal/checks', {
      body: { report: null },
      headers,
    })
    expect(json.step.kind).toBe('question')
  })

  it('a report that is not as the contract says is refused by field', async () => {
    const visit = await enter()
    const bad = await visit.post('checks', {
      report: { ...report(api, visit.nonce), webdriver: 'no', screen: null },
    })
    expect(bad.status).toBe(422)
    expect(bad.json.issues.map(({ path }: { path: string }) => path).sort()).toEqual([
      'report.screen',
      'report.webdriver',
    ])
    const more = await visit.post('checks', { report: { ...report(api, visit.nonce), extra: 1 } })
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
  it('questions that did not suffice give way to the second contact: none of the rest is shown or answered', async () => {
    const visit = await enter()
    expect((await visit.checks()).json.step).toMatchObject({ kind: 'question', position: 1 })
    await api.owner.run(
      `update plans set route = 'second_contact', completed_at = null, completed_reason = null where verification_id = $1`,
      [visit.verificationId],
    )
    expect((await visit.step()).json.step.kind).toBe('waiting')
    expect((await visit.skip(1)).status).toBe(409)
    expect(
      await api.owner.query('select position from answers where verification_id = $1', [
        visit.verificationId,
      ]),
    ).toEqual([])
  })

  it('a code to a second contact goes sealed to the worker', async () => {
    api.verifications.plan = { route: 'second_contact', reason: 'too_few_instances' }
    const visit = await enter()
    expect((await visit.checks()).json.step.kind).toBe('waiting')
    await insertRow(api.owner, 'code_challenges', {
      tenant_id: portal.tenantId,
      verification_id: visit.verificationId,
      kind: 'second',
      ordinal: 1,
      person_id: visit.person.id,
      contact_id: visit.person.email.id,
      expires_at: new Date(Date.now() + 600_000),
    })
    await insertRow(api.owner, 'deliveries', {
      tenant_id: portal.tenantId,
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
    // Another one: not before a minute, and to no contact but those that the step names.
    const { id, masked } = visit.person.email
    const of = [visit.verificationId]
    await api.owner.run('update plans set code_choices = $2 where verification_id = $1', [...of, [id]])
    const again = (contactId?: string) => visit.post('second-code/again', { contactId })
    expect((await visit.step()).json.step.again).toMatchObject({
      isHeld: false,
      choices: [{ id, channel: 'email', masked }],
    })
    expect((await again(id)).status).toBe(409)
    const isOld = `update code_challenges set created_at = now() - interval '61 seconds' where verification_id = $1`
    await api.owner.run(isOld, of)
    expect((await again(randomUUID())).status).toBe(409)
    expect((await again('everybody')).status).toBe(422)
    expect(await api.owner.query('select from sealed_inputs where verification_id = $1', of)).toEqual([])
    api.verifications.answers.submitSecondCode = () => ({
      kind: 'answered',
      value: { accepted: false, reason: 'code_wrong', triesLeft: 4 } as never,
    })
    expect((await again(id)).status).toBe(200)
    await api.owner.run(`update plans set code_asks = 3 where verification_id = $1`, of)
    expect((await visit.step()).json.step).toMatchObject({ kind: 'second_code', again: null })
    expect((await again(id)).status).toBe(409)
    expect((await visit.post('second-code', { code: '123456', summary })).json.step).toMatchObject({
      kind: 'second_code',
      wrong: true,
    })
    const [, inputId] = api.verifications.calls.at(-1)?.args ?? []
    const row = await api.owner.one<{ sealed: Buffer }>('select sealed from sealed_inputs where id = $1', [
      inputId,
    ])
    const place = {
      tenantId: portal.tenantId,
      verificationId: visit.verificationId,
      kind: 'second_code' as never,
      row: inputId as string,
    }
    expect(openForWorker(api.keys.worker, place, row?.sealed ?? Buffer.alloc(0)).toString()).toBe('123456')
  })

  it('a code that a limit holds back is no page that waits for ever: it says until when, sends, or continues without', async () => {
    api.verifications.plan = { route: 'second_contact', reason: 'too_few_instances' }
    const visit = await enter()
    await visit.checks()
    const refuse = (nextAt: string, asks = 0) =>
      api.owner.run(
        `update plans set code_refusal = 'send_limit_reached', code_next_at = now() + $2::interval, code_other_way = 'passkey',
           code_asks = $3 where verification_id = $1`,
        [visit.verificationId, nextAt, asks],
      )
    const inputs = async () => {
      const calls = api.verifications.calls.filter(({ name }) => name === 'submitSecondCode')
      const [, row] = calls.at(-1)?.args ?? []
      const sealed = await api.owner.one<{ sealed: Buffer }>(
        'select sealed from sealed_inputs where id = $1',
        [row],
      )
      const { tenantId } = portal
      const place = {
        tenantId,
        verificationId: visit.verificationId,
        kind: 'second_code',
        row: String(row),
      } as const
      return openForWorker(api.keys.worker, place, sealed?.sealed ?? Buffer.alloc(0)).toString()
    }
    const post = async (path: string) => (await visit.post(path, {})).status
    // Not at this step.
    expect([await post('second-code/again'), await post('second-code/none')]).toEqual([409, 409])

    await refuse('5 minutes')
    const { step } = (await visit.step()).json
    expect(step).toMatchObject({
      kind: 'second_code_refused',
      because: 'limit',
      asksLeft: 3,
      otherWay: 'passkey',
    })
    expect(step.secondsLeft).toBeGreaterThan(290)
    expect(Date.parse(step.sendAt)).toBeGreaterThan(Date.now())
    // Too early, and too often.
    expect(await post('second-code/again')).toBe(409)
    await refuse('-1 second', 3)
    expect(await post('second-code/again')).toBe(409)

    await refuse('-1 second')
    expect((await visit.step()).json.step).toMatchObject({ secondsLeft: 0, asksLeft: 3 })
    expect(await post('second-code/again')).toBe(200)
    expect(await inputs()).toBe('again')
    expect(await post('second-code/none')).toBe(200)
    expect(await inputs()).toBe('without')
    // The provider refused it: the step says so, and its code field is gone.
    await api.owner.run(`update plans set code_refusal = 'not_delivered' where verification_id = $1`, [
      visit.verificationId,
    ])
    expect((await visit.step()).json.step).toMatchObject({ because: 'delivery', secondsLeft: 0 })
    // After the end of the case nothing is sent.
    await refuse('9 days')
    expect((await visit.step()).json.step).toMatchObject({ sendAt: null, secondsLeft: null })
    expect(await post('second-code/again')).toBe(409)
  })

  it('without questions or another route, the case continues to its score', async () => {
    api.verifications.plan = { route: 'none', reason: 'too_few_instances' }
    const visit = await enter()
    expect((await visit.checks()).json.step).toMatchObject({ kind: 'waiting', for: 'score' })
    expect(completions(api, visit.verificationId)).toHaveLength(1)
  })
})
