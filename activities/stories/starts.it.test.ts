import { describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import { entryContacts } from '#services/sending/deliveries.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { VerificationInput } from '#workflows/messages.ts'
import { sendNotices } from '../messaging/notice-loop.ts'
import { makeCase } from '../testing/case.ts'
import { openIn, plainPolicy } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { randomUUID } from 'node:crypto'

const world = useTestWorld()

const started = async (
  kind: 'self_service' | 'api_client',
  change: Partial<VerificationInput> = {},
  policy: (policy: Policy) => Policy = plainPolicy,
) => {
  const of = await makeCase(world.database.owner, world.keys, { policy })
  return openIn(world, of, { referrer: { kind, id: randomUUID() }, ...change })
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
      const sms = world.messenger.sent.filter(({ to }) => to === play.of.phone).map(({ text }) => text)
      const mail = world.messenger.sent.filter(({ to }) => to === play.of.email).map(({ text }) => text)
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
      const used = await inTenant(world.database.worker, play.of.tenantId, (tx) =>
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

describe('T18: a start that anybody may have asked for', () => {
  const short = { linkSeconds: 1, codeSeconds: 600, verificationSeconds: 3600, grantSeconds: 600 }

  it('ends with its link when nobody opened it; one by a system does not', async () => {
    const [help, system] = [
      await started('self_service', { lifetimes: short }),
      await started('api_client', { lifetimes: short }),
    ]
    await help.reaches('closed')
    expect(await help.row()).toMatchObject({ outcome: 'timed_out' })
    const [closed] = await help.rows(
      `select payload ->> 'reason' as reason from audit where object_id = $1::text and type = 'verification.closed'`,
    )
    expect(closed).toEqual({ reason: 'unopened' })
    expect(await system.row()).toMatchObject({ state: 'link_sent' })
  })

  it('continues once its link was opened, however old the link is by then', async () => {
    const lifetimes = { ...short, linkSeconds: 8 }
    const [opened, other] = [
      await started('self_service', { lifetimes }),
      await started('self_service', { lifetimes }),
    ]
    expect(await opened.typeCode()).toMatchObject({ value: { accepted: true } })
    await other.reaches('closed')
    expect(await opened.row()).toMatchObject({ state: 'answering' })
  })
})

describe('H3: notices of a start that anybody may have asked for', () => {
  const drain = async (tenantId: string): Promise<void> => {
    while ((await sendNotices(world.deps, tenantId)) > 0);
  }
  const cap = (max: number) => [{ max, seconds: 600 }]
  const limits = (change: Partial<Policy['limits']>) => (policy: Policy) => {
    const plain = plainPolicy(policy)
    return { ...plain, limits: { ...plain.limits, ...change } }
  }
  const told = async (play: Awaited<ReturnType<typeof started>>) => {
    await drain(play.of.tenantId)
    return {
      notice: await play.rows(`select status from notices where verification_id = $1 and kind = 'started'`),
      audit: await play.rows(`select type from audit where object_id = $1::text and type like 'notice.%'`),
    }
  }

  it.each([
    ['person', { sendsPerParticipant: cap(2) }],
    ['contact', { sendsPerContact: cap(1) }],
    ['organisation', { sendsPerTenant: cap(2) }],
  ])(
    'counts towards the budget of the %s, and is dropped with an entry where it is used up',
    async (_of, change) => {
      const play = await started('self_service', {}, limits(change))
      expect(await told(play)).toEqual({
        notice: [{ status: 'refused' }],
        audit: [{ type: 'notice.dropped' }],
      })
    },
  )

  it('counts the range of a number: so many messages as the policy says, about any person', async () => {
    const target = { channel: 'email' as const }
    const of = await makeCase(world.database.owner, world.keys, {
      policy: limits({ sendsPerPrefix: cap(1) }),
    })
    const about = { ...target, contactId: of.emailContact.id, contactMasked: of.emailContact.masked }
    const before = world.messenger.sent.length
    const play = await openIn(world, of, { referrer: { kind: 'self_service', id: of.person.id }, ...about })
    // The code went to the number; a notice of the start would be the second message.
    expect((await told(play)).audit).toEqual([{ type: 'notice.dropped' }])
    expect(world.messenger.sent.slice(before).filter(({ to }) => to === of.phone)).toHaveLength(1)
  })

  it('B12: are sent within the budgets, and of a start by an agent whatever was sent before', async () => {
    const within = await started('self_service')
    const sent = { notice: [{ status: 'sent' }], audit: [{ type: 'notice.sent' }] }
    expect(await told(within)).toEqual(sent)
    const of = await makeCase(world.database.owner, world.keys, {
      policy: limits({ sendsPerParticipant: cap(1), sendsPerContact: cap(1), sendsPerTenant: cap(1) }),
    })
    expect(await told(await openIn(world, of))).toEqual(sent)
  })

  it('keeps no agent from sending to the person', async () => {
    const play = await started('self_service', {}, limits({ sendsPerParticipant: cap(3) }))
    await drain(play.of.tenantId)
    const actor = { kind: 'agent' as const, id: play.of.agent.id }
    await world.verifications.cancel(
      play.ref,
      { actor, reason: 'started_by_desk' },
      { requestId: randomUUID() },
    )
    expect((await openIn(world, play.of)).opened).toMatchObject({
      value: { state: 'link_sent', refusal: null },
    })
  })
})
