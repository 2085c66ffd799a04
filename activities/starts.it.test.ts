import { describe, expect, it } from 'vitest'
import { entryContacts } from '#platform/server/db/deliveries.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { makeCase } from './testing/case.ts'
import { openIn, plainPolicy } from './testing/play.ts'
import { useStage } from './testing/stage.ts'
import { randomUUID } from 'node:crypto'

const stage = useStage()

const started = async (kind: 'self_service' | 'api_client') => {
  const of = await makeCase(stage.database.owner, stage.keys, { policy: plainPolicy })
  return openIn(stage, of, { referrer: { kind, id: randomUUID() } })
}

describe.each(['self_service', 'api_client'] as const)(
  'a start without an agent on the line (%s)',
  (kind) => {
    it('B6: the link goes to one contact, its code to another of the other channel; both are needed, once', async () => {
      const play = await started(kind)
      expect(
        await play.rows('select kind, channel from deliveries where verification_id = $1 order by kind'),
      ).toEqual([
        { kind: 'entry_code', channel: 'email' },
        { kind: 'link', channel: 'sms' },
      ])
      const sms = stage.messenger.sent.filter(({ to }) => to === play.of.phone).map(({ text }) => text)
      const mail = stage.messenger.sent.filter(({ to }) => to === play.of.email).map(({ text }) => text)
      const code = /\b\d{6}\b/.exec(mail.join('\n'))?.[0] ?? ''
      expect(code).toMatch(/^\d{6}$/)
      expect(sms.join('\n')).not.toContain(code)
      expect(mail.join('\n')).not.toContain('/v#')
      const wrong = code === '000000' ? '000001' : '000000'
      expect(await play.typeCode(wrong)).toMatchObject({ value: { accepted: false, reason: 'code_wrong' } })
      expect(await play.typeCode(code)).toMatchObject({ value: { accepted: true } })
      expect(await play.typeCode(code)).not.toMatchObject({ value: { accepted: true } })
    })

    it('B5: the contact of the code is no further kind of evidence', async () => {
      const play = await started(kind)
      const used = await inTenant(stage.database.worker, play.of.tenantId, (tx) =>
        entryContacts(tx, play.ref.verificationId),
      )
      expect([...used]).toEqual([play.of.emailContact.id])
      await play.typeCode()
      await play.complete()
      const { plan, scoring } = {
        plan: await play.row('plans'),
        scoring: await play.row('scorings'),
      }
      expect(plan['route']).not.toBe('second_contact')
      expect((scoring['decision'] as { evidence: string[] }).evidence).toEqual(['possession'])
    })
  },
)
