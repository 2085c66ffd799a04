import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { issuer, openThinCase, thinPolicy } from '../testing/approver.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const world = useTestWorld()

const asked = async (...args: Parameters<typeof openThinCase> extends [unknown, ...infer R] ? R : never) => {
  const play = await openThinCase(world, ...args)
  await play.typeCode()
  await play.completeAnswers()
  await play.isAsked()
  return play
}
const value = (reply: { readonly kind: string }) => (reply as { readonly value?: unknown }).value
const outcomeOf = async (play: Awaited<ReturnType<typeof asked>>) => (await play.row())['outcome']

describe('an approver', () => {
  it('is the manager by the directory, gets a link that names nobody, and their yes completes the evidence', async () => {
    const play = await asked()
    expect(await play.requests()).toMatchObject([{ approver_id: play.approverId, relation: 'manager' }])
    const message = world.messenger.sent.findLast(({ to }) => to === play.bossMail)
    expect(message?.text).toContain('/approve#')
    expect(message?.text).not.toMatch(/Alex|INC-1|password/i)
    const digits = await play.rightDigits()
    expect(value(await play.say(await play.signedIn(), { answer: 'yes', digits }))).toEqual({
      accepted: true,
      said: 'yes',
    })
    await play.reaches('awaiting_decision')
    const scoring = await world.database.owner.one<{ decision: { evidence: string[] }; digest: Buffer }>(
      `select decision, evidence_digest as digest from scorings where verification_id = $1 order by ordinal desc limit 1`,
      [play.ref.verificationId],
    )
    expect(scoring?.decision.evidence).toContain('approver')
    expect(value(await play.decide())).toMatchObject({ outcome: 'passed', refusal: null })
    await play.acts('granted')
    const grant = await play.row('grants')
    expect(grant['evidence_digest']).toEqual(scoring?.digest)
  })

  it('B6: must type what the participant’s page shows; three wrong tries end the request', async () => {
    const play = await asked()
    const session = await play.signedIn()
    const right = Number(await play.rightDigits())
    for (const left of [2, 1, 0]) {
      const digits = String((right + left + 1) % 100).padStart(2, '0')
      expect(value(await play.say(session, { answer: 'yes', digits }))).toMatchObject({
        accepted: false,
        triesLeft: left,
      })
    }
    await play.reaches('awaiting_decision')
    const digits = await play.rightDigits()
    expect(value(await play.say(session, { answer: 'yes', digits }))).toMatchObject({ accepted: false })
    expect(value(await play.decide())).toMatchObject({ refusal: 'evidence_missing' })
  })

  it('C4, D5: of fifty answers at once one is stored, and none after it', async () => {
    const play = await asked()
    const session = await play.signedIn()
    const digits = await play.rightDigits()
    const said = { answer: 'yes', digits } as const
    const inputs = await Promise.all(Array.from({ length: 50 }, () => play.seal(session, said)))
    // The server takes ten updates of one workflow at a time.
    const replies = []
    for (let at = 0; at < inputs.length; at += 10)
      replies.push(
        ...(await Promise.all(
          inputs.slice(at, at + 10).map((id) => world.verifications.answerApprover(play.ref, id)),
        )),
      )
    const accepted = replies.filter((reply) => (value(reply) as { accepted?: boolean })?.accepted === true)
    expect(accepted).toHaveLength(1)
    const events = await play.rows(
      `select seq from audit where object_id = $1::text and type = 'approver.answered'`,
    )
    expect(events).toHaveLength(1)
  })

  it('says no: the case is refused, whatever else is there, and an operator hears of it', async () => {
    const play = await asked()
    expect(value(await play.say(await play.signedIn(), { answer: 'no' }))).toMatchObject({ said: 'no' })
    await play.reaches('closed')
    expect(await outcomeOf(play)).toBe('failed')
    expect((await play.row())['recommendation_reasons']).toContain('approver_denied')
    expect(world.lines.some((line) => line.includes('an approver said no'))).toBe(true)
  })

  it('is not sure: that is no evidence, and the help desk takes over instead of a dead end', async () => {
    const play = await asked()
    await play.say(await play.signedIn(), { answer: 'not_sure' })
    await play.reaches('awaiting_decision')
    expect((await play.row())['instruction']).toBe('new_evidence')
    expect(value(await play.decide())).toMatchObject({ refusal: 'evidence_missing' })
  })

  it('does not answer: the case continues when the time is over, and may be asked about again', async () => {
    const policy = (own: Parameters<typeof thinPolicy>[0]) => {
      const thin = thinPolicy(own)
      return { ...thin, lifetimes: { ...thin.lifetimes, approverAnswer: 2 } }
    }
    const play = await asked({ policy })
    const session = await play.signedIn()
    const late = await play.seal(session, { answer: 'yes', digits: await play.rightDigits() })
    await play.reaches('awaiting_decision')
    expect(value(await world.verifications.answerApprover(play.ref, late))).toMatchObject({ accepted: false })
    const actor = { kind: 'agent', id: play.of.agent.id } as const
    const again = await world.verifications.askApprover(play.ref, { actor }, { requestId: randomUUID() })
    expect(value(again)).toEqual({ asked: true, refusal: null })
    await play.isAsked(2)
  })
})

describe('nobody else', () => {
  it('F7: a session of another person, of another subject, or of none answers nothing', async () => {
    const play = await asked()
    const digits = await play.rightDigits()
    const said = { answer: 'yes', digits } as const
    const foreign = await play.signedIn('sub-participant', play.of.person.id)
    expect(value(await play.say(foreign, said))).toMatchObject({ accepted: false })
    const wrongSubject = await play.signedIn('boss@mail.example.org')
    expect(value(await play.say(wrongSubject, said))).toMatchObject({
      accepted: false,
      reason: 'not_permitted',
    })
    expect(value(await play.say(randomUUID(), said))).toMatchObject({
      accepted: false,
      reason: 'session_ended',
    })
    expect((await play.requests()).map((row) => row['answer'])).toEqual([null])
  })

  it('D4: an answer to something else than what is shown now voids the request', async () => {
    const play = await asked()
    const session = await play.signedIn()
    const digits = await play.rightDigits()
    const input = await play.seal(session, { answer: 'yes', digits })
    await world.database.owner.run('update people set display_name = $2 where id = $1', [
      play.of.person.id,
      'Somebody Else',
    ])
    expect(value(await world.verifications.answerApprover(play.ref, input))).toMatchObject({
      accepted: false,
    })
    expect((await play.requests())[0]).toMatchObject({ answer: null, void_reason: 'changed' })
  })

  it('B19: an approver whose contact changed since, or whose account is frozen, answers nothing', async () => {
    for (const change of [
      'update contacts set last_changed_at = now() where person_id = $1',
      `update people set blocked_until = now() + interval '1 hour' where id = $1`,
      `update people set account_state = 'disabled' where id = $1`,
    ]) {
      const play = await asked()
      const session = await play.signedIn()
      const input = await play.seal(session, { answer: 'yes', digits: await play.rightDigits() })
      await world.database.owner.run(change, [play.approverId])
      expect(value(await world.verifications.answerApprover(play.ref, input))).toMatchObject({
        accepted: false,
        reason: 'approver_unavailable',
      })
    }
  })

  it('D1, D7: an agent who is the manager is not asked; the help desk gets the case', async () => {
    const play = await openThinCase(world)
    await world.database.owner.run('update staff set person_id = $1 where id = $2', [
      play.approverId,
      play.of.agent.id,
    ])
    await play.typeCode()
    await play.completeAnswers()
    await play.reaches('awaiting_decision')
    expect(await play.requests()).toEqual([])
  })

  type Play = Awaited<ReturnType<typeof asked>>
  it.each([
    ['directory', 'person_id = $2', ({ approverId }: Play) => [approverId]],
    ['identity provider', 'issuer = $2, subject = $3', ({ bossSubject }: Play) => [issuer, bossSubject]],
  ] as const)(
    'D1: who was asked to vouch decides nothing in that case, neither yes nor no; linked as staff by the %s',
    async (_link, set, values) => {
      const play = await asked({ as: 'named' })
      const { supervisor } = play.of
      await world.database.owner.run(`update staff set ${set} where id = $1`, [
        supervisor.id,
        ...values(play),
      ])
      const digits = await play.rightDigits()
      await play.say(await play.signedIn(), { answer: 'yes', digits })
      await play.reaches('awaiting_decision')
      for (const decision of ['approved', 'refused'] as const)
        expect(await play.decide(decision, supervisor.id)).toMatchObject({
          value: { refusal: 'asked_to_vouch', state: 'awaiting_decision', outcome: null },
        })
      expect(value(await play.decide())).toMatchObject({ outcome: 'passed', refusal: null })
    },
  )

  it('D1: who handles the case by the time they answer vouches for nobody', async () => {
    const play = await asked({ as: 'named' })
    const session = await play.signedIn()
    const input = await play.seal(session, { answer: 'yes', digits: await play.rightDigits() })
    await world.database.owner.run('update staff set person_id = $1 where id = $2', [
      play.approverId,
      play.of.agent.id,
    ])
    expect(value(await world.verifications.answerApprover(play.ref, input))).toMatchObject({
      accepted: false,
      reason: 'approver_unavailable',
    })
  })

  it('D1, D7: an agent whom only the identity provider knows as the manager is not asked', async () => {
    const play = await openThinCase(world)
    await world.database.owner.run(
      'update staff set issuer = $1, subject = $2, person_id = null where id = $3',
      [issuer, play.bossSubject, play.of.agent.id],
    )
    await play.typeCode()
    await play.completeAnswers()
    await play.reaches('awaiting_decision')
    expect(await play.requests()).toEqual([])
  })

  it('H3: the fourth case within a day does not ask the same approver', async () => {
    const play = await openThinCase(world)
    const { owner } = world.database
    for (let ordinal = 1; ordinal <= 3; ordinal += 1)
      await owner.run(
        `insert into approver_requests (tenant_id, id, verification_id, ordinal, person_id, approver_id, relation,
           policy_version, asked_by_kind, asked_by_id, token_hash, screen_hash, expires_at)
         values ($1, $2, $3, 1, $4, $5, 'manager', 1, 'system', 'policy', $6, '\\x', now())`,
        [
          play.of.tenantId,
          randomUUID(),
          randomUUID(),
          play.of.person.id,
          play.approverId,
          Buffer.from(randomUUID()),
        ],
      )
    await play.typeCode()
    await play.completeAnswers()
    await play.reaches('awaiting_decision')
    expect(await play.requests()).toEqual([])
    const actor = { kind: 'agent', id: play.of.agent.id } as const
    const again = await world.verifications.askApprover(play.ref, { actor }, { requestId: randomUUID() })
    expect(value(again)).toEqual({ asked: false, refusal: 'approver_unavailable' })
    await until(async () => (await play.row())['state'] === 'awaiting_decision')
  })
})
