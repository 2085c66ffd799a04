/** The rows for silent checks, as the tables hold them; `risk-facts.ts` turns them into facts. */
import type { Tx } from '#platform/database/transaction.ts'
import { traitNames, type DeviceTraits, type SeenTraits } from '#domain/risk/likeness.ts'
import type { IdentityRisk, OsFamily, PastFacts, SharedFailure } from '#domain/risk/facts.ts'
import type { Person } from '../people/people.ts'
import type { PlaceSettings } from '../tenants/places.ts'

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
  readonly login: string
  readonly settings: PlaceSettings
}

/** The reports of browser and network layer, oldest first. */
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

/** Requests of the last hour in other cases whose session holds this device key. */
export const readOtherRequests = (tx: Tx, verificationId: string, publicKey: string): Promise<ProbeRow[]> =>
  tx.named<ProbeRow>(
    'read_other_requests',
    `select f.id, f.kind, f.step, f.report_sealed as sealed, f.nonce_ok as "nonceOk", f.received_at as at
     from portal_sessions s join probe_facts f on f.tenant_id = s.tenant_id and f.verification_id = s.verification_id
       and f.portal_session_id = s.id and f.kind = 'request' and f.received_at > now() - interval '1 hour'
     where s.tenant_id = $1 and s.device_key = $2 and s.verification_id <> $3 order by f.received_at desc limit 100`,
    [tx.tenantId, publicKey, verificationId],
  )

/**
 * True if one of these nonces was issued to a portal session of another case: its beacon was captured and sent again.
 */
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

/** The history of a device key. */
export type DeviceRow = {
  readonly times: number | null
  readonly lastAt: Date | null
  readonly verifiedBefore: number
  readonly others: number
  /** Digests that the key came with; null: not known. */
  readonly parts: Readonly<Partial<Record<string, string | null>>> | null
  readonly seen: SeenTraits | null
}

export const readDevice = async (tx: Tx, personId: string, digest: Buffer): Promise<DeviceRow> => {
  const row = await tx.one<DeviceRow>(
    `select max(seen_count) filter (where person_id = $2 and key_digest = $3) as times,
       max(last_seen_at) filter (where person_id = $2 and key_digest = $3) as "lastAt",
       coalesce(sum(seen_count) filter (where person_id = $2), 0)::integer as "verifiedBefore",
       count(*) filter (where person_id <> $2 and key_digest = $3 and last_seen_at > now() - interval '30 days') as others,
       (array_agg(parts) filter (where person_id = $2 and key_digest = $3))[1] as parts,
       (array_agg(seen) filter (where person_id = $2 and key_digest = $3))[1] as seen
     from devices where tenant_id = $1 and (person_id = $2 or key_digest = $3)`,
    [tx.tenantId, personId, digest],
    'read_device',
  )
  return row ?? { times: null, lastAt: null, verifiedBefore: 0, others: 0, parts: null, seen: null }
}

/** A device that was used in a verification that passed. */
export type KnownDevice = {
  readonly keyDigest: Buffer
  /** Digests of its parts, and one of them all */
  readonly parts: Readonly<Record<string, string | null>>
  readonly partsDigest: Buffer
  /** Digests of what its key came with this time */
  readonly traits: DeviceTraits
  /** Languages that its browser asks for, two-letter codes */
  readonly languages: readonly string[]
}

/** Remembers a device, as it is now; languages and traits add up. */
export const rememberDevice = async (tx: Tx, personId: string, device: KnownDevice): Promise<void> => {
  await tx.run(
    `insert into devices (tenant_id, person_id, key_digest, parts, parts_digest, languages, seen)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (tenant_id, person_id, key_digest)
     do update set last_seen_at = now(), seen_count = devices.seen_count + 1, parts = excluded.parts,
       parts_digest = excluded.parts_digest,
       languages = array(select distinct unnest(devices.languages || excluded.languages) order by 1 limit 12),
       seen = (select jsonb_object_agg(trait, known) from (
         select trait, jsonb_agg(distinct one) as known from (
           select e.key as trait, jsonb_array_elements(e.value) as one from jsonb_each(devices.seen) e
           union all select e.key, jsonb_array_elements(e.value) from jsonb_each(excluded.seen) e) s group by trait) t)`,
    [
      tx.tenantId,
      personId,
      device.keyDigest,
      JSON.stringify(device.parts),
      device.partsDigest,
      device.languages,
      JSON.stringify(Object.fromEntries(traitNames.map((name) => [name, [device.traits[name]]]))),
    ],
  )
}

/** The facts of a person from the directory, earlier cases and connected systems. */
export type PersonHistory = Pick<Person, 'hiredOn' | 'language'> & {
  readonly lastSignInAt: Date | null
  /** Languages of the browsers with which the person was verified */
  readonly spokenBefore: readonly string[]
  readonly past: PastFacts
  readonly riskConnected: boolean
  readonly risk: {
    readonly level: IdentityRisk['level']
    readonly detections: readonly string[]
    readonly source: string
    readonly at: string
    readonly readAt: string
  } | null
  readonly calendarConnected: boolean
  readonly calendar: CalendarRow | null
  /** Connected sources report this person's sign-ins. */
  readonly signInConnected: boolean
  /** The newest sign-in of the last fifteen minutes that a source reports. */
  readonly signIn: {
    readonly at: string
    readonly asn: number | null
    readonly os: OsFamily | null
    readonly isInteractive: boolean
    readonly hasFreshFactor: boolean | null
  } | null
}

/** Times as ISO 8601; null: no such entry. */
export type CalendarRow = {
  readonly leaveFrom: string | null
  readonly leaveUntil: string | null
  readonly meetingFrom: string | null
  readonly meetingUntil: string | null
  readonly travelCountries: readonly string[]
  readonly travelUntil: string | null
}

/** Reads everything of one person in one trip. @throws when there is no such person */
export const readPersonHistory = async (
  tx: Tx,
  personId: string,
  verificationId: string,
): Promise<PersonHistory> => {
  const [row] = await tx.named<PersonHistory>(
    'read_person_for_risk',
    `select p.hired_on::text as "hiredOn", p.language,
       (select max(s.at) from sign_ins s where s.tenant_id = $1 and s.person_id = $2 and s.succeeded) as "lastSignInAt",
       (select coalesce(array_agg(distinct l), '{}') from devices d, unnest(d.languages) l
         where d.tenant_id = $1 and d.person_id = $2) as "spokenBefore",
       json_build_object(
         'possessionVerified', (select count(*) from verifications v
           where v.tenant_id = $1 and v.person_id = $2 and v.id <> $3 and v.outcome = 'passed'
             and v.created_at > now() - interval '180 days'
             and exists (select from links l where l.tenant_id = $1 and l.verification_id = v.id and l.used_at is not null)),
         'disputed', (select count(*) from reports r
           where r.tenant_id = $1 and r.person_id = $2 and r.at > now() - interval '180 days')
           + (select count(*) from labels b join verifications v on v.tenant_id = b.tenant_id and v.id = b.verification_id
             where b.tenant_id = $1 and v.person_id = $2 and v.id <> $3 and b.label = 'suspicious'
               and v.created_at > now() - interval '180 days')) as past,
       exists (select from identity_risks where tenant_id = $1) as "riskConnected",
       (select json_build_object('level', i.level, 'detections', i.detections, 'source', i.source, 'at', iso_instant(i.at),
           'readAt', iso_instant(i.read_at))
         from identity_risks i where i.tenant_id = $1 and i.person_id = $2) as risk,
       exists (select from calendars where tenant_id = $1) as "calendarConnected",
       (select json_build_object('leaveFrom', iso_instant(c.leave_from), 'leaveUntil', iso_instant(c.leave_until),
           'meetingFrom', iso_instant(c.meeting_from), 'meetingUntil', iso_instant(c.meeting_until),
           'travelCountries', c.travel_countries, 'travelUntil', iso_instant(c.travel_until))
         from calendars c where c.tenant_id = $1 and c.person_id = $2) as calendar,
       exists (select from sign_ins s where s.tenant_id = $1 and s.person_id = $2 and s.interactive is not null
         and s.at > now() - interval '30 days') as "signInConnected",
       (select json_build_object('at', iso_instant(s.at), 'asn', s.asn, 'os', s.device_os, 'isInteractive', s.interactive,
           'hasFreshFactor', s.fresh_factor)
         from sign_ins s where s.tenant_id = $1 and s.person_id = $2 and s.succeeded and s.interactive is not null
           and s.at > now() - interval '15 minutes'
         order by s.interactive and coalesce(s.fresh_factor, false) desc, s.at desc limit 1) as "signIn"
     from people p where p.tenant_id = $1 and p.id = $2`,
    [tx.tenantId, personId, verificationId],
  )
  if (row === undefined) throw new Error('this person does not exist')
  return row
}

/** The parts of this case that others may share. */
export type Shareable = {
  readonly personId: string
  readonly agentId: string | null
  readonly asn: number | null
  readonly deviceDigest: Buffer | null
}

/** Counts other people who failed within two hours and share something with this case. */
export const countSharedFailures = async (tx: Tx, of: Shareable): Promise<SharedFailure[]> => {
  const row = await tx.one<Record<SharedFailure['by'], number>>(
    `with failed as (
       select v.id, v.person_id, v.referrer_id from verifications v
       where v.tenant_id = $1 and v.outcome = 'failed' and v.created_at > now() - interval '26 hours'
         and v.closed_at > now() - interval '2 hours' and v.person_id <> $2),
     seen as (select f.person_id, s.asn, s.device_digest from failed f join sightings s
       on s.tenant_id = $1 and s.verification_id = f.id)
     select
       (select count(distinct person_id) from seen where asn = $4) as network,
       (select count(distinct person_id) from seen where device_digest = $5) as device,
       (select count(distinct person_id) from failed where referrer_id = $3) as agent,
       (select count(distinct f.person_id) from failed f join people p on p.tenant_id = $1 and p.id = f.person_id
         where p.department = (select department from people where tenant_id = $1 and id = $2)) as department`,
    [tx.tenantId, of.personId, of.agentId, of.asn, of.deviceDigest],
    'count_shared_failures',
  )
  const counts = Object.entries(row ?? {}) as [SharedFailure['by'], number][]
  return counts.flatMap(([by, participants]) => (participants > 0 ? [{ by, participants }] : []))
}

/** Verifications started in the last two hours, and in such a span on average over fourteen days. */
export const countStarted = async (tx: Tx): Promise<{ started: number; usuallyStarted: number }> => {
  const row = await tx.one<{ started: number; before: number }>(
    `select count(*) filter (where created_at > now() - interval '2 hours') as started,
       count(*) filter (where created_at <= now() - interval '2 hours') as before
     from verifications where tenant_id = $1 and created_at > now() - interval '14 days'`,
    [tx.tenantId],
  )
  const spans = (14 * 24) / 2
  return { started: row?.started ?? 0, usuallyStarted: (row?.before ?? 0) / spans }
}

/** Known devices of a person with their parts, and how many other people have one equal in every part. */
export type KnownParts = { readonly parts: Readonly<Record<string, string>>; readonly othersAlike: number }

export const readKnownParts = (tx: Tx, personId: string): Promise<KnownParts[]> =>
  tx.query<KnownParts>(
    `select d.parts, (select count(distinct o.person_id) from devices o
         where o.tenant_id = $1 and o.parts_digest = d.parts_digest and o.person_id <> $2) as "othersAlike"
     from devices d where d.tenant_id = $1 and d.person_id = $2 and d.parts_digest is not null
       and d.last_seen_at > now() - interval '180 days'
     order by d.last_seen_at desc limit 20`,
    [tx.tenantId, personId],
  )

/** When the case of a portal session passed, if it was of this person; undefined otherwise. */
export const readPassedSession = (
  tx: Tx,
  sessionId: string,
  personId: string,
): Promise<{ at: Date } | undefined> =>
  tx.one<{ at: Date }>(
    `select v.closed_at as at from portal_sessions s join verifications v on v.tenant_id = s.tenant_id and v.id = s.verification_id
     where s.tenant_id = $1 and s.id = $2 and s.person_id = $3 and v.outcome = 'passed' and v.closed_at is not null`,
    [tx.tenantId, sessionId, personId],
  )
