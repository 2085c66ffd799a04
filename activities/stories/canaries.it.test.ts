import { describe, expect, it } from 'vitest'
import { matchCode } from '#platform/crypto/match-code.ts'
import { workflowId } from '#workflows/messages.ts'
import { textOf } from '#workflows/testing/history.ts'
import { openEnrolmentCode } from '#platform/crypto/case-inputs.ts'
import { takeEnrolmentCode } from '#services/actions/enrolment-codes.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { plainPolicy, playToApproval, playToGrant } from '../testing/play.ts'
import { until } from '../testing/until.ts'
import { useTestWorld } from '../testing/test-world.ts'

const world = useTestWorld()

/** A secret in the forms in which it could lie about (M1). */
const formsOf = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
  encodeURIComponent(secret),
]

describe('M1: histories are logs', () => {
  it('hold no token, code, password, contact or name, raw or opened with our own keys', async () => {
    const play = await playToGrant(world)
    const password = 'canary passphrase 8842 with spaces'
    expect(await play.submit(password)).toMatchObject({ value: { action: 'completed' } })
    const { client } = world.temporal
    const ids = [workflowId(play.of.tenantId, 'verification', play.ref.verificationId), play.resetId]
    const histories = await Promise.all(ids.map((id) => client.workflow.getHandle(id).fetchHistory()))
    const texts = await Promise.all(histories.map((history) => textOf(history, world.keys.worker.codec)))
    // The opened text is really there: it names the verification.
    expect(texts[0]).toContain(`"verificationId":"${play.ref.verificationId}"`)
    const code = matchCode(world.keys.worker, { ...play.ref, ordinal: 1 })
    const secrets = [play.token(), password, play.of.phone, play.of.email, play.of.person.login]
    for (const secret of secrets.flatMap(formsOf))
      for (const text of texts) expect(text).not.toContain(secret)
    for (const text of texts) expect(text).not.toMatch(new RegExp(`\\b${code}\\b`))
  })

  it('C2: the database holds no token either', async () => {
    const play = await playToGrant(world)
    const rows = await world.database.owner.query<{ row: string }>(
      `select l::text as row from links l where verification_id = $1 union all
       select d::text from deliveries d where verification_id = $1 union all
       select a.payload::text from audit a where object_id = $1::text union all
       select o.payload::text from outbox o where verification_id = $1`,
      [play.ref.verificationId],
    )
    const all = rows.map(({ row }) => row).join('\n')
    for (const secret of formsOf(play.token())) expect(all).not.toContain(secret)
    expect(all).not.toContain(play.of.phone)
  })
})

/** Every row of every table, as text: bytes as hexadecimal. */
const wholeDatabase = async (): Promise<string> => {
  const { owner } = world.database
  const tables = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const rows = await Promise.all(
    tables.map(({ name }) => owner.query<{ row: string }>(`select t::text as row from ${name} t`)),
  )
  return rows
    .flat()
    .map(({ row }) => row)
    .join('\n')
}

describe('M1, B2: the one-time code for a new second factor', () => {
  it('is in no row, history, log or message, waiting for its session or shown there', async () => {
    const play = await playToApproval(world, 'mfa_reset', {
      policy: (policy) => {
        const plain = plainPolicy(policy)
        const { standard } = plain.rules.password_reset
        return { ...plain, rules: { ...plain.rules, mfa_reset: { ...plain.rules.mfa_reset, standard } } }
      },
    })
    await play.acts('granted')
    const { tenantId, verificationId } = play.ref
    const { owner, api } = world.database
    await owner.run(
      `insert into directory_factors (tenant_id, directory_id, secret_sealed) values ($1, $2, 'sealed')`,
      [tenantId, play.of.person.directory_id],
    )
    const sessionId = String((await play.row('portal_sessions'))['id'])
    const resetId = await play.resetId()
    expect(await world.verifications.resetMfa(resetId, sessionId)).toMatchObject({
      value: { action: 'completed' },
    })
    await until(async () => (await play.row('actions'))['sessions_ended'] === 'done')
    const { code_sealed: sealed } = await play.row('enrolment_codes')
    const code = openEnrolmentCode(
      world.keys.api,
      { tenantId, verificationId, portalSessionId: sessionId },
      sealed as Buffer,
    )
    const ids = [workflowId(tenantId, 'verification', verificationId), resetId]
    const everything = async (): Promise<readonly string[]> => {
      const { client } = world.temporal
      const histories = await Promise.all(ids.map((id) => client.workflow.getHandle(id).fetchHistory()))
      const opened = await Promise.all(histories.map((history) => textOf(history, world.keys.worker.codec)))
      return [...opened, await wholeDatabase(), world.lines.join('\n'), JSON.stringify(world.messenger.sent)]
    }
    const expectNowhere = async (): Promise<void> => {
      const texts = await everything()
      // They are really there: each history names the verification, as the rows do.
      for (const text of texts.slice(0, 3)) expect(text).toContain(verificationId)
      for (const form of [code, code.replaceAll('-', '')].flatMap(formsOf))
        for (const text of texts) expect(text.toLowerCase()).not.toContain(form.toLowerCase())
    }
    await expectNowhere()
    const taken = await inTenant(api, tenantId, (tx) => takeEnrolmentCode(tx, verificationId, sessionId))
    expect(taken).toBeDefined()
    expect((await play.row('enrolment_codes'))['code_sealed']).toBeNull()
    await expectNowhere()
  })
})
