/** Devices and networks that an organisation could name, from what was seen in its cases. */
import type { Tx } from '#platform/database/transaction.ts'
import type { FactDeps } from '#platform/facts/fact-deps.ts'
import { householdRange } from '#platform/network-data/address.ts'
import { readProbes } from './risk-facts-portal.ts'
import { addressDigests } from './sighting-facts.ts'

/** Proposals at most. */
const most = 20

/** Device keys with which several people passed within 30 days, the busiest first; `value`: the key's id. */
export const readSharedDevices = (tx: Tx): Promise<{ value: string; people: number }[]> =>
  tx.query(
    `select encode(substring(key_digest for 8), 'hex') as value, count(*)::integer as people from devices
     where tenant_id = $1 and last_seen_at > now() - interval '30 days'
     group by key_digest having count(*) > 1 order by people desc, value limit $2`,
    [tx.tenantId, most],
  )

/** Different people with a device of theirs that was known before, who make an address look like an office. */
export const fewestOfOffice = 5

/** An address with the number of its people, and the newest of their cases. */
type BusyAddress = { readonly digest: Buffer; readonly people: number; readonly verificationId: string }

/*
 * Networks of a class that is never an office (carriers, data centres, VPN) are left out: many people on one of their addresses
 * are neighbours by chance. A device counts if it was known before the case began.
 */
const busyAddresses = (tx: Tx): Promise<BusyAddress[]> =>
  tx.named<BusyAddress>(
    'read_busy_addresses',
    `with busy as (
       select address_digest from sightings
       where tenant_id = $1 and at > now() - interval '30 days' and coalesce(network_class, 'isp') = 'isp'
       group by address_digest having count(distinct person_id) >= $2)
     select s.address_digest as digest, count(distinct s.person_id)::integer as people,
       (array_agg(s.verification_id order by s.at desc))[1] as "verificationId"
     from busy b
     join sightings s on s.tenant_id = $1 and s.address_digest = b.address_digest and s.at > now() - interval '30 days'
     join verifications v on v.tenant_id = $1 and v.id = s.verification_id and v.outcome = 'passed'
     where exists (
       select from portal_sessions p join devices d on d.tenant_id = $1 and d.person_id = s.person_id
         and d.key_digest = sha256(decode(translate(p.device_key, '-_', '+/') || '=', 'base64'))
       where p.tenant_id = $1 and p.verification_id = v.id and d.first_seen_at < v.created_at)
     group by 1 having count(distinct s.person_id) >= $2
     order by people desc, digest limit $3`,
    [tx.tenantId, fewestOfOffice, most],
  )

/**
 * Addresses from which people with known devices passed within 30 days, the busiest first; `value`: a range. Sightings hold
 * digests only, so that the address itself comes from the sealed request of a case.
 */
export const readLikelyOffices = async (
  deps: FactDeps,
  tx: Tx,
): Promise<{ value: string; people: number }[]> => {
  const offices: { value: string; people: number }[] = []
  for (const { digest, people, verificationId } of await busyAddresses(tx)) {
    const { requests } = await readProbes(deps, tx, verificationId)
    const address = requests
      .map(({ report }) => report.client.address)
      .find((text) => addressDigests(deps.keys, tx.tenantId, text)?.address.equals(digest) === true)
    const value = address == null ? null : householdRange(address)
    if (value !== null) offices.push({ value, people })
  }
  return offices
}
