/** Where cases came from: one row for each case and address, as keyed digests (NET_IP_VELOCITY). */
import type { Tx } from '#platform/database/transaction.ts'

/** Days that a sighting and the raw facts that it was made from are kept; the portal says so (M6). */
export const rawDataDays = 30

/** A request of a portal session, as it is remembered. */
export type NewSighting = {
  readonly verificationId: string
  readonly portalSessionId: string
  readonly addressDigest: Buffer
  readonly networkDigest: Buffer
  /** null: no beacon yet */
  readonly deviceDigest: Buffer | null
  readonly asn: number | null
  readonly country: string | null
  readonly networkClass: string | null
}

/** Remembers an address of a case once; the device is added when its beacon comes. */
export const addSighting = async (tx: Tx, sighting: NewSighting): Promise<void> => {
  await tx.named(
    'add_sighting',
    `insert into sightings (tenant_id, verification_id, person_id, address_digest, network_digest, device_digest, asn,
       country, network_class)
     select $1, $2, person_id, $4, $5, $6, $7, $8, $9 from portal_sessions where tenant_id = $1 and id = $3
     on conflict (tenant_id, verification_id, address_digest) do update set device_digest = excluded.device_digest
     where sightings.device_digest is null and excluded.device_digest is not null`,
    [
      tx.tenantId,
      sighting.verificationId,
      sighting.portalSessionId,
      sighting.addressDigest,
      sighting.networkDigest,
      sighting.deviceDigest,
      sighting.asn,
      sighting.country,
      sighting.networkClass,
    ],
  )
}

/** Counts the people who were verified from an address in 24 h, and the cases that began there in the last hour. */
export const countOnAddress = async (
  tx: Tx,
  addressDigest: Buffer,
): Promise<{ participants24h: number; linksOpened1h: number }> => {
  const row = await tx.one<{ participants24h: number; linksOpened1h: number }>(
    `select count(distinct person_id) as "participants24h",
       count(distinct verification_id) filter (where at > now() - interval '1 hour') as "linksOpened1h"
     from sightings where tenant_id = $1 and address_digest = $2 and at > now() - interval '24 hours'`,
    [tx.tenantId, addressDigest],
  )
  return row ?? { participants24h: 0, linksOpened1h: 0 }
}

/** Where a person provably was: a sign-in of the directory, or an earlier case that passed. */
export type TrustedSighting = {
  readonly at: Date
  readonly country: string
  readonly asn: number | null
  /** null for a sign-in: the directory tells a network, not an address */
  readonly networkClass: string | null
  readonly networkDigest: Buffer | null
}

/** The newest trusted place of 24 h, other than this case's own. */
export const readLastTrusted = (
  tx: Tx,
  personId: string,
  verificationId: string,
): Promise<TrustedSighting | undefined> =>
  tx.one<TrustedSighting>(
    `select at, country, asn, class as "networkClass", network as "networkDigest" from (
       select at, country, asn::bigint as asn, null::text as class, null::bytea as network from sign_ins
       where tenant_id = $1 and person_id = $2 and succeeded and country is not null and at > now() - interval '24 hours'
       union all
       select s.at, s.country, s.asn, s.network_class, s.network_digest
       from sightings s join verifications v on v.tenant_id = s.tenant_id and v.id = s.verification_id
       where s.tenant_id = $1 and s.person_id = $2 and s.verification_id <> $3 and s.country is not null
         and s.at > now() - interval '24 hours' and v.outcome = 'passed') as places
     order by at desc limit 1`,
    [tx.tenantId, personId, verificationId],
  )

/** One end of a journey. */
export type End = {
  readonly country: string
  readonly asn: number | null
  readonly networkDigest: Buffer | null
}

/**
 * Other people seen at a place in 30 days, three at most, which is enough to make it a place of the company. At an address
 * range all of them count; of a whole network only those who work in another country, since most of a country's people
 * share its few access networks.
 */
export const countColleagues = async (tx: Tx, personId: string, end: End): Promise<number> => {
  const row = await tx.one<{ people: number }>(
    `select count(*) as people from (
       select person_id from (
         (select s.person_id from sign_ins s join people p on p.tenant_id = s.tenant_id and p.id = s.person_id
          where s.tenant_id = $1 and s.asn = $3 and s.country = $4 and s.succeeded and s.at > now() - interval '30 days'
            and s.person_id <> $2 and p.country is distinct from s.country)
         union
         (select person_id from sightings where tenant_id = $1 and network_digest = $5 and person_id <> $2
            and at > now() - interval '30 days')) as seen limit 3) as first`,
    [tx.tenantId, personId, end.asn, end.country, end.networkDigest],
  )
  return row?.people ?? 0
}
