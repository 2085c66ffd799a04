import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addChallenge } from '#services/sending/links.ts'
import { insertRow, makeVerification } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { matchCode } from '#platform/crypto/match-code.ts'
import type { CaseRef } from '#workflows/verification/activity-types.ts'
import { createPortal, makeCase } from '../../testing/case.ts'
import { plainPolicy } from '../../testing/play.ts'
import { useDeps } from '../../testing/use-deps.ts'
import { createAcceptSecondCode } from './accept-second-code.ts'
import { secondCodeOrdinal } from '../deliver-second-code.ts'

const { database, keys, deps } = useDeps()

/** A case whose second code was sent, or not; and a participant who types one. */
const makeScene = async (isSent = true) => {
  const of = await makeCase(database.owner, keys, { policy: plainPolicy })
  const { tenantId, person } = of
  const { id: verificationId } = await makeVerification(database.owner, of.phoneContact)
  if (isSent)
    await inTenant(database.worker, tenantId, (tx) =>
      addChallenge(tx, {
        ...{ verificationId, kind: 'second', ordinal: 1, personId: person.id },
        ...{ contactId: of.emailContact.id, seconds: 600, maxTries: 3 },
      }),
    )
  const code = matchCode(keys.worker, { tenantId, verificationId, ordinal: secondCodeOrdinal(1) })
  const portal = createPortal(database.api, keys, of, verificationId)
  const ref: CaseRef = {
    tenantId,
    verificationId,
    personId: person.id,
    purpose: 'password_reset',
    tier: 'standard',
    policyVersion: 1,
    referrer: { kind: 'agent', id: of.agent.id },
    ticket: null,
    createdAt: '',
    expiresAt: '',
    run: { id: randomUUID(), startedAt: '' },
  }
  const judge = (inputId: string) =>
    createAcceptSecondCode(deps())({ case: ref, inputId, at: new Date().toISOString() })
  const events = async () =>
    (
      await database.owner.query<{ payload: object }>(
        `select payload from audit where object_id = $1::text and type = 'second_code.tried' order by seq`,
        [verificationId],
      )
    ).map(({ payload }) => payload)
  const wrong = code === '000000' ? '111111' : '000000'
  const change = (set: string) =>
    database.owner.run(`update code_challenges set ${set} where verification_id = $1`, [verificationId])
  const type = async (typed: string) => judge(await portal.typeSecondCode(typed))
  /** The code could not be sent. */
  const refuse = () =>
    insertRow(database.owner, 'plans', {
      ...{ tenant_id: tenantId, verification_id: verificationId, route: 'second_contact' },
      ...{ plan_sealed: Buffer.alloc(1), question_count: 0, code_refusal: 'send_limit_reached' },
    })
  const plan = () =>
    database.owner.one(
      `select code_asks as asks, completed_reason as reason from plans where verification_id = $1`,
      [verificationId],
    )
  const givenUp = () =>
    database.owner.query(
      `select actor_kind as by from audit where object_id = $1::text and type = 'second_code.given_up'`,
      [verificationId],
    )
  return { code, wrong, portal, judge, type, change, events, refuse, plan, givenUp }
}

const no = (reason: string, triesLeft: number) => ({ accepted: false, reason, triesLeft })

describe('the second code', () => {
  it('B6: is over after as many wrong ones as it allows, the right one included', async () => {
    const { type, code, wrong, events } = await makeScene()
    expect(await type(wrong)).toEqual(no('code_wrong', 2))
    expect(await type(wrong)).toEqual(no('code_wrong', 1))
    expect(await type(wrong)).toEqual(no('code_exhausted', 0))
    expect(await type(code)).toEqual(no('code_exhausted', 0))
    expect(await events()).toEqual([1, 2, 3].map((tries) => ({ accepted: false, tries })))
  })

  it('R2: an input that is judged twice counts once, right or wrong', async () => {
    const { judge, portal, code, wrong, events } = await makeScene()
    const mistyped = await portal.typeSecondCode(wrong)
    expect(await judge(mistyped)).toEqual(no('code_wrong', 2))
    expect(await judge(mistyped)).toEqual(no('code_wrong', 2))
    const right = await portal.typeSecondCode(code)
    expect(await judge(right)).toEqual({ accepted: true })
    expect(await judge(right)).toEqual({ accepted: true })
    expect(await events()).toEqual([
      { accepted: false, tries: 1 },
      { accepted: true, tries: 2 },
    ])
  })

  it('is not taken before one was sent, nor after its time, however right', async () => {
    const unsent = await makeScene(false)
    expect(await unsent.type(unsent.code)).toEqual(no('step_over', 0))
    const late = await makeScene()
    await late.change('expires_at = now()')
    expect(await late.type(late.code)).toEqual(no('step_over', 3))
    expect(await late.events()).toEqual([])
  })

  it('H4: is refused to a participant whose wrong codes of a day are used up elsewhere', async () => {
    const { type, code, change, events } = await makeScene()
    await change(`max_tries = 1000, tries = 999`)
    expect(await type(code)).toEqual(no('code_exhausted', 1))
    expect(await events()).toEqual([])
  })

  it('R2: asking for it again, or going on without, is done once however often it is judged', async () => {
    const { portal, judge, refuse, plan, givenUp } = await makeScene(false)
    await refuse()
    const again = await portal.typeSecondCode('again')
    expect([await judge(again), await judge(again)]).toEqual([{ asksAgain: true }, { asksAgain: true }])
    expect(await plan()).toEqual({ asks: 1, reason: null })
    const without = await portal.typeSecondCode('without')
    expect([await judge(without), await judge(without)]).toEqual([{ accepted: true }, { accepted: true }])
    expect(await plan()).toEqual({ asks: 1, reason: 'second_code_given_up' })
    expect(await givenUp()).toEqual([{ by: 'participant' }])
  })

  it('is neither asked for again nor given up where none was refused', async () => {
    const { type, plan, givenUp } = await makeScene()
    expect([await type('again'), await type('without')]).toEqual([no('step_over', 0), no('step_over', 0)])
    expect([await plan(), await givenUp()]).toEqual([undefined, []])
  })
})
