/** What the silent checks look at, as the tables hold it; `risk-facts.ts` turns it into facts. */
import type { Tx } from '#platform/database/transaction.ts'

/** The verification and its participant; with everything else of it, `risk-rows.ts`. */
export type RiskCase = {
  readonly personId: string
  readonly purpose: string
  readonly referrerKind: 'agent' | 'self_service' | 'api_client'
  readonly referrerId: string | null
  readonly linkOrdinal: number
  readonly contactId: string
  readonly accountState: 'active' | 'locked' | 'disabled' | 'deleted' | 'not_started'
  readonly mfaChangedAt: Date | null
  readonly country: string | null
  readonly timeZone: string | null
  readonly workEmail: string | null
  readonly settings: {
    readonly egressCidrs?: readonly string[]
    readonly expectedCountries?: readonly string[]
    readonly hasVirtualDesktops?: boolean
  }
}

/** What browser and network layer reported, oldest first. */
export type ProbeRow = {
  readonly id: string
  readonly kind: 'collector' | 'request'
  readonly step: string
  readonly sealed: Buffer
  readonly nonceOk: boolean | null
  readonly at: Date
}

export const readProbeRows = (tx: Tx, verificationId: string): Promise<ProbeRow[]> =>
  tx.named<ProbeRow>(
    'read_probe_rows',
    `select id, kind, step, report_sealed as sealed, nonce_ok as "nonceOk", received_at as at
     from probe_facts where tenant_id = $1 and verification_id = $2 order by received_at, id limit 200`,
    [tx.tenantId, verificationId],
  )

/** Whether one of these nonces was issued to a portal session of another case: its beacon was captured and sent again. */
export const isNonceOfOther = async (
  tx: Tx,
  verificationId: string,
  nonces: readonly string[],
): Promise<boolean> => {
  const row = await tx.one(
    `select from portal_sessions where tenant_id = $1 and verification_id <> $2 and probe_nonce = any($3) limit 1`,
    [tx.tenantId, verificationId, nonces],
    'is_nonce_of_other',
  )
  return row !== undefined
}

/** What is known of a device key. */
export type DeviceRow = {
  readonly times: number | null
  readonly lastAt: Date | null
  readonly verifiedBefore: number
  readonly others: number
}

export const readDevice = async (tx: Tx, personId: string, digest: Buffer): Promise<DeviceRow> => {
  const row = await tx.one<DeviceRow>(
    `select max(seen_count) filter (where person_id = $2 and key_digest = $3) as times,
       max(last_seen_at) filter (where person_id = $2 and key_digest = $3) as "lastAt",
       coalesce(sum(seen_count) filter (where person_id = $2), 0)::integer as "verifiedBefore",
       count(*) filter (where person_id <> $2 and key_digest = $3 and last_seen_at > now() - interval '30 days') as others
     from devices where tenant_id = $1 and (person_id = $2 or key_digest = $3)`,
    [tx.tenantId, personId, digest],
    'read_device',
  )
  return row ?? { times: null, lastAt: null, verifiedBefore: 0, others: 0 }
}

/** A device that was used in a verification that passed. */
export type KnownDevice = {
  readonly keyDigest: Buffer
  /** Digests of its parts, and one of them all */
  readonly parts: Readonly<Record<string, string | null>>
  readonly partsDigest: Buffer
  /** Languages that its browser asks for, two-letter codes */
  readonly languages: readonly string[]
}

/** Remembers a device, as it is now; languages add up. */
export const rememberDevice = async (tx: Tx, personId: string, device: KnownDevice): Promise<void> => {
  await tx.run(
    `insert into devices (tenant_id, person_id, key_digest, parts, parts_digest, languages)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, person_id, key_digest)
     do update set last_seen_at = now(), seen_count = devices.seen_count + 1, parts = excluded.parts,
       parts_digest = excluded.parts_digest,
       languages = array(select distinct unnest(devices.languages || excluded.languages) order by 1 limit 12)`,
    [
      tx.tenantId,
      personId,
      device.keyDigest,
      JSON.stringify(device.parts),
      device.partsDigest,
      device.languages,
    ],
  )
}
