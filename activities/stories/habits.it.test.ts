/** The case in which a person's way of entering is remembered, and those in which it is not (PER_HABIT). */
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import { input, windowsChrome } from '#domain/risk/testing/facts.ts'
import { openHabits } from '#services/risk/habits.ts'
import { sealProbe, type StoredRequest } from '#platform/crypto/case-inputs.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import { openPlay, plainPolicy } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'

const world = useTestWorld()

type Play = Awaited<ReturnType<typeof openPlay>>

const auto = (policy: Policy): Policy => {
  const plain = plainPolicy(policy)
  const { password_reset: rules } = plain.rules
  const standard = { ...rules.standard, deciders: 'auto' as const }
  return { ...plain, rules: { ...plain.rules, password_reset: { ...rules, standard } } }
}

/** The page reports how the code was typed. */
const played = async (policy: (policy: Policy) => Policy, accessibility = false): Promise<Play> => {
  const play = await openPlay(world, {}, { policy })
  await play.typeCode()
  const { tenantId, verificationId } = play.ref
  const id = randomUUID()
  const rhythm = { keys: 6, intervalMs: 250, intervalSdMs: 100, dwellMs: 95, dwellSdMs: 20 }
  const report: StoredRequest = {
    client: { address: '86.128.0.1', hops: 1, problem: null },
    request: { httpVersion: '1.1', isSecureContext: true, headerNames: [] },
    userAgent: windowsChrome,
    hints: null,
    acceptLanguage: ['en'],
    deviceCookie: null,
    input: input({ rhythm, accessibility }),
  }
  await insertRow(world.database.owner, 'probe_facts', {
    ...{ tenant_id: tenantId, id, verification_id: verificationId, portal_session_id: await play.session() },
    ...{ kind: 'request', step: 'match_code', nonce_ok: true },
    report_sealed: sealProbe(world.keys.api, tenantId, id, report),
  })
  return play
}

const habitsOf = async ({ ref, of, rows }: Play) => {
  const found = await rows(
    `select verification_id as "verificationId", encode(summary_sealed, 'base64') as sealed from habits
     where verification_id = $1`,
  )
  return openHabits(
    world.keys.api,
    ref.tenantId,
    of.person.id,
    found as { verificationId: string; sealed: string }[],
  )
}

const expected = { device: 'computer', interval: 5.52, dwell: 4.55, pace: null, pasted: 0, mouse: 1 }

it('a case that staff approve is remembered', async () => {
  const play = await played(plainPolicy)
  await play.complete()
  await play.decide()
  await play.reaches('closed')
  expect(await habitsOf(play)).toEqual([expect.objectContaining(expected)])
})

it('a case that the policy approves by itself is remembered', async () => {
  const play = await played(auto)
  await world.verifications.answersCompleted(play.ref, randomUUID())
  await play.acts('granted')
  expect(await habitsOf(play)).toEqual([expect.objectContaining(expected)])
})

it('a case that is refused, as that of somebody with a stolen session, is not', async () => {
  const play = await played(plainPolicy)
  await play.complete()
  await play.decide('refused')
  await play.reaches('closed')
  expect(await play.row()).toMatchObject({ outcome: 'failed' })
  expect(await habitsOf(play)).toEqual([])
})

it('a case of somebody who uses an aid is not', async () => {
  const play = await played(plainPolicy, true)
  await play.complete()
  await play.decide()
  await play.reaches('closed')
  expect(await habitsOf(play)).toEqual([])
})
