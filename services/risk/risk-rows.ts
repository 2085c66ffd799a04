import { habitDays } from '#domain/risk/habit.ts'
import type { NumberOutcome } from '#domain/policy/number-check.ts'
import { signInLog } from '#domain/risk/known-networks.ts'
import type { Policy } from '#domain/policy/policy.ts'
import type { HabitRow } from './habits.ts'
import type { ProbeRow, RiskCase } from './check-rows.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** Sign-ins of 180 days, and earlier cases that passed while their places are kept, counted by place. */
export type SignInCounts = {
  readonly country: string | null
  readonly asn: number | null
  readonly hour: number | null
  readonly isRecent: boolean
  readonly n: number
}

/** Secrets that came back: the link by its accepted match code, and second codes. */
export type ReturnedRow = { readonly kind: 'link' | 'code'; readonly at: Date; readonly contactId: string }

/** Everything that silent checks look at of one verification and its participant, but contacts and devices. */
export type RiskRows = RiskCase & {
  readonly department: string | null
  readonly signIns: readonly SignInCounts[]
  /** Verifications of this participant in 24 hours, over all agents and channels. */
  readonly attempts: { readonly started24h: number; readonly failed24h: number }
  /** "This was not me" of 30 days, newest first, and those that a supervisor lifted before this case began. */
  readonly reports: readonly Date[]
  readonly liftedReports: readonly Date[]
  /** Tenths of a second that others take for each question family, as it was when the case began; null: none has enough. */
  readonly answerTimes: Readonly<Record<string, { readonly low: number; readonly high: number }>> | null
  /** Summaries of the person's earlier cases that passed, sealed, newest first. */
  readonly habits: readonly HabitRow[]
  /** Since when the manager is the manager, where a source says so. */
  readonly managerSince: Date | null
  /** Oldest first. */
  readonly probes: readonly ProbeRow[]
  /** Visits of the link page that look like a mail scanner. */
  readonly scannerVisits: readonly { readonly at: Date; readonly family: string | null }[]
  readonly returned: readonly ReturnedRow[]
  /** The state of the match code. */
  readonly matchCode: { readonly isMatched: boolean; readonly tries: number } | null
  /** The time at which the newest session began, if the portal page ran. */
  readonly sessionStartedAt: Date | null
  /** True if a device key holds every session; null: there is none. */
  readonly isBound: boolean | null
  /** The policy's rules for contacts, and what the carrier said of a number before a message went to it (B20). */
  readonly contactRules: Policy['contacts']
  readonly numberChecks: Readonly<Record<string, NumberOutcome>>
}

/*
 * One trip: each part is what a read of its own would give. Times inside JSON are texts, sealed values base64.
 */
const sql = `
  select v.person_id as "personId", v.purpose, v.referrer_kind as "referrerKind", v.referrer_id as "referrerId",
    v.link_ordinal as "linkOrdinal", v.contact_id as "contactId", p.account_state as "accountState",
    p.mfa_changed_at as "mfaChangedAt", p.country, p.department, p.time_zone as "timeZone", p.work_email as "workEmail", p.login, t.settings,
    y.document -> 'contacts' as "contactRules",
    (with logged as (
      -- as the log of the directory says: used for a while, whatever a thief did in a day
      select country, asn, last_on, times from sign_in_networks
      where tenant_id = $1 and person_id = v.person_id and last_on - first_on >= $3 and last_on > current_date - $4::integer)
    select coalesce(json_agg(s), '[]') from (
      select country, asn::bigint, local_hour as hour, at > now() - interval '90 days' as "isRecent", count(*) as n from sign_ins
      where tenant_id = $1 and person_id = v.person_id and succeeded and at > now() - interval '180 days'
      group by 1, 2, 3, 4
      union all
      select country, asn, null, last_on > current_date - 90, times from logged
      union all
      -- as a file of the provider's log says, where the directory's own log does not
      select f.value::json ->> 'country', (f.value::json ->> 'asn')::bigint, null, f.valid_from > now() - interval '90 days',
        (f.value::json ->> 'times')::bigint
      from facts f where f.tenant_id = $1 and f.person_id = v.person_id and f.family = 'network' and f.valid_to is null
        and f.valid_from > now() - make_interval(days => $4)
        and not exists (select from logged l where l.asn = (f.value::json ->> 'asn')::bigint)
      union all
      select g.country, g.asn, null, true, count(distinct g.verification_id) from sightings g
      join verifications o on o.tenant_id = g.tenant_id and o.id = g.verification_id
      where g.tenant_id = $1 and g.person_id = v.person_id and g.verification_id <> v.id and o.outcome = 'passed'
      group by 1, 2) s) as "signIns",
    (select json_build_object('started24h', count(*), 'failed24h', count(*) filter (where o.outcome = 'failed'))
      from verifications o
      where o.tenant_id = $1 and o.person_id = v.person_id and o.created_at > now() - interval '24 hours') as attempts,
    array(select r.at from reports r
      where r.tenant_id = $1 and r.person_id = v.person_id and r.at > now() - interval '30 days'
        -- lifted by a supervisor: it refuses nothing that begins afterwards (H6)
        and (r.lifted_at is null or r.at >= v.created_at)
      order by r.at desc) as reports,
    array(select r.at from reports r
      where r.tenant_id = $1 and r.person_id = v.person_id and r.at > now() - interval '30 days'
        and r.lifted_at is not null and r.at < v.created_at
      order by r.at desc) as "liftedReports",
    -- the same sums however often and late the case is weighed
    (select json_object_agg(a.family, json_build_object('low', a.low_tenths, 'high', a.high_tenths)) from (
      select distinct on (family) family, low_tenths, high_tenths from answer_times
      where tenant_id = $1 and made_at < v.created_at - interval '1 minute' and made_at > v.created_at - interval '30 days'
      order by family, made_at desc) a) as "answerTimes",
    (select coalesce(json_agg(json_build_object('verificationId', h.verification_id, 'sealed', encode(h.summary_sealed, 'base64'))
        order by h.at desc), '[]')
      from (select * from habits b where b.tenant_id = $1 and b.person_id = v.person_id and b.verification_id <> v.id
          and b.at < v.created_at and b.at > v.created_at - make_interval(days => ${String(habitDays)})
          and not exists (select from reports r where r.tenant_id = $1 and r.verification_id = b.verification_id)
          and not exists (select from exercises x where x.tenant_id = $1 and x.verification_id = b.verification_id)
        order by b.at desc limit 20) h) as habits,
    (select f.valid_from from facts f
      where f.tenant_id = $1 and f.person_id = v.person_id and f.family = 'manager' and f.valid_to is null
      order by f.valid_from desc nulls last limit 1) as "managerSince",
    (select coalesce(json_agg(json_build_object('id', b.id, 'kind', b.kind, 'step', b.step,
        'sealed', encode(b.report_sealed, 'base64'), 'nonceOk', b.nonce_ok, 'at', b.received_at)
        order by b.received_at, b.id), '[]')
      from (select * from probe_facts where tenant_id = $1 and verification_id = $2
        order by received_at, id limit 200) b) as probes,
    (select coalesce(json_agg(json_build_object('at', l.at, 'family', l.user_agent_family) order by l.at), '[]')
      from (select at, user_agent_family from link_visits
        where tenant_id = $1 and verification_id = $2 and kind = 'scanner_like' order by at limit 20) l) as "scannerVisits",
    (select coalesce(json_agg(json_build_object('kind', b.kind, 'at', b.at, 'contactId', b.contact_id) order by b.at), '[]')
      from (
        select 'link' as kind, used_at as at, contact_id from links
        where tenant_id = $1 and verification_id = $2 and used_at is not null
        union all
        select 'code', accepted_at, contact_id from code_challenges
        where tenant_id = $1 and verification_id = $2 and kind = 'second' and accepted_at is not null
          and contact_id is not null) b) as returned,
    (select json_build_object('isMatched', bool_or(c.accepted_at is not null), 'tries', sum(c.tries))
      from code_challenges c where c.tenant_id = $1 and c.verification_id = $2 and c.kind = 'match'
      having count(*) > 0) as "matchCode",
    (select max(s.started_at) from portal_sessions s
      where s.tenant_id = $1 and s.verification_id = $2) as "sessionStartedAt",
    (select bool_and(s.device_key is not null) from portal_sessions s
      where s.tenant_id = $1 and s.verification_id = $2) as "isBound",
    (select coalesce(json_object_agg(d.contact_id, d.number_check order by d.begun_at), '{}') from deliveries d
      where d.tenant_id = $1 and d.verification_id = $2 and d.number_check is not null) as "numberChecks"
  from verifications v
  cross join lateral (select * from people p where p.tenant_id = v.tenant_id and p.id = v.person_id limit 1) p
  join tenants t on t.id = v.tenant_id
  join policies y on y.tenant_id = v.tenant_id and y.version = v.policy_version
  where v.tenant_id = $1 and v.id = $2
`

type Timed = { readonly at: string }
type Raw = Omit<RiskRows, 'probes' | 'scannerVisits' | 'returned'> & {
  readonly probes: readonly (Omit<ProbeRow, 'sealed' | 'at'> & Timed & { readonly sealed: string })[]
  readonly scannerVisits: readonly (Timed & { readonly family: string | null })[]
  readonly returned: readonly (Omit<ReturnedRow, 'at'> & Timed)[]
}

const dated = <Row extends Timed>(row: Row): Omit<Row, 'at'> & { readonly at: Date } => ({
  ...row,
  at: new Date(row.at),
})

/** Reads them in one trip. @throws when there is no such verification */
export const readRiskRows = async (tx: Tx, verificationId: string): Promise<RiskRows> => {
  const [row] = await tx.named<Raw>('read_risk_rows', sql, [
    tx.tenantId,
    verificationId,
    signInLog.spanDays,
    signInLog.keptDays,
  ])
  if (row === undefined) throw new Error('this verification does not exist')
  return {
    ...row,
    probes: row.probes.map((probe) => ({ ...dated(probe), sealed: Buffer.from(probe.sealed, 'base64') })),
    scannerVisits: row.scannerVisits.map(dated),
    returned: row.returned.map(dated),
  }
}
