import type { Purpose } from '#domain/verification/verification.ts'
import type { Db } from '#platform/database/connect.ts'
import type { NoticeKind } from '#domain/messages/kinds.ts'
import { outsideTenants, type Tx } from '#platform/database/transaction.ts'

/** Where a token leads, before its tenant is known. */
export type Resolved = { readonly tenantId: string; readonly id: string; readonly verificationId: string }

const resolve = async (db: Db, name: 'resolve_link' | 'resolve_report_link', tokenHash: Buffer) => {
  const [row] = await outsideTenants(db).named<Resolved>(
    name,
    `select r.tenant_id as "tenantId", r.id, r.verification_id as "verificationId" from ${name}($1) r`,
    [tokenHash],
  )
  return row ?? null
}

/** The link of a token, whatever its state. */
export const resolveLink = (db: Db, tokenHash: Buffer): Promise<Resolved | null> =>
  resolve(db, 'resolve_link', tokenHash)

/** The "this was not me" link of a token, whatever its state. */
export const resolveReportLink = (db: Db, tokenHash: Buffer): Promise<Resolved | null> =>
  resolve(db, 'resolve_report_link', tokenHash)

/** The contents of the page behind a link, and if the link still works. */
export type LinkPage = {
  readonly linkId: string
  readonly verificationId: string
  readonly personId: string
  readonly contactId: string
  readonly ordinal: number
  readonly tokenMark: Buffer
  readonly isUsable: boolean
  readonly organisation: string
  readonly settings: { readonly accent?: string; readonly helpdeskPhone?: string }
  /** Null: the person is said to have asked by themself, on the help page. */
  readonly agentName: string | null
  /** Where the agent works, by the directory; null where it is not known, or where no agent asks. */
  readonly agentOffice: string | null
  readonly agentCountry: string | null
  /** Country from which the agent had signed in when the case began. */
  readonly signInCountry: string | null
  readonly purpose: Purpose
  readonly ticket: string | null
  readonly startedAt: Date
  readonly triesLeft: number
  /** Where its code went, masked; null: an agent reads it out. */
  readonly codeSentTo: string | null
  readonly policyVersion: number
  /** Workflow of the action that waits for the participant to come back; null before a decision. */
  readonly returnsTo: string | null
}

/** Reads a link's page. Usable by the database's clock: unused, newest, not void, in time, and its case waits for it. */
export const readLinkPage = async (tx: Tx, linkId: string): Promise<LinkPage | undefined> => {
  const [row] = await tx.named<LinkPage>(
    'read_link_page',
    `select l.id as "linkId", v.id as "verificationId", v.person_id as "personId", l.contact_id as "contactId",
       l.ordinal, l.token_mark as "tokenMark", l.used_at is null and l.superseded_at is null and l.voided_at is null and l.expires_at > now()
         and (v.state = 'link_sent' and v.expires_at > now() or r.workflow_id is not null) as "isUsable",
       r.workflow_id as "returnsTo",
       t.name as organisation, t.settings, case when v.referrer_kind <> 'self_service' then v.referrer_name end as "agentName", a.office as "agentOffice",
       a.country as "agentCountry", s.country as "signInCountry", v.purpose, v.ticket, v.created_at as "startedAt",
       greatest(0, coalesce(c.max_tries - c.tries, 0)) as "triesLeft", v.policy_version as "policyVersion",
       (select d.contact_masked from deliveries d where d.tenant_id = l.tenant_id and d.verification_id = l.verification_id
         and d.kind = 'entry_code' order by d.ordinal desc limit 1) as "codeSentTo"
     from links l join verifications v on v.tenant_id = l.tenant_id and v.id = l.verification_id
     join tenants t on t.id = l.tenant_id
     left join staff f on f.tenant_id = v.tenant_id and f.id = v.referrer_id and v.referrer_kind = 'agent'
     left join people a on a.tenant_id = f.tenant_id and a.id = f.person_id
     left join lateral (select x.country from staff_sessions x where x.tenant_id = f.tenant_id and x.staff_id = f.id
       and x.started_at <= v.created_at order by x.started_at desc limit 1) s on true
     left join actions r on r.tenant_id = v.tenant_id and r.verification_id = v.id and v.state = 'closed'
       and r.state = 'awaiting_participant'
     left join code_challenges c on c.tenant_id = l.tenant_id and c.verification_id = l.verification_id
       and c.kind = 'match' and c.ordinal = l.ordinal
     where l.tenant_id = $1 and l.id = $2`,
    [tx.tenantId, linkId],
  )
  return row
}

/**
 * True if a message may be there before its sending is recorded: its link is fresh and untouched, and its case is not
 * yet told that it went out. A busy worker may need seconds for that.
 */
export const isBeingSent = async (tx: Tx, linkId: string): Promise<boolean> => {
  const row = await tx.one(
    `select from links l left join verifications v on v.tenant_id = l.tenant_id and v.id = l.verification_id
     where l.tenant_id = $1 and l.id = $2 and l.used_at is null and l.superseded_at is null and l.voided_at is null
       and l.expires_at > now() and l.created_at > now() - interval '30 seconds'
       and (v.id is null or v.state in ('created', 'undelivered'))`,
    [tx.tenantId, linkId],
  )
  return row !== undefined
}

/** The kind of a visit of a link page. Telemetry: it decides nothing. */
export type VisitKind = 'page_seen' | 'scanner_like' | 'dead_link' | 'decline_tried'

/** Notes a visit; true when it is the first of its kind for this link. */
export const addLinkVisit = async (
  tx: Tx,
  visit: { readonly verificationId: string; readonly linkId: string; readonly kind: VisitKind },
): Promise<boolean> => {
  const row = await tx.one<{ first: boolean }>(
    `with earlier as (select from link_visits where tenant_id = $1 and verification_id = $2 and link_id = $3 and kind = $4 limit 1)
     insert into link_visits (tenant_id, verification_id, link_id, kind) values ($1, $2, $3, $4)
     returning not exists (select from earlier) as first`,
    [tx.tenantId, visit.verificationId, visit.linkId, visit.kind],
  )
  return row?.first ?? false
}

/** The page of a notice's "this was not me" link. */
export type ReportPageRow = {
  readonly verificationId: string
  readonly personId: string
  readonly tokenMark: Buffer
  readonly isUsable: boolean
  readonly organisation: string
  readonly settings: { readonly accent?: string; readonly helpdeskPhone?: string }
  /** Null: it is about a passkey that was set up without a case. */
  readonly purpose: Purpose | null
  readonly kind: NoticeKind
  readonly at: Date
  readonly policyVersion: number
}

/** Reads the page of a report link; the kind is that of the newest notice sent before the link was made. */
export const readReportPage = (tx: Tx, id: string): Promise<ReportPageRow | undefined> =>
  tx.one<ReportPageRow>(
    `select r.verification_id as "verificationId", r.person_id as "personId", r.token_mark as "tokenMark",
       r.used_at is null and r.expires_at > now() as "isUsable",
       t.name as organisation, t.settings, v.purpose, coalesce(n.kind, 'started') as kind,
       coalesce(v.created_at, e.started_at) as at, coalesce(v.policy_version, e.policy_version) as "policyVersion"
     from report_links r left join verifications v on v.tenant_id = r.tenant_id and v.id = r.verification_id
     left join enrolments e on e.tenant_id = r.tenant_id and e.id = r.verification_id
     join tenants t on t.id = r.tenant_id
     left join lateral (select kind from notices where tenant_id = r.tenant_id and verification_id = r.verification_id
       and created_at <= r.created_at order by created_at desc limit 1) n on true
     where r.tenant_id = $1 and r.id = $2 and (v.id is not null or e.id is not null)`,
    [tx.tenantId, id],
  )

/** Uses a report link once: one guarded write. */
export const useReportLink = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.run(
    `update report_links set used_at = now() where tenant_id = $1 and id = $2 and used_at is null and expires_at > now()`,
    [tx.tenantId, id],
  )) === 1
