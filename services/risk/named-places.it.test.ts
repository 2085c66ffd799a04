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

describe('a named mobile network', () => {
  it('is one, whatever our data say of it; no other is', async () => {
    const classIn = async (settings: PlaceSettings) => {
      const tenant = await organisationWith(settings)
      const { network } = await scene.factsOf(await scene.visit({ tenant }), tenant)
      return network.ip
    }
    const plain = await classIn({})
    const asn = plain?.asn ?? 0
    expect(plain?.class).not.toBe('mobile')
    expect(await classIn({ carriers: [{ asn, label: 'Meridian' }] })).toEqual({ ...plain, class: 'mobile' })
    expect(await classIn({ carriers: [{ asn: asn + 1, label: 'Meridian' }] })).toEqual(plain)
  })
})

describe('a shift', () => {
  it('holds the hours of its department, in the time zone of the person', async () => {
    const shiftIn = async (department: string, hours: string) => {
      const tenant = await organisationWith({ shifts: [{ department: 'Warehousing', hours }] })
      const visit = await scene.visit({ tenant, person: { department, time_zone: 'Asia/Tokyo' } })
      const at = new Date().toISOString()
      for (let n = 0; n < 20; n += 1)
        await scene.signIn(visit.person, { tenant_id: tenant, at, local_hour: 12 })
      const facts = await scene.factsOf(visit, tenant)
      return { isOnShift: facts.persona.hours?.isOnShift, hour: facts.persona.hours?.hour ?? 0 }
    }
    const { hour } = await shiftIn('Warehousing', '00-24')
    expect(hour).toBe((new Date().getUTCHours() + 9) % 24)
    const two = (of: number) => String((of + 24) % 24).padStart(2, '0')
    // Far from the edges of the hour: the test may run across one.
    const [now, other] = [`${two(hour - 2)}-${two(hour + 3)}`, `${two(hour + 4)}-${two(hour + 8)}`]
    expect((await shiftIn('Warehousing', now)).isOnShift).toBe(true)
    expect((await shiftIn('Warehousing', other)).isOnShift).toBe(false)
    expect((await shiftIn('Sales', now)).isOnShift).toBeNull()
  })
})
