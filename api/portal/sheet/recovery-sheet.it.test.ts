import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { purposes, tiers } from '#domain/verification/verification.ts'
import { asRecoveryCode, recoveryCodeOf } from '#domain/recovery-code.ts'
import { openForWorker } from '#platform/crypto/sealed-inputs.ts'
import { insertRow, makePerson } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { events, type Visit } from '../../testing/visit.ts'
import { addTenant } from '../../testing/test-api.ts'
import { usePortal } from '../../testing/use-test-api.ts'

const portal = usePortal()
const { api, enter } = portal

/** Every rule takes a code, or none does. */
const setPolicy = async (asks: boolean): Promise<void> => {
  for (const purpose of purposes)
    for (const tier of tiers)
      await api.owner.run(
        `update policies set document = jsonb_set(document, '{rules,${purpose},${tier},asksRecoverySheet}', $2) where tenant_id = $1`,
        [portal.tenantId, JSON.stringify(asks)],
      )
}
beforeEach(() => setPolicy(true))

/** A case that passed with these kinds of evidence, and what it was about is done. */
const finish = async (
  evidence: readonly string[] = ['possession', 'second_contact'],
  { state = 'completed', purpose = 'password_reset' } = {},
): Promise<Visit> => {
  const visit = await enter({ purpose })
  const { verificationId, person } = visit
  const tenant = { tenant_id: portal.tenantId, verification_id: verificationId }
  await api.owner.run(
    `update verifications set state = 'closed', outcome = 'passed', decision = 'approved', closed_at = now() where id = $1`,
    [verificationId],
  )
  await insertRow(api.owner, 'scorings', {
    ...{
      ...tenant,
      ordinal: 9,
      policy_version: 1,
      results: '[]',
      evidence_sealed: Buffer.alloc(0),
      score: '{}',
    },
    ...{ decision: JSON.stringify({ evidence }), versions: '{}', evidence_digest: Buffer.alloc(0) },
  })
  if (purpose === 'password_reset')
    await insertRow(api.owner, 'actions', {
      ...{ ...tenant, kind: 'password_reset', person_id: person.id, state },
      ...{
        expires_at: new Date(Date.now() + 900_000),
        run_id: randomUUID(),
        run_started_at: new Date(),
        seq: 1,
      },
      workflow_id: `${portal.tenantId}/password-reset/${randomUUID()}`,
    })
  return visit
}
/** A code as some sheet could have it. */
const codeLike = (): string => recoveryCodeOf(Array.from({ length: 14 }, (_, n) => (n * 5) % 23))
const draw = async (visit: Visit) => (await visit.post('recovery-sheet', {})).json
const activate = (visit: Visit, sheetId: string) => visit.post('recovery-sheet/printed', { sheetId })
const stepOf = async (visit: Visit) => (await visit.step()).json.step
const sheetsOf = ({ person }: Visit) =>
  api.owner.query<Record<string, unknown>>(
    'select * from recovery_sheets where person_id = $1 order by made_at',
    [person.id],
  )
const report = ({ verificationId, person }: Visit) =>
  insertRow(api.owner, 'reports', {
    ...{ tenant_id: portal.tenantId, id: randomUUID(), verification_id: verificationId },
    ...{ person_id: person.id, source: 'message' },
  })
/** The visit with its case moved to another person: the same one in a later case. */
const asOf = async (visit: Visit, { person }: Visit): Promise<Visit> => {
  await api.owner.run('update verifications set person_id = $2 where id = $1', [
    visit.verificationId,
    person.id,
  ])
  return { ...visit, person }
}

describe('B2: the sheet at the end of a case that passed', () => {
  it('is shown once, kept as digests, counts once its owner has it on paper, and every contact is told', async () => {
    const visit = await finish()
    expect(await stepOf(visit)).toMatchObject({ ending: 'password_changed', sheet: 'offered' })
    const { sheetId, codes } = await draw(visit)
    expect(new Set(codes).size).toBe(10)
    for (const code of codes as string[]) expect(asRecoveryCode(code)).toBe(code)
    expect(await sheetsOf(visit)).toMatchObject([{ activated_at: null, voided_at: null }])
    expect(await stepOf(visit)).toMatchObject({ sheet: 'offered' })
    expect((await activate(visit, sheetId)).json.step).toMatchObject({ sheet: 'made' })
    const [sheet] = await sheetsOf(visit)
    expect(sheet).toMatchObject({ id: sheetId, verification_id: visit.verificationId, voided_at: null })
    const notices = await api.owner.query(
      `select from notices where verification_id = $1 and kind = 'sheet_made'`,
      [visit.verificationId],
    )
    expect(notices).toHaveLength(2)
    expect(await events(api, visit.verificationId)).toEqual(
      expect.arrayContaining(['recovery_sheet.shown', 'recovery_sheet.made']),
    )
    const everything = JSON.stringify([
      await api.owner.query('select * from recovery_codes'),
      await api.owner.query('select payload from audit'),
      api.lines,
    ])
    for (const code of codes as string[])
      for (const form of [code, code.replaceAll('-', '')]) expect(everything).not.toContain(form)
  })

  it('is made once in a case, also after staff voided it', async () => {
    const visit = await finish()
    await activate(visit, (await draw(visit)).sheetId)
    expect((await visit.post('recovery-sheet', {})).json.code).toBe('step_over')
    await api.owner.run(
      `update recovery_sheets set voided_at = now(), void_reason = 'lost' where person_id = $1`,
      [visit.person.id],
    )
    expect(await stepOf(visit)).not.toHaveProperty('sheet')
    expect((await visit.post('recovery-sheet', {})).status).toBe(409)
  })

  it('takes the place of the one before only when it is on paper', async () => {
    const first = await finish()
    const { sheetId } = await draw(first)
    await activate(first, sheetId)
    const next = await asOf(await finish(), first)
    const drawn = await draw(next)
    expect((await sheetsOf(first)).find(({ id }) => id === sheetId)).toMatchObject({ voided_at: null })
    expect((await activate(next, drawn.sheetId)).status).toBe(200)
    const [old, fresh] = await sheetsOf(first)
    expect(old).toMatchObject({ id: sheetId, void_reason: 'replaced', voided_by: null })
    expect(fresh).toMatchObject({ id: drawn.sheetId, voided_at: null })
  })

  it('R1: of codes that were shown twice only the newest can be made to count, by the session that saw them', async () => {
    const visit = await finish()
    const [old, fresh] = [await draw(visit), await draw(visit)]
    const other = await asOf(await finish(), visit)
    for (const [who, sheetId] of [
      [visit, old.sheetId],
      [visit, randomUUID()],
      [other, fresh.sheetId],
    ] as const)
      expect((await activate(who, sheetId)).json.code).toBe('step_over')
    const answers = await Promise.all([1, 2, 3].map(() => activate(visit, fresh.sheetId)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await sheetsOf(visit)).filter(({ activated_at: at }) => at !== null)).toHaveLength(1)
  })

  it('of two pages that make one at once, one person has one sheet', async () => {
    const one = await finish()
    const other = await asOf(await finish(), one)
    const [a, b] = [await draw(one), await draw(other)]
    const again = await draw(one)
    const answers = await Promise.all([
      activate(one, again.sheetId),
      activate(other, b.sheetId),
      activate(one, a.sheetId),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const live = (await sheetsOf(one)).filter(
      (row) => row['activated_at'] !== null && row['voided_at'] === null,
    )
    expect(live).toHaveLength(1)
  })

  it('is offered at a desk as well: a check without an action ends with it', async () => {
    const visit = await finish(['possession', 'approver'], { purpose: 'identity_check' })
    expect(await stepOf(visit)).toMatchObject({ ending: 'confirmed', sheet: 'offered' })
    expect((await activate(visit, (await draw(visit)).sheetId)).status).toBe(200)
  })
})

describe('B5: nobody gains a lasting key', () => {
  const none = async (visit: Visit) => {
    expect(await stepOf(visit)).not.toHaveProperty('sheet')
    expect((await visit.post('recovery-sheet', {})).status).toBe(409)
    expect((await activate(visit, randomUUID())).status).toBe(409)
    expect(await sheetsOf(visit)).toEqual([])
  }
  it.each([
    ['one contact alone', ['possession']],
    ['an older sheet beside one contact', ['possession', 'recovery_sheet']],
    ['nothing', []],
  ])('by a case that %s carried', async (_name, evidence) => {
    await none(await finish(evidence))
  })

  it.each(['granted', 'unknown', 'failed'])('while the action is %s', async (state) => {
    await none(await finish(undefined, { state }))
  })

  it('where the policy takes no sheet', async () => {
    await setPolicy(false)
    await none(await finish())
  })

  it('under an elevated threat', async () => {
    const visit = await finish()
    const at = { tenant_id: portal.tenantId, id: randomUUID(), reason: 'x' }
    await insertRow(api.owner, 'elevated_threats', { ...at, raised_by: randomUUID(), raised_by_name: 'A' })
    await none(visit)
    await api.owner.run('delete from elevated_threats where tenant_id = $1', [portal.tenantId])
  })

  it('B13: in a case that was reported, nor once its participant was, nor by a session that is over', async () => {
    const reported = await finish()
    const { sheetId } = await draw(reported)
    await report(reported)
    expect(await stepOf(reported)).not.toHaveProperty('sheet')
    expect((await activate(reported, sheetId)).status).toBe(409)
    const later = await finish()
    await activate(later, (await draw(later)).sheetId)
    await report(later)
    expect(await stepOf(later)).not.toHaveProperty('sheet')
    const over = await finish()
    await api.owner.run(
      `update portal_sessions set ended_at = now(), end_reason = 'completed' where verification_id = $1`,
      [over.verificationId],
    )
    expect((await over.post('recovery-sheet', {})).status).toBe(401)
  })

  it('D3: nor a person whom the help desk never handles', async () => {
    const visit = await finish()
    await api.owner.run('update people set never_via_help_desk = true where id = $1', [visit.person.id])
    await none(visit)
  })

  it.each([
    [`update recovery_sheets set made_at = now() - interval '2 days'`],
    ['update recovery_codes set used_at = null'],
    ['update recovery_codes set digest = digest'],
    ['delete from recovery_sheets'],
    [
      `insert into recovery_code_requests (tenant_id, verification_id, person_id) values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid())`,
    ],
  ])('the process that takes it can neither age it nor write evidence: %s', async (sql) => {
    await expect(api.deps.db.pool.query(sql)).rejects.toThrow(/permission denied/)
  })

  it('I2: a sheet of another organisation is neither seen nor made to count', async () => {
    const visit = await finish()
    const foreign = await addTenant(api)
    const person = await makePerson(api.owner, foreign.id)
    const id = randomUUID()
    await insertRow(api.owner, 'recovery_sheets', {
      ...{ tenant_id: foreign.id, id, person_id: person.id, verification_id: visit.verificationId },
      portal_session_id: randomUUID(),
    })
    expect((await activate(visit, id)).json.code).toBe('step_over')
    const seen = await inTenant(api.deps.db, portal.tenantId, (tx) =>
      tx.query('select from recovery_sheets where id = $1', [id]),
    )
    expect(seen).toEqual([])
    const row = await api.owner.one('select activated_at from recovery_sheets where id = $1', [id])
    expect(row).toEqual({ activated_at: null })
  })
})

describe('a case that asks for a code', () => {
  const asked = async (): Promise<Visit> => {
    const visit = await enter()
    await visit.checks()
    await api.owner.run(
      `update plans set route = 'recovery_sheet', completed_at = null, completed_reason = null where verification_id = $1`,
      [visit.verificationId],
    )
    await insertRow(api.owner, 'recovery_code_requests', {
      ...{ tenant_id: portal.tenantId, verification_id: visit.verificationId, person_id: visit.person.id },
    })
    return visit
  }
  const sent = async ({ verificationId }: Visit) => {
    const rows = await api.owner.query<{ id: string; sealed: Buffer }>(
      `select id, sealed from sealed_inputs where verification_id = $1 and kind = 'recovery_code' order by created_at`,
      [verificationId],
    )
    return rows.map(({ id, sealed }): unknown => {
      const place = { tenantId: portal.tenantId, verificationId, kind: 'recovery_code', row: id } as const
      return JSON.parse(openForWorker(api.keys.worker, place, sealed).toString('utf8'))
    })
  }
  const good = '34679-CDFGH-JKLMD'

  it('shows the step, and hands a code to the worker, sealed and in one form', async () => {
    const visit = await asked()
    const code = codeLike()
    expect(await stepOf(visit)).toMatchObject({ kind: 'recovery_sheet', problem: null, triesLeft: 5 })
    await visit.post('recovery-code', { code: ` ${code.toLowerCase().replaceAll('-', ' ')} ` })
    expect(await sent(visit)).toEqual([{ kind: 'code', code }])
    expect(api.verifications.calls.at(-1)?.name).toBe('submitRecoveryCode')
    expect(api.lines.join('')).not.toContain(code)
  })

  it('tells a typing error from a wrong code, and asks the worker about neither try nor sheet', async () => {
    const visit = await asked()
    const calls = api.verifications.calls.length
    for (const code of ['', 'abc', good, `${codeLike()}3`])
      expect((await visit.post('recovery-code', { code })).json.step).toMatchObject({
        ...{ kind: 'recovery_sheet', problem: 'mistyped', triesLeft: 5 },
      })
    expect([api.verifications.calls.length, await sent(visit)]).toEqual([calls, []])
    api.verifications.answers.submitRecoveryCode = () => ({
      kind: 'answered',
      value: { isOver: false, isWrong: true, triesLeft: 4 } as never,
    })
    expect((await visit.post('recovery-code', { code: codeLike() })).json.step).toMatchObject({
      problem: 'wrong',
    })
  })

  it('goes on without one, and offers none of it at any other step', async () => {
    const visit = await asked()
    expect((await visit.post('recovery-code/none', {})).status).toBe(200)
    expect(await sent(visit)).toEqual([{ kind: 'not_at_hand' }])
    const other = await enter()
    for (const [path, body] of [
      ['recovery-code', { code: codeLike() }],
      ['recovery-code/none', {}],
    ] as const)
      expect((await other.post(path, body)).json.code).toBe('step_over')
    expect(await sent(other)).toEqual([])
  })
})
