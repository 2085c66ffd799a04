/** The cases of which a person's device and way of entering are remembered, and those of which they are not (PER_HABIT). */
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import { input, probe, windowsChrome } from '#domain/risk/testing/facts.ts'
import { openHabits } from '#services/risk/habits.ts'
import { sealProbe, type StoredRequest } from '#platform/crypto/case-inputs.ts'
import { createDeviceKey } from '#platform/crypto/device-key.ts'
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

/** Nobody is asked for a second kind because their device and network are new. */
const knownPlaces = (policy: Policy): Policy => {
  const { password_reset: rules } = policy.rules
  const standard = { ...rules.standard, twoKindsWhenNew: false }
  return { ...policy, rules: { ...policy.rules, password_reset: { ...rules, standard } } }
}

/** The page reports how the code was typed. */
const played = async (policy: (policy: Policy) => Policy, accessibility = false): Promise<Play> => {
  const play = await openPlay(world, {}, { policy: (before) => knownPlaces(policy(before)) })
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
    input: input({ rhythm, accessibility, mouse: { presses: 2, centred: 0 } }),
  }
  await insertRow(world.database.owner, 'probe_facts', {
    ...{ tenant_id: tenantId, id, verification_id: verificationId, portal_session_id: await play.session() },
    ...{ kind: 'request', step: 'match_code', nonce_ok: true },
    report_sealed: sealProbe(world.keys.api, tenantId, id, report),
  })
  await reportDevice(play)
  return play
}

/** The page's report proves the key of its device. */
const reportDevice = async (play: Play): Promise<void> => {
  const { tenantId, verificationId } = play.ref
  const id = randomUUID()
  const { origin } = probe()
  const nonce = String((await play.row('portal_sessions'))['probe_nonce'])
  const report = probe({ nonce, clockMs: Date.now(), device: createDeviceKey().report(nonce, origin) })
  // In the place of the one that every story sends, since a nonce is good for one.
  await world.database.owner.run(
    `delete from probe_facts where verification_id = $1 and kind = 'collector'`,
    [verificationId],
  )
  await insertRow(world.database.owner, 'probe_facts', {
    ...{ tenant_id: tenantId, id, verification_id: verificationId, portal_session_id: await play.session() },
    ...{ kind: 'collector', step: 'checks', nonce_ok: true },
    report_sealed: sealProbe(world.keys.api, tenantId, id, report),
  })
}

const devicesOf = ({ rows }: Play) =>
  rows(
    `select d.seen_count from devices d join verifications v on v.tenant_id = d.tenant_id and v.person_id = d.person_id
     where v.id = $1`,
  )
const once = [{ seen_count: 1 }]

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
  expect(await devicesOf(play)).toEqual(once)
})

it('a case that the policy approves by itself is remembered', async () => {
  const play = await played(auto)
  await world.verifications.answersCompleted(play.ref, randomUUID())
  await play.acts('granted')
  expect(await habitsOf(play)).toEqual([expect.objectContaining(expected)])
  expect(await devicesOf(play)).toEqual(once)
})

it('a case that is refused, as that of somebody with a stolen session, is not', async () => {
  const play = await played(plainPolicy)
  await play.complete()
  await play.decide('refused')
  await play.reaches('closed')
  expect(await play.row()).toMatchObject({ outcome: 'failed' })
  expect([await habitsOf(play), await devicesOf(play)]).toEqual([[], []])
})

it('a case of somebody who uses an aid is not', async () => {
  const play = await played(plainPolicy, true)
  await play.complete()
  await play.decide()
  await play.reaches('closed')
  expect(await habitsOf(play)).toEqual([])
})
