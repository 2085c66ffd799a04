/** Sign-ins at the organisation's provider, as the API hands them to the worker: what is proof, and what is not. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import type { ActingPurpose } from '#domain/verification/verification.ts'
import { openIn, openPlay } from '../testing/play.ts'
import { knowAtProvider, sendSignIn, signedIn, withSignIn } from '../testing/provider-sign-ins.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const world = useTestWorld()
type Play = Awaited<ReturnType<typeof openPlay>>

/** A participant with one contact, whom the provider knows. */
const begin = async (
  signIn: Partial<Policy['signIn']> = {},
  change: { readonly purpose?: ActingPurpose; readonly tier?: 'privileged' } = {},
): Promise<Play & { account: string }> => {
  const play = await openPlay(world, change, { policy: withSignIn(signIn) })
  return { ...play, account: await knowAtProvider(world.database.owner, play.of) }
}

/** The case asks for the sign-in: the code was right, and one kind is not enough. */
const ask = async (play: Play): Promise<void> => {
  await play.typeCode()
  await world.verifications.answersCompleted(play.ref, randomUUID())
  await until(async () => (await play.row('provider_sign_ins'))['tries'] === 0)
}

const send = ({ ref }: Play, said: object) => {
  const { database, keys, verifications } = world
  return sendSignIn({ api: database.api, keys, verifications, ref }, said)
}
const now = () => Math.floor(Date.now() / 1000)

/** A sign-in with an app, in the session of the case, of just now; a test changes what it attacks. */
const signIn = async (play: Play & { account: string }, change: object = {}) =>
  send(play, { ...signedIn(await play.session(), play.account), ...change })

const decisionOf = async (play: Play) => {
  const [newest] = await play.rows(
    'select decision from scorings where verification_id::text = $1::text order by ordinal desc limit 1',
  )
  return newest?.['decision']
}
const eventsOf = async (play: Play) =>
  (await play.rows('select type from audit where object_id = $1 order by seq'))
    .map(({ type }) => String(type))
    .filter((type) => type.startsWith('provider_sign_in'))
const refused = { value: { isOver: false } }
const accepted = { value: { isOver: true } }

describe('F7: a sign-in at the provider as evidence', () => {
  it('B5: is asked for where one more kind is needed, gives it, and its account is in no event', async () => {
    const play = await begin()
    await ask(play)
    expect(await decisionOf(play)).toMatchObject({
      ...{ answer: 'hold', next: 'provider_sign_in', evidence: ['possession'] },
    })
    expect(await signIn(play)).toMatchObject(accepted)
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({
      ...{ answer: 'approve', evidence: ['possession', 'provider_sign_in'] },
    })
    expect(await play.row('provider_sign_ins')).toMatchObject({
      ...{ methods: ['pwd', 'otp'], strength: 'strong', sign_in_subject: play.account },
    })
    expect(await eventsOf(play)).toEqual(['provider_sign_in.asked', 'provider_sign_in.tried'])
    const audit = JSON.stringify(await play.rows('select payload from audit where object_id = $1'))
    expect(audit).not.toContain(play.account)
    expect(await play.decide()).toMatchObject({ value: { refusal: null, outcome: 'passed' } })
  })

  it('is not asked of people whom the provider does not know, nor where the organisation has none', async () => {
    for (const sql of [
      'update people set sign_in_subject = null where tenant_id = $1',
      'update tenants set oidc_issuer = null where id = $1',
    ]) {
      const play = await begin()
      await world.database.owner.run(sql, [play.of.tenantId])
      await play.typeCode()
      await world.verifications.answersCompleted(play.ref, randomUUID())
      await play.reaches('awaiting_decision')
      expect(await decisionOf(play)).toMatchObject({ next: 'new_evidence' })
    }
  })

  it('by the account of another person is no proof, stands on the timeline at once, and speaks against the case', async () => {
    const play = await begin()
    await ask(play)
    for (const change of [
      { account: 'sub-of-a-colleague' },
      { issuer: 'https://evil.example' },
      { account: '' },
    ])
      expect(await signIn(play, change)).toMatchObject(refused)
    expect(await play.row('provider_sign_ins')).toMatchObject({
      ...{ tries: 3, problem: 'other_account', proven_at: null },
    })
    expect(await eventsOf(play)).toContain('provider_sign_in.other_account')
    expect(await send(play, { kind: 'not_now' })).toMatchObject(accepted)
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({
      ...{ answer: 'hold', evidence: ['possession'], missingCount: 2 },
    })
    expect(await play.decide()).toMatchObject({ value: { refusal: 'evidence_missing' } })
  })

  it.each<[string, () => object]>([
    ['before the step began', () => ({ authenticatedAt: now() - 120 })],
    [
      'before the step, although the sign-in claims to have begun earlier',
      () => ({ authenticatedAt: now() - 120, begunAt: now() - 300 }),
    ],
    ['in the future', () => ({ authenticatedAt: now() + 600 })],
    ['at no time that the provider names', () => ({ authenticatedAt: null })],
  ])('%s is stale, which says nothing against the participant', async (_name, change) => {
    const play = await begin()
    await ask(play)
    expect(await signIn(play, change())).toMatchObject(refused)
    expect(await play.row('provider_sign_ins')).toMatchObject({ problem: 'stale', proven_at: null })
    expect(await signIn(play)).toMatchObject(accepted)
  })

  it.each(['password_reset', 'mfa_reset'] as const)(
    'with a password alone is no proof for %s, and the page asks for more',
    async (purpose) => {
      const play = await begin({}, { purpose })
      await ask(play)
      for (const amr of [['pwd'], [], ['pwd', 'sms'], ['unheard_of']])
        expect(await signIn(play, { amr })).toMatchObject(refused)
      expect(await play.row('provider_sign_ins')).toMatchObject({ problem: 'weak', proven_at: null })
      expect(await signIn(play, { amr: ['pwd', 'hwk'] })).toMatchObject(accepted)
    },
  )

  it('at another level than the policy asks for is no proof', async () => {
    const play = await begin({ acrValues: ['gold'] })
    await ask(play)
    for (const acr of [null, 'silver']) expect(await signIn(play, { acr })).toMatchObject(refused)
    expect(await signIn(play, { acr: 'gold' })).toMatchObject(accepted)
  })

  it('of another session, another case or a session that has ended is no proof', async () => {
    const play = await begin()
    await ask(play)
    const other = await openIn(world, play.of, { purpose: 'identity_check' })
    await other.typeCode()
    for (const sessionId of [randomUUID(), await other.session()])
      expect(await signIn(play, { sessionId })).toMatchObject(refused)
    await world.database.owner.run('update portal_sessions set ended_at = now() where verification_id = $1', [
      play.ref.verificationId,
    ])
    expect(await signIn(play)).toMatchObject(refused)
    expect(await play.row('provider_sign_ins')).toMatchObject({ tries: 0, proven_at: null })
  })

  it('is over after five that were no proof, and asks no second time; a provider that is down costs no try', async () => {
    const play = await begin()
    await ask(play)
    for (let n = 0; n < 7; n += 1) expect(await send(play, { kind: 'unanswered' })).toMatchObject(refused)
    expect(await play.row('provider_sign_ins')).toMatchObject({ tries: 0, problem: 'unanswered' })
    for (let left = 4; left > 0; left -= 1)
      expect(await signIn(play, { amr: ['pwd'] })).toMatchObject({ value: { triesLeft: left } })
    expect(await signIn(play, { amr: ['pwd'] })).toMatchObject(accepted)
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({ answer: 'hold', next: 'new_evidence' })
  })

  it('D2: is never enough beside link and code where a privileged account needs a second approval', async () => {
    const play = await begin({}, { tier: 'privileged' })
    await ask(play)
    expect(await signIn(play)).toMatchObject(accepted)
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({ answer: 'hold', next: 'second_approval' })
  })

  it('takes its evidence along when the person gets another account before the approval', async () => {
    const play = await begin()
    await ask(play)
    await signIn(play)
    await play.reaches('awaiting_decision')
    await world.database.owner.run('update people set sign_in_subject = $2 where id = $1', [
      play.of.person.id,
      'sub-new',
    ])
    expect(await play.decide()).toMatchObject({ value: { refusal: 'evidence_missing' } })
  })

  it('stands for the kind of a passkey where an admin confirmed the method, and for one kind only', async () => {
    const play = await begin({ phishingResistant: ['phr'] })
    await ask(play)
    expect(await signIn(play, { amr: [], acr: 'phr' })).toMatchObject(accepted)
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({ evidence: ['possession', 'provider_sign_in'] })
    expect(await play.row('provider_sign_ins')).toMatchObject({ strength: 'phishing_resistant' })
    expect(await play.decide()).toMatchObject({ value: { refusal: null, outcome: 'passed' } })
  })
})
