import { describe, expect, it } from 'vitest'
import { matchCode } from '#platform/server/match-code.ts'
import { workflowId } from '#workflows/messages.ts'
import { textOf } from '#workflows/testing/history.ts'
import { playToGrant } from './testing/play.ts'
import { useStage } from './testing/stage.ts'

const stage = useStage()

/** A secret in the forms in which it could lie about (security.md M1). */
const formsOf = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
  encodeURIComponent(secret),
]

describe('M1: histories are logs', () => {
  it('hold no token, code, password, contact or name, raw or opened with our own keys', async () => {
    const play = await playToGrant(stage)
    const password = 'canary passphrase 8842 with spaces'
    expect(await play.submit(password)).toMatchObject({ value: { action: 'completed' } })
    const { client } = stage.temporal
    const ids = [workflowId(play.of.tenantId, 'verification', play.ref.verificationId), play.resetId]
    const histories = await Promise.all(ids.map((id) => client.workflow.getHandle(id).fetchHistory()))
    const texts = await Promise.all(histories.map((history) => textOf(history, stage.keys.worker.codec)))
    // The opened text is really there: it names the verification.
    expect(texts[0]).toContain(`"verificationId":"${play.ref.verificationId}"`)
    const code = matchCode(stage.keys.worker, { ...play.ref, ordinal: 1 })
    const secrets = [play.token(), password, play.of.phone, play.of.email, play.of.person.login]
    for (const secret of secrets.flatMap(formsOf))
      for (const text of texts) expect(text).not.toContain(secret)
    for (const text of texts) expect(text).not.toMatch(new RegExp(`\\b${code}\\b`))
  })

  it('C2: the database holds no token either', async () => {
    const play = await playToGrant(stage)
    const rows = await stage.database.owner.query<{ row: string }>(
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
