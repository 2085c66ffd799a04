import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ActingPurpose } from '#domain/verification/verification.ts'
import { sealEnrolmentCode } from '#platform/crypto/case-inputs.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import { usePortal } from '../testing/use-test-api.ts'
import type { Visit } from '../testing/visit.ts'

const portal = usePortal()
const { api, enter } = portal

/** A case of a purpose that was approved a moment ago, with its action in a given state. */
const approved = async (purpose: ActingPurpose, row: Readonly<Record<string, unknown>> = {}) => {
  const visit = await enter({ purpose })
  await api.owner.run(
    `update verifications set state = 'closed', outcome = 'passed', decision = 'approved', closed_at = now() where id = $1`,
    [visit.verificationId],
  )
  await insertRow(api.owner, 'actions', {
    ...{ tenant_id: portal.tenantId, verification_id: visit.verificationId, kind: purpose },
    ...{ person_id: visit.person.id, state: 'granted', expires_at: new Date(Date.now() + 900_000) },
    ...{ run_id: randomUUID(), run_started_at: new Date(), seq: 1 },
    workflow_id: `${portal.tenantId}/password-reset/x`,
    ...row,
  })
  return visit
}

const sessionOf = async ({ verificationId }: Visit): Promise<string> =>
  (
    await api.owner.one<{ id: string }>('select id from portal_sessions where verification_id = $1', [
      verificationId,
    ])
  )?.id ?? ''

describe('account unlock, on the page', () => {
  it.each([
    ['granted', null, { kind: 'waiting', for: 'unlock' }],
    ['in_progress', null, { kind: 'waiting', for: 'unlock' }],
    ['completed', null, { kind: 'ended', ending: 'account_unlocked' }],
    ['failed', 'account_not_locked', { kind: 'ended', ending: 'account_not_locked' }],
    ['failed', 'directory_cannot', { kind: 'ended', ending: 'unlock_failed' }],
    ['unknown', null, { kind: 'ended', ending: 'unlock_unknown' }],
    ['expired', null, { kind: 'ended', ending: 'timed_out' }],
  ])('%s (%s) is shown as what it is, and nobody has to set a password', async (state, reason, step) => {
    const visit = await approved('account_unlock', { state, reason })
    expect((await visit.step()).json.step).toMatchObject(step)
    expect((await visit.post('password', { password: 'seven purple lanterns drift' })).status).toBe(409)
    expect((await visit.post('mfa', {})).status).toBe(409)
  })
})

describe('MFA reset, on the page', () => {
  const code = 'BCDF-2345-GHJK'

  const withCode = async (row: Readonly<Record<string, unknown>> = {}) => {
    const visit = await approved('mfa_reset', { state: 'completed' })
    const { tenantId } = portal
    const { verificationId } = visit
    const portalSessionId = await sessionOf(visit)
    await insertRow(api.owner, 'enrolment_codes', {
      ...{ tenant_id: tenantId, verification_id: verificationId, portal_session_id: portalSessionId },
      code_sealed: sealEnrolmentCode(api.keys.worker, { tenantId, verificationId, portalSessionId }, code),
      expires_at: new Date(Date.now() + 600_000),
      ...row,
    })
    return visit
  }
  const enrolment = async (visit: Visit) => (await visit.step()).json.step.enrolment as string

  it('B1, B2: is asked for by the participant alone, in the session that was verified', async () => {
    const waiting = await enter({ purpose: 'mfa_reset' })
    expect((await waiting.post('mfa', {})).status).toBe(409)
    const visit = await approved('mfa_reset')
    expect((await visit.step()).json.step).toMatchObject({
      kind: 'reset_mfa',
      progress: { at: 4, of: 4 },
    })
    await visit.post('mfa', {})
    expect(api.verifications.calls.at(-1)).toMatchObject({
      name: 'resetMfa',
      args: [`${portal.tenantId}/password-reset/x`, await sessionOf(visit)],
    })
    const reset = await approved('password_reset')
    expect((await reset.post('mfa', {})).status).toBe(409)
  })

  it('B2, M1: the code is shown once, in this session, and is then in no row, log line or event', async () => {
    const visit = await withCode()
    expect(await enrolment(visit)).toBe('ready')
    const [first, second] = await Promise.all([visit.post('mfa/code', {}), visit.post('mfa/code', {})])
    expect([first.status, second.status].sort()).toEqual([200, 409])
    const shown = first.status === 200 ? first : second
    expect(shown.json.code).toBe(code)
    expect(shown.headers['cache-control']).toBe('no-store')
    expect(await enrolment(visit)).toBe('shown')
    expect((await visit.post('mfa/code', {})).status).toBe(409)
    const rows = await api.owner.query(
      `select code_sealed is null as gone from enrolment_codes where verification_id = $1`,
      [visit.verificationId],
    )
    expect(rows).toEqual([{ gone: true }])
    const audit = await api.owner.query<{ type: string; row: string }>(
      `select type, audit::text as row from audit where object_id = $1::text`,
      [visit.verificationId],
    )
    expect(audit.filter(({ type }) => type === 'enrolment_code.shown')).toHaveLength(1)
    expect(JSON.stringify([audit, api.lines])).not.toContain(code)
  })

  it.each([
    ['another session asked for it', { portal_session_id: randomUUID() }, 'lost'],
    ['its time is over', { expires_at: new Date(Date.now() - 1_000) }, 'over'],
    ['the directory needs none', { expires_at: null, code_sealed: null }, 'none'],
  ])('B2: where %s nothing is shown', async (_, row, said) => {
    const visit = await withCode(row)
    expect(await enrolment(visit)).toBe(said)
    expect((await visit.post('mfa/code', {})).status).toBe(409)
  })

  it('R4: a reset whose code never reached us says that it cannot be shown', async () => {
    expect(await enrolment(await approved('mfa_reset', { state: 'completed' }))).toBe('lost')
  })
})
