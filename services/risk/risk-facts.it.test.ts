import { describe, expect, it } from 'vitest'
import { probe } from '#domain/risk/testing/facts.ts'
import { deviceKeyDigest } from '#platform/crypto/device-proof.ts'
import { deleteOldData } from '../housekeeping/housekeeping.ts'
import { rememberDevice } from './check-rows.ts'
import { addSighting, countColleagues } from './sightings.ts'
import { insertRow, makePerson } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { addressDigests, deviceDigests, traitDigests } from './sighting-facts.ts'
import {
  ago,
  day,
  home,
  hour,
  japan,
  keys,
  minute,
  passed,
  resultOf,
  useRiskScene,
} from '#platform/testing/risk-scene.ts'

const scene = useRiskScene()

describe('people on one address', () => {
  it('are counted once each, within a day, and only in the own organisation', async () => {
    const address = '86.128.7.7'
    const first = await scene.visit({ address })
    await scene.visit({ address }, first.person)
    expect((await scene.factsOf(first)).network.velocity).toEqual({ participants24h: 1, linksOpened1h: 2 })
    const second = await scene.visit({ address })
    await scene.visit({ address: '86.128.7.8' })
    await scene.visit({ address, tenant: await scene.organisation() })
    const facts = await scene.factsOf(second)
    expect(facts.network.velocity).toEqual({ participants24h: 2, linksOpened1h: 3 })
    expect(resultOf(facts, 'NET_IP_VELOCITY')).toMatchObject({ status: 'flag', weight: -3 })
    await scene.owner.run(
      `update sightings set at = now() - interval '25 hours' where verification_id = $1`,
      [first.verificationId],
    )
    expect((await scene.factsOf(second)).network.velocity).toEqual({ participants24h: 2, linksOpened1h: 2 })
  })

  it('leave no row of their own for each request, and the device is added when it is known', async () => {
    const seen = await scene.visit()
    const digests = addressDigests(keys.api, scene.tenantId, home)
    const again = (deviceDigest: Buffer | null) =>
      inTenant(scene.api, scene.tenantId, (tx) =>
        addSighting(tx, {
          verificationId: seen.verificationId,
          portalSessionId: seen.sessionId,
          addressDigest: digests?.address ?? Buffer.alloc(0),
          networkDigest: digests?.network ?? Buffer.alloc(0),
          deviceDigest,
          networkClass: null,
          asn: null,
          country: null,
        }),
      )
    await again(Buffer.from('device'))
    await again(Buffer.from('another'))
    await again(null)
    expect(
      await scene.owner.query(
        'select device_digest as digest, asn from sightings where verification_id = $1',
        [seen.verificationId],
      ),
    ).toEqual([{ digest: Buffer.from('device'), asn: 2856 }])
  })

  it('M6: are forgotten after thirty days', async () => {
    const old = await scene.visit()
    await scene.owner.run(`update sightings set at = now() - interval '31 days' where verification_id = $1`, [
      old.verificationId,
    ])
    expect(await inTenant(scene.worker, scene.tenantId, deleteOldData)).toBeGreaterThanOrEqual(1)
    expect(
      await scene.owner.query('select from sightings where verification_id = $1', [old.verificationId]),
    ).toEqual([])
  })
})

describe('networks that a person is known in', () => {
  const known = (person: { id: string }, asn: number, times: number, at = ago(day)) =>
    insertRow(scene.owner, 'facts', {
      ...{ tenant_id: scene.tenantId, person_id: person.id, family: 'network', source: 'sign_ins' },
      ...{ value: JSON.stringify({ asn, country: 'GB', times }), valid_from: at },
    })
  const statusOf = async (case_: Awaited<ReturnType<typeof scene.visit>>) =>
    resultOf(await scene.factsOf(case_), 'NET_NEW_ASN')?.status

  it('are none in a new installation, which asks nobody for more because of it', async () => {
    const case_ = await scene.visit()
    expect((await scene.factsOf(case_)).network.history).toBeNull()
    expect(await statusOf(case_)).toBe('unknown')
  })

  it('are those of a file of sign-ins: one of them is known at once, and another is new', async () => {
    const home_ = await scene.visit()
    await known(home_.person, 2856, 12)
    expect((await scene.factsOf(home_)).network.history).toEqual({
      ...{ events: 12, countries: [{ country: 'GB', count: 12 }], asns: [{ asn: 2856, count: 12 }] },
    })
    expect(await statusOf(home_)).toBe('pass')
    const away = await scene.visit()
    await known(away.person, 3215, 12)
    expect(await statusOf(away)).toBe('flag')
    // Too few to say that anything is new, and too long ago.
    const few = await scene.visit()
    await known(few.person, 3215, 4)
    await known(few.person, 5607, 9, ago(181 * day))
    expect(await statusOf(few)).toBe('unknown')
  })

  it('are those of earlier cases that passed, not of others, nor of this one', async () => {
    const first = await scene.visit({ verification: passed })
    const { person } = first
    await known(person, 3215, 12)
    const second = await scene.visit({}, person)
    expect(await statusOf(second)).toBe('pass')
    await scene.owner.run(`update verifications set outcome = 'failed' where id = $1`, [first.verificationId])
    expect(await statusOf(second)).toBe('flag')
  })
})

describe('a journey', () => {
  it('begins at the newest sign-in, and nobody makes it to Japan in an hour', async () => {
    const case_ = await scene.visit({ address: japan })
    await scene.signIn(case_.person, { country: 'FR', asn: 3215, at: ago(3 * hour) })
    await scene.signIn(case_.person, { country: 'GB', asn: 2856 })
    await scene.signIn(case_.person, { country: 'JP', asn: 4713, at: ago(minute), succeeded: false })
    const facts = await scene.factsOf(case_)
    expect(facts.network.lastTrusted).toMatchObject({ label: 'GB', class: null, colleagues30d: 0 })
    expect(facts.network.place).toMatchObject({ label: 'JP' })
    expect(resultOf(facts, 'NET_IMPOSSIBLE_TRAVEL')).toMatchObject({ status: 'flag', weight: -8 })
  })

  it('begins at an earlier case that passed, not at one that failed, nor at this one', async () => {
    const first = await scene.visit({ verification: passed })
    const second = await scene.visit({ address: japan }, first.person)
    expect((await scene.factsOf(second)).network.lastTrusted).toMatchObject({ label: 'GB' })
    await scene.owner.run(`update verifications set outcome = 'failed' where id = $1`, [first.verificationId])
    const facts = await scene.factsOf(second)
    expect(facts.network.lastTrusted).toBeNull()
    expect(resultOf(facts, 'NET_IMPOSSIBLE_TRAVEL')?.status).toBe('not_applicable')
  })

  it('is none from where colleagues of other countries come from: that is a gateway of the company', async () => {
    const case_ = await scene.visit({ address: japan })
    await scene.signIn(case_.person, { country: 'US', asn: 64_500 })
    for (const country of ['GB', 'DE', 'US', 'FR']) {
      const colleague = await makePerson(scene.owner, scene.tenantId, { country })
      await scene.signIn(colleague, { country: 'US', asn: 64_500, at: ago(9 * day) })
    }
    const facts = await scene.factsOf(case_)
    expect(facts.network.lastTrusted?.colleagues30d).toBe(3)
    expect(resultOf(facts, 'NET_IMPOSSIBLE_TRAVEL')?.status).toBe('info')
    const count = (country: string) =>
      inTenant(scene.api, scene.tenantId, (tx) =>
        countColleagues(tx, case_.person.id, { asn: 64_500, country, networkDigest: null }),
      )
    expect([await count('US'), await count('GB')]).toEqual([3, 0])
  })
})

describe('a known device', () => {
  it('is known by its cookie where the case of that session passed and was of this person', async () => {
    const before = await scene.visit({ verification: passed })
    const cookie = { sessionId: before.sessionId }
    const mine = await scene.factsOf(await scene.visit({ deviceCookie: cookie }, before.person))
    expect(mine.endpoint.device.cookie).toMatchObject({ state: 'known' })
    const other = await scene.factsOf(await scene.visit({ deviceCookie: cookie }))
    expect(other.endpoint.device.cookie).toEqual({ state: 'foreign' })
    const failed = await scene.visit({
      verification: { state: 'closed', outcome: 'failed', closed_at: ago(minute) },
    })
    const again = await scene.factsOf(
      await scene.visit({ deviceCookie: { sessionId: failed.sessionId } }, failed.person),
    )
    expect(again.endpoint.device.cookie).toEqual({ state: 'foreign' })
    expect((await scene.factsOf(await scene.visit())).endpoint.device.cookie).toEqual({ state: 'absent' })
  })

  it('is known in full with the machine and the country that its key was seen with, and each of them adds up', async () => {
    const key = Buffer.from('a key').toString('base64url')
    const beacon = probe({ device: { publicKey: key, signature: 'not looked at here' } })
    const first = await scene.visit({ beacon })
    const places = { home: { asn: 2856, country: 'GB' }, japan: { asn: 4713, country: 'JP' } }
    const remember = (report: typeof beacon, place: keyof typeof places) =>
      inTenant(scene.worker, scene.tenantId, (tx) => {
        const { parts, whole } = deviceDigests(keys.worker, scene.tenantId, report)
        const traits = traitDigests(keys.worker, scene.tenantId, parts, 'Firefox', places[place])
        const keyDigest = deviceKeyDigest(key)
        return rememberDevice(tx, first.person.id, {
          keyDigest,
          parts,
          partsDigest: whole,
          traits,
          languages: [],
        })
      })
    const driftOf = async (given: Parameters<typeof scene.visit>[0]) =>
      (await scene.factsOf(await scene.visit(given, first.person))).endpoint.device.known?.drift
    expect(await driftOf({ beacon })).toBeUndefined()
    await remember(beacon, 'home')
    const docked = { ...beacon, screen: { ...beacon.screen, width: 3840, height: 2160 } }
    expect(await driftOf({ beacon })).toEqual([])
    expect(await driftOf({ beacon: docked })).toEqual(['screen'])
    expect(await driftOf({ beacon: { ...docked, graphics: null }, address: japan })).toEqual([
      ...['screen', 'graphics', 'network'],
    ])
    await remember(docked, 'japan')
    expect(await driftOf({ beacon, address: japan })).toEqual([])
    expect(await driftOf({ beacon: docked })).toEqual([])
    await scene.owner.run(`update devices set seen = '{}' where person_id = $1`, [first.person.id])
    // Known for longer than this is remembered: the newest screen and graphics are on file.
    expect(await driftOf({ beacon, address: japan })).toEqual(['screen'])
  })

  it('is copied where another case was in another country with its key within minutes', async () => {
    const device = { publicKey: 'A'.repeat(87), signature: 'not looked at here' }
    const beacon = probe({ device })
    const hold = ({ sessionId }: { readonly sessionId: string }) =>
      scene.owner.run('update portal_sessions set device_key = $2 where id = $1', [
        sessionId,
        device.publicKey,
      ])
    const here = await scene.visit({ beacon })
    await hold(here)
    expect((await scene.factsOf(here)).endpoint.device.elsewhere).toEqual([])
    const there = await scene.visit({ beacon, address: japan })
    await scene.visit({ beacon, address: japan })
    await hold(there)
    const facts = await scene.factsOf(here)
    expect(facts.endpoint.device.elsewhere).toMatchObject([{ asn: 4713, country: 'JP', class: null }])
    expect(resultOf(facts, 'END_COPIED_KEY')).toMatchObject({ status: 'flag', weight: -10 })
    await scene.owner.run(
      `update probe_facts set received_at = now() - interval '61 minutes' where verification_id = $1`,
      [there.verificationId],
    )
    expect((await scene.factsOf(here)).endpoint.device.elsewhere).toEqual([])
    expect((await scene.factsOf(await scene.visit())).endpoint.device).not.toHaveProperty('elsewhere')
  })

  it('is alike in its parts, and like everybody’s where others have the same', async () => {
    const beacon = probe({ device: null })
    const { parts, whole } = deviceDigests(keys.worker, scene.tenantId, beacon)
    const remember = (personId: string, key: string) =>
      inTenant(scene.worker, scene.tenantId, (tx) =>
        rememberDevice(tx, personId, {
          keyDigest: Buffer.from(key),
          parts,
          partsDigest: whole,
          traits: traitDigests(keys.worker, scene.tenantId, parts, null, null),
          languages: [],
        }),
      )
    const case_ = await scene.visit({ beacon: { ...beacon, fonts: ['Arial'] } })
    expect((await scene.factsOf(case_)).endpoint.device.similar).toBeNull()
    await remember(case_.person.id, 'one')
    const { similar } = (await scene.factsOf(case_)).endpoint.device
    expect(similar?.share).toBeGreaterThanOrEqual(0.9)
    expect(similar).toMatchObject({ othersAlike: 0 })
    expect(similar?.matched).not.toContain('fonts')
    await remember((await makePerson(scene.owner, scene.tenantId)).id, 'two')
    expect((await scene.factsOf(case_)).endpoint.device.similar?.othersAlike).toBe(1)
  })
})
