import { describe, expect, it } from 'vitest'
import { probe } from '#domain/risk/testing/facts.ts'
import { createDeviceKey } from '#platform/crypto/device-key.ts'
import { deviceKeyDigest } from '#platform/crypto/device-proof.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { home, resultOf, useRiskScene } from '#platform/testing/risk-scene.ts'
import { deviceKeyId, type PlaceSettings } from '../tenants/places.ts'
import { rememberDevice } from './check-rows.ts'

const scene = useRiskScene()

const organisationWith = async (settings: PlaceSettings): Promise<string> => {
  const tenant = await scene.organisation()
  await scene.owner.run('update tenants set settings = $2 where id = $1', [tenant, JSON.stringify(settings)])
  return tenant
}

describe('a named gateway', () => {
  const at = async (gateways: PlaceSettings['gateways'], address = home) => {
    const tenant = await organisationWith(gateways === undefined ? {} : { gateways })
    return scene.factsOf(await scene.visit({ tenant, address }), tenant)
  }

  it('is named by the check of gateways when a case comes through it, and makes the place unreliable', async () => {
    const facts = await at([
      { cidr: '198.51.100.0/24', label: 'Elsewhere' },
      { cidr: '86.128.0.0/16', label: 'VPN pool' },
    ])
    expect(resultOf(facts, 'NET_GATEWAY')).toMatchObject({
      status: 'info',
      text: { slots: { label: 'VPN pool' } },
    })
    expect(facts.network.egress).toEqual({ configured: false, label: null })
  })

  it('is none for an address beside it, and where nothing is set', async () => {
    const beside = await at([{ cidr: '86.128.0.2/32', label: 'VPN pool' }])
    expect(resultOf(beside, 'NET_GATEWAY')?.status).toBe('pass')
    expect(resultOf(await at([{ cidr: '2001:db8::/32', label: 'VPN pool' }]), 'NET_GATEWAY')?.status).toBe(
      'pass',
    )
    expect(resultOf(await at(undefined), 'NET_GATEWAY')?.status).toBe('pass')
  })
})

describe('a device that is marked as shared', () => {
  const key = createDeviceKey()
  const digest = deviceKeyDigest(key.publicKey)
  const plain = probe()
  const signed = probe({ device: key.report(plain.nonce, plain.origin) })
  const unsigned = probe({ device: { publicKey: key.publicKey, signature: 'AAAA' } })

  const statusIn = async (settings: PlaceSettings, beacon = signed) => {
    const tenant = await organisationWith(settings)
    const other = await scene.visit({ tenant, beacon })
    const traits = { screen: null, graphics: null, browser: null, asn: null, country: null }
    const known = { keyDigest: digest, parts: {}, partsDigest: Buffer.from('parts'), languages: [], traits }
    await inTenant(scene.worker, tenant, (tx) => rememberDevice(tx, other.person.id, known))
    const facts = await scene.factsOf(await scene.visit({ tenant, beacon }), tenant)
    return resultOf(facts, 'END_SHARED_DEVICE')?.status
  }
  const desk = { keyId: deviceKeyId(digest), label: 'Front desk' }

  it('asks for nothing, though several people use it', async () => {
    expect(await statusIn({ sharedDevices: [desk] })).toBe('not_applicable')
  })

  it('is another one, or none: then the people on it count', async () => {
    expect(await statusIn({})).toBe('flag')
    expect(await statusIn({ sharedDevices: [{ ...desk, keyId: '0123456789abcdef' }] })).toBe('flag')
  })

  it('is none for a page that names its key without its signature', async () => {
    expect(await statusIn({ sharedDevices: [desk] }, unsigned)).toBe('unknown')
  })
})
