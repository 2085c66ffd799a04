import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createApproverHands, makeApprovable, thinPolicy } from '../../testing/approver.ts'
import { gapsOf } from '../../testing/gaps.ts'
import { around, startWorkers, typeCode, useMortalScenes, type Scene } from '../../testing/mortal-scene.ts'
import { createPasskeyHands, enrolPasskey, leaveOneContact, twoKinds } from '../../testing/passkeys.ts'
import { knowAtProvider, sendSignIn, signedIn, withSignIn } from '../../testing/provider-sign-ins.ts'
import { printSheet, sendCode, withSheets } from '../../testing/recovery-sheets.ts'
import { until } from '../../testing/until.ts'

const openScene = useMortalScenes()

const countsOf = (scene: Scene) =>
  scene.owner.one<Record<string, number>>(
    `select (select count(*)::integer from deliveries d where d.verification_id = v.id) as deliveries,
       (select count(*)::integer from approver_requests r where r.verification_id = v.id) as requests,
       (select count(*)::integer from approver_requests r where r.verification_id = v.id and r.answer = 'yes') as yes,
       (select count(*)::integer from audit a where a.object_id = v.id::text and a.type = 'approver.asked') as asked,
       (select count(*)::integer from audit a where a.object_id = v.id::text and a.type = 'approver.answered') as answered
     from verifications v where v.id = $1`,
    [scene.ref.verificationId],
  )

const isAt = (scene: Scene, state: string): Promise<void> =>
  until(async () => (await scene.state('verifications')) === state)

describe.concurrent('G1, R1, R2: a worker is killed while an approver vouches', { timeout: 150_000 }, () => {
  it.for(around(['askApprover', 'acceptApproverAnswer']))(
    'at %s: asked once, answered once, one message to them',
    async (killAt, { onTestFinished }) => {
      const scene = await openScene('identity_check', thinPolicy)
      const { owner, api, keys, of, port, ref } = scene
      const approver = await makeApprovable(owner, keys, of)
      const workers = startWorkers(scene.world, killAt)
      onTestFinished(workers.end)
      await port.open(scene.input, { requestId: randomUUID() })
      await typeCode(scene)
      await port.answersCompleted(ref, randomUUID())
      const toThem = () => scene.messages().filter(({ to }) => to === approver.bossMail)
      await until(async () => toThem().length > 0)
      const tokenOf = (): string => /#([\w-]{43})/.exec(toThem().at(-1)?.text ?? '')?.[1] ?? ''
      const hands = createApproverHands({ owner, api, keys, verifications: port, ref, ...approver, tokenOf })
      await until(async () => (await countsOf(scene))?.['asked'] === 1)
      const said = { answer: 'yes', digits: await hands.rightDigits() } as const
      expect(await hands.say(await hands.signedIn(), said)).toMatchObject({
        value: { accepted: true, said: 'yes' },
      })
      await isAt(scene, 'awaiting_decision')
      expect(workers.died()).toBe(true)
      expect(toThem()).toHaveLength(1)
      expect(await countsOf(scene)).toEqual({ deliveries: 2, requests: 1, yes: 1, asked: 1, answered: 1 })
      expect(await gapsOf(owner, ref.verificationId)).toEqual([])
    },
  )
})

const codeCountsOf = (scene: Scene) =>
  scene.owner.one<Record<string, number>>(
    `select (select count(*)::integer from deliveries d where d.verification_id = v.id and d.kind = 'second_code') as codes,
       (select count(*)::integer from audit a where a.object_id = v.id::text and a.type = 'second_code.sent') as sent,
       (select count(*)::integer from audit a where a.object_id = v.id::text and a.type = 'second_code.tried') as tried
     from verifications v where v.id = $1`,
    [scene.ref.verificationId],
  )

describe.concurrent(
  'G1, R1, R2: a worker is killed while a code goes to a second contact',
  { timeout: 150_000 },
  () => {
    it.for(around(['deliverSecondCode', 'acceptSecondCode']))(
      'at %s: one message, one accepted code',
      async (killAt, { onTestFinished }) => {
        const scene = await openScene('identity_check', twoKinds('identity_check'))
        const { owner, port, portal, ref, of } = scene
        const workers = startWorkers(scene.world, killAt)
        onTestFinished(workers.end)
        await port.open(scene.input, { requestId: randomUUID() })
        await typeCode(scene)
        await port.answersCompleted(ref, randomUUID())
        const codes = () => scene.messages().filter(({ text }) => /\b\d{6}\b/.test(text))
        await until(async () => (await codeCountsOf(scene))?.['sent'] === 1)
        const code = /\b(\d{6})\b/.exec(codes().at(-1)?.text ?? '')?.[1] ?? ''
        expect(await port.submitSecondCode(ref, await portal.typeSecondCode(code))).toMatchObject({
          value: { accepted: true },
        })
        await isAt(scene, 'awaiting_decision')
        expect(workers.died()).toBe(true)
        expect(codes().map(({ to }) => to)).toEqual([of.email])
        expect(await codeCountsOf(scene)).toEqual({ codes: 1, sent: 1, tried: 1 })
        expect(await gapsOf(owner, ref.verificationId)).toEqual([])
      },
    )
  },
)

/** The participant's reaction when asked for their passkey, and the rows that must exist for it, each once. */
const passkeyTries = [
  {
    said: 'the right passkey',
    killedAt: around(['acceptPasskey']),
    answer: { isOver: true, refusal: null },
    effects: { tried: 1, accepted: 1, givenUp: 0, tries: 1, isProven: true, uses: 1, challenges: 0 },
  },
  {
    said: 'a passkey without its owner',
    killedAt: ['acceptPasskey:after'],
    answer: { isOver: false, refusal: 'passkey_refused', triesLeft: 4 },
    effects: { tried: 1, accepted: 0, givenUp: 0, tries: 1, isProven: false, uses: 0, challenges: 0 },
  },
  {
    said: 'that it is not at hand',
    killedAt: ['acceptPasskey:after'],
    answer: { isOver: true, refusal: null },
    effects: { tried: 0, accepted: 0, givenUp: 1, tries: 0, isProven: false, uses: 0, challenges: 0 },
  },
] as const

const passkeyCountsOf = (scene: Scene) =>
  scene.owner.one<Record<string, unknown>>(
    `select (select count(*)::integer from audit a where a.object_id = q.verification_id::text and a.type = 'passkey.tried') as tried,
       (select count(*)::integer from audit a where a.object_id = q.verification_id::text and a.type = 'passkey.tried'
          and a.payload ->> 'accepted' = 'true') as accepted,
       (select count(*)::integer from audit a where a.object_id = q.verification_id::text and a.type = 'passkey.given_up') as "givenUp",
       (select count(*)::integer from passkey_challenges c where c.tenant_id = q.tenant_id) as challenges,
       (select sum(k.sign_count)::integer from passkeys k where k.tenant_id = q.tenant_id) as uses,
       q.tries, q.proven_at is not null as "isProven"
     from passkey_requests q where q.verification_id = $1`,
    [scene.ref.verificationId],
  )

describe.concurrent('G1, R1, R2: a worker is killed while a passkey is judged', { timeout: 150_000 }, () => {
  it.for(passkeyTries.flatMap((one) => one.killedAt.map((killAt) => [killAt, one.said, one] as const)))(
    'at %s of %s: counted once, and the participant hears the result',
    async (told, { onTestFinished }) => {
      const [killAt, said, { answer, effects }] = told
      const scene = await openScene('identity_check', twoKinds('identity_check'))
      const { owner, api, keys, port, ref, of } = scene
      await leaveOneContact(owner, of)
      const { key } = await enrolPasskey(owner, keys, of)
      const workers = startWorkers(scene.world, killAt)
      onTestFinished(workers.end)
      await port.open(scene.input, { requestId: randomUUID() })
      await typeCode(scene)
      await port.answersCompleted(ref, randomUUID())
      await until(async () => (await passkeyCountsOf(scene))?.['tries'] === 0)
      const hands = createPasskeyHands({ api, keys, verifications: port, ref })
      const reply =
        said === 'that it is not at hand'
          ? await hands.send({ kind: 'not_at_hand' })
          : await hands.prove(key, said === 'the right passkey' ? {} : { twist: { isVerified: false } })
      expect(reply).toMatchObject({ value: answer })
      expect(workers.died()).toBe(true)
      expect(await passkeyCountsOf(scene)).toEqual(effects)
      // A try that was refused leaves the page as it is: the same passkey, rightly used, still counts.
      if (!answer.isOver)
        expect(await hands.prove(key)).toMatchObject({ value: { isOver: true, refusal: null } })
      await isAt(scene, 'awaiting_decision')
      // The case is weighed when the passkey is asked for, and once more with the result.
      expect(
        await scene.count('select count(*)::integer as n from scorings where verification_id = $1'),
      ).toBe(2)
      expect(await gapsOf(owner, ref.verificationId)).toEqual([])
    },
  )
})

/** The course of a sign-in at the provider, and the rows that must exist for it, each once. */
const signIns = [
  {
    said: 'of the participant',
    killedAt: around(['acceptProviderSignIn']),
    answer: { isOver: true },
    effects: { tried: 1, otherAccount: 0, givenUp: 0, tries: 0, isProven: true },
  },
  {
    said: 'of somebody else',
    killedAt: ['acceptProviderSignIn:after'],
    answer: { isOver: false, triesLeft: 4 },
    effects: { tried: 0, otherAccount: 1, givenUp: 0, tries: 1, isProven: false },
  },
  {
    said: 'that is not possible now',
    killedAt: ['acceptProviderSignIn:after'],
    answer: { isOver: true },
    effects: { tried: 0, otherAccount: 0, givenUp: 1, tries: 0, isProven: false },
  },
] as const

const signInCountsOf = (scene: Scene) =>
  scene.owner.one<Record<string, unknown>>(
    `select (select count(*)::integer from audit a where a.object_id = q.verification_id::text
          and a.type = 'provider_sign_in.tried') as tried,
       (select count(*)::integer from audit a where a.object_id = q.verification_id::text
          and a.type = 'provider_sign_in.other_account') as "otherAccount",
       (select count(*)::integer from audit a where a.object_id = q.verification_id::text
          and a.type = 'provider_sign_in.given_up') as "givenUp",
       q.tries, q.proven_at is not null as "isProven"
     from provider_sign_ins q where q.verification_id = $1`,
    [scene.ref.verificationId],
  )

describe.concurrent('G1, R1, R2: a worker is killed while a sign-in is judged', { timeout: 150_000 }, () => {
  it.for(signIns.flatMap((one) => one.killedAt.map((killAt) => [killAt, one.said, one] as const)))(
    'at %s %s: counted once, and the participant hears the result',
    async (told, { onTestFinished }) => {
      const [killAt, said, { answer, effects }] = told
      const scene = await openScene('identity_check', withSignIn())
      const { owner, api, keys, port, ref, of } = scene
      const account = await knowAtProvider(owner, of)
      const workers = startWorkers(scene.world, killAt)
      onTestFinished(workers.end)
      await port.open(scene.input, { requestId: randomUUID() })
      await typeCode(scene)
      await port.answersCompleted(ref, randomUUID())
      await until(async () => (await signInCountsOf(scene))?.['tries'] === 0)
      const session = await owner.one<{ id: string }>(
        'select id from portal_sessions where verification_id = $1',
        [ref.verificationId],
      )
      const own = signedIn(session?.id ?? '', account)
      const replies = {
        'of the participant': own,
        'of somebody else': { ...own, account: 'sub-of-a-colleague' },
        'that is not possible now': { kind: 'not_now' },
      }
      const place = { api, keys, verifications: port, ref }
      expect(await sendSignIn(place, replies[said])).toMatchObject({ value: answer })
      expect(workers.died()).toBe(true)
      expect(await signInCountsOf(scene)).toEqual(effects)
      if (!answer.isOver) expect(await sendSignIn(place, own)).toMatchObject({ value: { isOver: true } })
      await isAt(scene, 'awaiting_decision')
      expect(
        await scene.count('select count(*)::integer as n from scorings where verification_id = $1'),
      ).toBe(2)
      expect(await gapsOf(owner, ref.verificationId)).toEqual([])
    },
  )
})

/** The course of a code of a printed sheet, and the rows that must exist for it, each once. */
const typedCodes = [
  {
    said: 'of the own sheet',
    killedAt: around(['acceptRecoveryCode']),
    answer: { isOver: true, isWrong: false },
    effects: { tried: 1, givenUp: 0, tries: 0, isProven: true, used: 1 },
  },
  {
    said: 'of no sheet',
    killedAt: ['acceptRecoveryCode:after'],
    answer: { isOver: false, isWrong: true, triesLeft: 4 },
    effects: { tried: 1, givenUp: 0, tries: 1, isProven: false, used: 0 },
  },
  {
    said: 'that is not at hand',
    killedAt: ['acceptRecoveryCode:after'],
    answer: { isOver: true, isWrong: false },
    effects: { tried: 0, givenUp: 1, tries: 0, isProven: false, used: 0 },
  },
] as const

const typedCountsOf = (scene: Scene) =>
  scene.owner.one<Record<string, unknown>>(
    `select (select count(*)::integer from audit a where a.object_id = q.verification_id::text
          and a.type = 'recovery_code.tried') as tried,
       (select count(*)::integer from audit a where a.object_id = q.verification_id::text
          and a.type = 'recovery_code.given_up') as "givenUp",
       (select count(*)::integer from recovery_codes c where c.person_id = q.person_id and c.used_at is not null) as used,
       q.tries, q.proven_at is not null as "isProven"
     from recovery_code_requests q where q.verification_id = $1`,
    [scene.ref.verificationId],
  )

describe.concurrent(
  'G1, R1, R2: a worker is killed while a code of a sheet is judged',
  { timeout: 150_000 },
  () => {
    it.for(typedCodes.flatMap((one) => one.killedAt.map((killAt) => [killAt, one.said, one] as const)))(
      'at %s %s: counted once, and the participant hears the result',
      async (told, { onTestFinished }) => {
        const [killAt, said, { answer, effects }] = told
        const scene = await openScene('identity_check', withSheets)
        const { owner, api, keys, port, ref, of } = scene
        await leaveOneContact(owner, of)
        const { codes } = await printSheet({ owner, api, keys, of })
        const workers = startWorkers(scene.world, killAt)
        onTestFinished(workers.end)
        await port.open(scene.input, { requestId: randomUUID() })
        await typeCode(scene)
        await port.answersCompleted(ref, randomUUID())
        await until(async () => (await typedCountsOf(scene))?.['tries'] === 0)
        const code = said === 'of the own sheet' ? (codes[0] ?? '') : '34679-34679-34679'
        const typed =
          said === 'that is not at hand'
            ? ({ kind: 'not_at_hand' } as const)
            : ({ kind: 'code', code } as const)
        expect(await sendCode({ api, keys, verifications: port, ref }, typed)).toMatchObject({
          value: answer,
        })
        expect(workers.died()).toBe(true)
        expect(await typedCountsOf(scene)).toEqual(effects)
        if (answer.isOver) await isAt(scene, 'awaiting_decision')
        expect(await gapsOf(owner, ref.verificationId)).toEqual([])
      },
    )
  },
)
