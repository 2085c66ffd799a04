import { describe, expect, it } from 'vitest'
import { createDeviceKey } from '#platform/crypto/device-key.ts'
import { deviceKeyDigest } from '#platform/crypto/device-proof.ts'
import { insertRow, makePerson } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { createFactTools } from '#platform/facts/fact-tools.ts'
import { ago, day, keys, minute, passed, useRiskScene } from '#platform/testing/risk-scene.ts'
import { readLikelyOffices } from './learned-places.ts'

const scene = useRiskScene()
const deps = { keys: keys.api, factTools: createFactTools(null) }
const failed = { state: 'closed', outcome: 'failed', closed_at: ago(minute) }

const officesOf = (tenant: string) => inTenant(scene.api, tenant, (tx) => readLikelyOffices(deps, tx))

type Coming = {
  readonly verification?: typeof passed
  readonly isKnown?: boolean
  readonly person?: { tenant_id: string; id: string }
}

/** A case of a person with a device that was known a while ago, or is new. */
const comeFrom = async (
  tenant: string,
  address: string,
  { verification = passed, isKnown = true, person }: Coming = {},
) => {
  const key = createDeviceKey()
  const who = person ?? (await makePerson(scene.owner, tenant))
  await insertRow(scene.owner, 'devices', {
    tenant_id: tenant,
    person_id: who.id,
    key_digest: deviceKeyDigest(key.publicKey),
    first_seen_at: isKnown ? ago(9 * day) : new Date(Date.now() + minute),
  })
  const { sessionId } = await scene.visit({ tenant, address, verification }, who)
  await scene.owner.run('update portal_sessions set device_key = $2 where id = $1', [
    sessionId,
    key.publicKey,
  ])
  return who
}

const times = async (n: number, work: () => Promise<unknown>) => {
  for (let i = 0; i < n; i += 1) await work()
}

describe('an address that could be an office', () => {
  const address = '86.128.40.7'

  it('is one from which five people with known devices passed, as a range of that address', async () => {
    const tenant = await scene.organisation()
    await times(4, () => comeFrom(tenant, address))
    expect(await officesOf(tenant)).toEqual([])
    await comeFrom(tenant, address)
    await comeFrom(tenant, '86.128.40.8')
    expect(await officesOf(tenant)).toEqual([{ value: '86.128.40.7/32', people: 5 }])
    await times(6, () => comeFrom(tenant, '2a02:8070:1:2:3::4'))
    expect(await officesOf(tenant)).toEqual([
      { value: '2a02:8070:1:2::/64', people: 6 },
      { value: '86.128.40.7/32', people: 5 },
    ])
    expect(await officesOf(await scene.organisation())).toEqual([])
  })

  it('counts no person twice, no case that failed, no new device and nothing older than 30 days', async () => {
    const tenant = await scene.organisation()
    await times(4, () => comeFrom(tenant, address))
    const person = await comeFrom(tenant, address, { verification: failed })
    await comeFrom(tenant, address, { isKnown: false })
    expect(await officesOf(tenant)).toEqual([])
    await comeFrom(tenant, address, { person })
    await comeFrom(tenant, address, { person })
    expect(await officesOf(tenant)).toEqual([{ value: '86.128.40.7/32', people: 5 }])
    await scene.owner.run(`update sightings set at = now() - interval '31 days' where person_id = $1`, [
      person.id,
    ])
    expect(await officesOf(tenant)).toEqual([])
  })

  it('is none in a network that is never an office', async () => {
    const tenant = await scene.organisation()
    await times(5, () => comeFrom(tenant, address))
    const classed = (name: string | null) =>
      scene.owner.run('update sightings set network_class = $2 where tenant_id = $1', [tenant, name])
    for (const name of ['mobile', 'hosting', 'vpn', 'tor']) {
      await classed(name)
      expect(await officesOf(tenant), name).toEqual([])
    }
    await classed('isp')
    expect(await officesOf(tenant)).toHaveLength(1)
  })
})
