import { randomUUID } from 'node:crypto'
import { verify } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { openEnrolmentCode } from '#platform/crypto/case-inputs.ts'
import { oneKind, playToApproval } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const world = useTestWorld()
const owner = () => world.database.owner

describe('account unlock', () => {
  it('B1, B12: unlocks once under its grant, reads back, tells every contact, and the card is current', async () => {
    const play = await playToApproval(
      world,
      'account_unlock',
      { person: { account_state: 'locked' } },
      `state = 'locked', failed_tries = 5`,
    )
    await play.acts('completed')
    expect(await play.account()).toMatchObject({ version: 2, state: 'active', failed_tries: 0, ended: false })
    expect(await play.row('actions')).toMatchObject({
      kind: 'account_unlock',
      reason: null,
      workflow_id: expect.any(String) as string,
    })
    expect(await play.rows('select kind, status from intents where verification_id = $1')).toEqual([
      { kind: 'unlock', status: 'done' },
    ])
    expect(
      await play.rows(`select kind from notices where verification_id = $1 and kind = 'account_unlocked'`),
    ).toHaveLength(2)
    expect(
      await owner().one('select account_state as state from people where id = $1', [play.of.person.id]),
    ).toEqual({ state: 'active' })
    const told = await owner().query<{ type: string }>(
      `select type from audit where object_id = $1::text and type like 'unlock.%' order by seq`,
      [play.ref.verificationId],
    )
    expect(told.map(({ type }) => type)).toEqual(['unlock.intended', 'unlock.completed'])
    await play.ends(await play.resetId())
  })

  it('R4: an account that is not locked (any more) is not written; the action says so and its grant is void', async () => {
    const play = await playToApproval(world, 'account_unlock')
    await play.acts('failed')
    expect(await play.row('actions')).toMatchObject({ reason: 'account_not_locked' })
    expect(await play.account()).toMatchObject({ version: 1 })
    expect(await play.row('grants')).toMatchObject({ spent_at: null, void_reason: 'account_not_locked' })
  })
})

describe('identity check and change of access', () => {
  it.each(['identity_check', 'access_change'] as const)(
    'B1: %s closes with its decision: no child, no grant, no write',
    async (purpose) => {
      const play = await playToApproval(world, purpose)
      await play.reaches('closed')
      await play.ends()
      expect(await play.row()).toMatchObject({ outcome: 'passed', decision: 'approved' })
      for (const table of ['grants', 'actions', 'intents']) expect(await play.row(table)).toEqual({})
      expect(await play.account()).toMatchObject({ version: 1 })
      expect(
        await play.rows(`select kind from notices where verification_id = $1 and kind = 'finished'`),
      ).toHaveLength(2)
    },
  )
})

describe('MFA reset', () => {
  const toGrant = async () => {
    const play = await playToApproval(world, 'mfa_reset', { policy: oneKind })
    await play.acts('granted')
    const portalSessionId = String((await play.row('portal_sessions'))['id'])
    await owner().run(
      `insert into directory_factors (tenant_id, directory_id, secret_sealed) values ($1, $2, 'sealed')`,
      [play.of.tenantId, play.of.person.directory_id],
    )
    const factors = () =>
      owner().query('select 1 from directory_factors where directory_id = $1', [play.of.person.directory_id])
    return { ...play, portalSessionId, factors }
  }

  it('B2, M1: waits for the participant, then removes every factor; the code is for their session, sealed, and nowhere in clear', async () => {
    const play = await toGrant()
    expect(await play.factors()).toHaveLength(1)
    const resetId = await play.resetId()
    expect(await world.verifications.resetMfa(resetId, play.portalSessionId)).toMatchObject({
      value: { action: 'completed', refusal: null },
    })
    expect(await play.factors()).toEqual([])
    await until(async () => (await play.row('actions'))['sessions_ended'] === 'done')
    expect(
      await play.rows(`select kind from notices where verification_id = $1 and kind = 'mfa_reset'`),
    ).toHaveLength(2)
    const { tenantId, verificationId } = play.ref
    const kept = await play.row('enrolment_codes')
    expect(kept).toMatchObject({ portal_session_id: play.portalSessionId, shown_at: null })
    const code = openEnrolmentCode(
      world.keys.api,
      { tenantId, verificationId, portalSessionId: play.portalSessionId },
      kept['code_sealed'] as Buffer,
    )
    expect(code).toMatch(/^[2-9B-Z]{4}-[2-9B-Z]{4}-[2-9B-Z]{4}$/)
    const account = await play.account()
    expect(account).toMatchObject({ version: 2, ended: true })
    expect(await verify(String(account['enrolment_hash']), code)).toBe(true)
    const history = await world.temporal.client.workflow.getHandle(resetId).fetchHistory()
    const rows = await owner().query<{ row: string }>(
      `select audit::text as row from audit union all select outbox::text from outbox union all select actions::text from actions
       union all select intents::text from intents union all select enrolment_codes::text from enrolment_codes
       union all select directory_accounts::text from directory_accounts`,
    )
    const everywhere = JSON.stringify([history, rows, world.lines])
    for (const form of [code, code.replaceAll('-', ''), Buffer.from(code).toString('base64').slice(0, 16)])
      expect(everywhere).not.toContain(form)
  })

  it('R4: asked twice, removes once; a second session gets no code of its own', async () => {
    const play = await toGrant()
    const resetId = await play.resetId()
    const first = await world.verifications.resetMfa(resetId, play.portalSessionId)
    const second = await world.verifications.resetMfa(resetId, randomUUID())
    expect(
      [first, second].filter((reply) => reply.kind === 'answered' && reply.value.action === 'completed'),
    ).not.toEqual([])
    expect(await play.account()).toMatchObject({ version: 2 })
    expect(await play.rows('select kind from intents where verification_id = $1')).toEqual([
      { kind: 'reset_mfa' },
    ])
  })
})
