/** Versions of a tenant's policy: each save is a new row that nobody changes (D15). */
import { raw } from 'objection'
import type { Policy } from '#domain/policy/policy.ts'
import type { StaffName } from './elevated-threats.ts'
import { instant, now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { PolicyVersion } from './models.ts'

/** A version without its content. Times are ISO 8601 UTC. */
export type VersionHead = {
  readonly version: number
  readonly savedBy: string
  readonly savedAt: string
  readonly effectiveAt: string
  readonly reason: string | null
  readonly acceptedBy: string | null
  /** The third person, where it was put in force at once. */
  readonly confirmedBy: string | null
  /** The version that this one ended before its time, and how. */
  readonly ends: { readonly version: number; readonly as: 'called_off' | 'hastened' } | null
}

/** A version as it was saved. */
export type StoredVersion = VersionHead & { readonly policy: Policy }

type Row = VersionHead & { readonly document: Omit<Policy, 'version'> }

const head = () => [
  ...['version', 'reason', 'acceptedByName as acceptedBy', 'confirmedByName as confirmedBy'],
  ...[instant('savedAt'), instant('effectiveAt'), raw('coalesce(saved_by_name, saved_by)').as('savedBy')],
  raw(
    `case when ends_version is not null then json_build_object('version', ends_version, 'as', ended_as) end`,
  ).as('ends'),
]
const whole = () => [...head(), 'document']

const newest = (tx: Tx) => PolicyVersion.of(tx).orderBy('version', 'desc')

const stored = ({ document, ...head }: Row): StoredVersion => ({
  ...head,
  policy: { ...document, version: head.version },
})

/** The version in force. @throws when the tenant has none */
export const currentVersion = async (tx: Tx): Promise<StoredVersion> => {
  const inForce = newest(tx).where('effectiveAt', '<=', now()).first()
  const row = await inForce.select(whole()).castTo<Row | undefined>()
  if (row === undefined) throw new Error('this tenant has no policy')
  return stored(row)
}

/** The newest version, if its time is still to come: a later one takes its place. */
export const scheduledVersion = async (tx: Tx): Promise<VersionHead | undefined> =>
  PolicyVersion.of(tx)
    .findOne({ version: PolicyVersion.of(tx).max('version') })
    .where('effectiveAt', '>', now())
    .select(head())
    .castTo<VersionHead | undefined>()

/** One version, or undefined. */
export const readVersion = async (tx: Tx, version: number): Promise<StoredVersion | undefined> => {
  const row = await PolicyVersion.of(tx).findOne({ version }).select(whole()).castTo<Row | undefined>()
  return row === undefined ? undefined : stored(row)
}

/** The version that another was made from, where it says so, else the one before it; undefined for the first. */
export const versionBefore = async (tx: Tx, version: number): Promise<StoredVersion | undefined> => {
  const madeFrom = PolicyVersion.of(tx).where({ version }).select('baseVersion')
  const before = newest(tx)
    .where('version', '<', version)
    .where('version', '<=', raw('coalesce((?), ?)', madeFrom, version))
    .first()
  const row = await before.select(whole()).castTo<Row | undefined>()
  return row === undefined ? undefined : stored(row)
}

/** Heads of versions below `before`, newest first. */
export const listVersions = async (tx: Tx, before: number | null, limit: number): Promise<VersionHead[]> =>
  (before === null ? newest(tx) : newest(tx).where('version', '<', before))
    .limit(limit)
    .select(head())
    .castTo<VersionHead[]>()

/** A version that is saved, by whom and why; accepted by a second person where it weakens (D13). */
export type NewVersion = {
  /** Its `version` is the one it was made from. */
  readonly policy: Policy
  readonly by: StaffName
  readonly reason: string
  readonly acceptedBy: StaffName | null
  readonly delaySeconds: number
}

/**
 * Saves the next version if the one it was made from still holds; undefined where it does not. One statement and the
 * primary key: of two saves at once, one is made.
 */
export const saveVersion = (
  tx: Tx,
  { policy: { version: base, ...document }, by, reason, acceptedBy, delaySeconds }: NewVersion,
): Promise<{ version: number; effectiveAt: string } | undefined> =>
  tx.one<{ version: number; effectiveAt: string }>(
    `insert into policies (tenant_id, version, document, saved_by, saved_by_name, reason, base_version, accepted_by,
       accepted_by_name, effective_at)
     select $1, (select max(version) from policies where tenant_id = $1) + 1, $3, $4, $5, $6, $2, $7, $8,
       now() + make_interval(secs => $9)
     where $2 = (select version from policies where tenant_id = $1 and effective_at <= now()
       order by version desc limit 1)
     on conflict do nothing returning version, iso_instant(effective_at) as "effectiveAt"`,
    [
      tx.tenantId,
      base,
      JSON.stringify(document),
      by.id,
      by.name,
      reason,
      acceptedBy?.id ?? null,
      acceptedBy?.name ?? null,
      delaySeconds,
    ],
  )
