/** What the silent checks look at, as the tables hold it; `risk-facts.ts` turns it into facts. */
import type { NumberOutcome } from '#domain/policy/number-check.ts'
import type { Tx } from './transaction.ts'

/** The verification and its participant. */
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
  readonly workEmail: string
  readonly settings: {
    readonly egressCidrs?: readonly string[]
    readonly expectedCountries?: readonly string[]
    readonly hasVirtualDesktops?: boolean
  }
}

/** @throws when there is no such verification */
export const readRiskCase = async (tx: Tx, verificationId: string): Promise<RiskCase> => {
  const row = await tx.one<RiskCase>(
    `select v.person_id as "personId", v.purpose, v.referrer_kind as "referrerKind", v.referrer_id as "referrerId", v.link_ordinal as "linkOrdinal",
       v.contact_id as "contactId", p.account_state as "accountState", p.mfa_changed_at as "mfaChangedAt", p.country,
       p.time_zone as "timeZone", p.work_email as "workEmail", t.settings
     from verifications v join people p on p.tenant_id = v.tenant_id and p.id = v.person_id
     join tenants t on t.id = v.tenant_id where v.tenant_id = $1 and v.id = $2`,
    [tx.tenantId, verificationId],
  )
  if (row === undefined) throw new Error('this verification does not exist')
  return row
}

/** Sign-ins of 180 days, counted. */
export type SignInCounts = {
  readonly country: string | null
  readonly asn: number | null
  readonly hour: number | null
  readonly isRecent: boolean
  readonly n: number
}

export const countSignIns = (tx: Tx, personId: string): Promise<SignInCounts[]> =>
  tx.query<SignInCounts>(
    `select country, asn, local_hour as hour, at > now() - interval '90 days' as "isRecent", count(*) as n from sign_ins
     where tenant_id = $1 and person_id = $2 and succeeded and at > now() - interval '180 days' group by 1, 2, 3, 4`,
    [tx.tenantId, personId],
  )

/** Verifications of this participant in 24 hours, over all agents and channels. */
export const countAttempts = async (tx: Tx, personId: string) => {
  const row = await tx.one<{ started24h: number; failed24h: number }>(
    `select count(*) as "started24h", count(*) filter (where outcome = 'failed') as "failed24h" from verifications
     where tenant_id = $1 and person_id = $2 and created_at > now() - interval '24 hours'`,
    [tx.tenantId, personId],
  )
  return row ?? { started24h: 0, failed24h: 0 }
}

/** "This was not me" of 30 days, newest first. */
export const readReports = (tx: Tx, personId: string): Promise<{ at: Date }[]> =>
  tx.query<{ at: Date }>(
    `select at from reports where tenant_id = $1 and person_id = $2 and at > now() - interval '30 days' order by at desc`,
    [tx.tenantId, personId],
  )

/** Since when the manager is the manager, where a source says so. */
export const readManagerChange = async (tx: Tx, personId: string): Promise<Date | null> => {
  const row = await tx.one<{ at: Date | null }>(
    `select valid_from as at from facts where tenant_id = $1 and person_id = $2 and family = 'manager'
       and valid_to is null order by valid_from desc nulls last limit 1`,
    [tx.tenantId, personId],
  )
  return row?.at ?? null
}

/** What browser and network layer reported, oldest first. */
export type ProbeRow = {
  readonly id: string
  readonly portalSessionId: string | null
  readonly kind: 'collector' | 'request'
  readonly step: string
  readonly sealed: Buffer
  readonly nonceOk: boolean | null
  readonly at: Date
}

export const readProbeRows = (tx: Tx, verificationId: string): Promise<ProbeRow[]> =>
  tx.query<ProbeRow>(
    `select id, portal_session_id as "portalSessionId", kind, step, report_sealed as sealed, nonce_ok as "nonceOk",
       received_at as at from probe_facts where tenant_id = $1 and verification_id = $2 order by received_at, id limit 200`,
    [tx.tenantId, verificationId],
  )

/** Visits of the link page that look like a mail scanner. */
export const readScannerVisits = (
  tx: Tx,
  verificationId: string,
): Promise<{ at: Date; family: string | null }[]> =>
  tx.query<{ at: Date; family: string | null }>(
    `select at, user_agent_family as family from link_visits
     where tenant_id = $1 and verification_id = $2 and kind = 'scanner_like' order by at limit 20`,
    [tx.tenantId, verificationId],
  )

/** Secrets that came back: the link by its accepted match code, and second codes. */
export type ReturnedRow = { readonly kind: 'link' | 'code'; readonly at: Date; readonly contactId: string }

export const readReturned = (tx: Tx, verificationId: string): Promise<ReturnedRow[]> =>
  tx.query<ReturnedRow>(
    `select 'link' as kind, used_at as at, contact_id as "contactId" from links
     where tenant_id = $1 and verification_id = $2 and used_at is not null
     union all
     select 'code', accepted_at, contact_id from code_challenges
     where tenant_id = $1 and verification_id = $2 and kind = 'second' and accepted_at is not null and contact_id is not null
     order by 2`,
    [tx.tenantId, verificationId],
  )

/** What the carrier said of each number of a verification before a message went to it (security.md B20). */
export const readNumberChecks = async (
  tx: Tx,
  verificationId: string,
): Promise<ReadonlyMap<string, NumberOutcome>> => {
  const rows = await tx.query<{ contactId: string; said: NumberOutcome }>(
    `select contact_id as "contactId", number_check as said from deliveries
     where tenant_id = $1 and verification_id = $2 and number_check is not null order by begun_at`,
    [tx.tenantId, verificationId],
  )
  return new Map(rows.map(({ contactId, said }) => [contactId, said]))
}

/** How the match code stands. */
export const readMatchCode = async (
  tx: Tx,
  verificationId: string,
): Promise<{ isMatched: boolean; tries: number } | null> => {
  const row = await tx.one<{ isMatched: boolean | null; tries: number | null }>(
    `select bool_or(accepted_at is not null) as "isMatched", sum(tries)::integer as tries from code_challenges
     where tenant_id = $1 and verification_id = $2 and kind = 'match'`,
    [tx.tenantId, verificationId],
  )
  return row?.tries == null ? null : { isMatched: row.isMatched ?? false, tries: row.tries }
}

/** Whether the portal page ran: when the newest session began. */
export const readSessionStart = async (tx: Tx, verificationId: string): Promise<Date | null> => {
  const row = await tx.one<{ at: Date | null }>(
    'select max(started_at) as at from portal_sessions where tenant_id = $1 and verification_id = $2',
    [tx.tenantId, verificationId],
  )
  return row?.at ?? null
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
  )
  return row ?? { times: null, lastAt: null, verifiedBefore: 0, others: 0 }
}

/** A device that was used in a verification that passed. */
export type KnownDevice = {
  readonly publicKey: string
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
    `insert into devices (tenant_id, person_id, public_key, key_digest, parts, parts_digest, languages)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (tenant_id, person_id, key_digest)
     do update set last_seen_at = now(), seen_count = devices.seen_count + 1, parts = excluded.parts,
       parts_digest = excluded.parts_digest,
       languages = array(select distinct unnest(devices.languages || excluded.languages) order by 1 limit 12)`,
    [
      tx.tenantId,
      personId,
      JSON.stringify({ point: device.publicKey }),
      device.keyDigest,
      JSON.stringify(device.parts),
      device.partsDigest,
      device.languages,
    ],
  )
}

/** Stored answers, oldest position first. */
export type AnswerRow = {
  readonly position: number
  readonly sealed: Buffer | null
  readonly verdict: 'correct' | 'partial' | 'incorrect' | 'invalid' | 'skipped'
  readonly timedOut: boolean
  readonly secondsTenths: number
  readonly extensions: number
  readonly input: Readonly<Record<string, unknown>>
}

export const readAnswers = (tx: Tx, verificationId: string): Promise<AnswerRow[]> =>
  tx.query<AnswerRow>(
    `select position, reply_sealed as sealed, verdict, timed_out as "timedOut", seconds_tenths as "secondsTenths",
       extensions, input_summary as input from answers where tenant_id = $1 and verification_id = $2 order by position`,
    [tx.tenantId, verificationId],
  )
