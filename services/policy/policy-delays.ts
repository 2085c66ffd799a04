/** Accepted changes of the policy that wait for their time: called off, hastened, taken effect (D13). */
import type { StaffName } from './elevated-threats.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { PolicyVersion } from './models.ts'

/** The early end of a waiting version. */
export type EarlyEnd = {
  readonly version: number
  readonly as: 'called_off' | 'hastened'
  readonly by: StaffName
  readonly reason: string
}

/**
 * Ends a version that waits by a new one, which is in force at once: what holds now, or what waits. By the database's clock;
 * undefined where the version does not wait any more, or this person took part in it and may not hasten it. The primary key
 * lets one of two attempts through.
 */
export const endWaiting = (
  tx: Tx,
  { version, as, by, reason }: EarlyEnd,
): Promise<{ version: number; effectiveAt: string } | undefined> =>
  tx.one<{ version: number; effectiveAt: string }>(
    `insert into policies (tenant_id, version, document, saved_by, saved_by_name, reason, base_version, accepted_by,
       accepted_by_name, ends_version, ended_as, confirmed_by, confirmed_by_name)
     select $1, w.version + 1, case when $3 = 'hastened' then w.document else c.document end,
       case when $3 = 'hastened' then w.saved_by else $4::text end,
       case when $3 = 'hastened' then w.saved_by_name else $5 end, $6, c.version,
       case when $3 = 'hastened' then w.accepted_by end, case when $3 = 'hastened' then w.accepted_by_name end,
       w.version, $3, case when $3 = 'hastened' then $4::uuid end, case when $3 = 'hastened' then $5 end
     from policies w, lateral (select version, document from policies
       where tenant_id = $1 and effective_at <= now() order by version desc limit 1) c
     where w.tenant_id = $1 and w.version = $2 and w.effective_at > now()
       and w.version = (select max(version) from policies where tenant_id = $1)
       and ($3 <> 'hastened' or ($4::text <> w.saved_by and $4::uuid <> w.accepted_by))
     on conflict do nothing returning version, iso_instant(effective_at) as "effectiveAt"`,
    [tx.tenantId, version, as, by.id, by.name, reason],
  )

/** The accounts of the staff that proposed and accepted a version, which a third person may hasten. */
export const readPair = async (tx: Tx, version: number): Promise<readonly string[]> => {
  const row = await PolicyVersion.of(tx).findOne({ version }).select('savedBy', 'acceptedBy')
  return row?.acceptedBy == null ? [] : [row.savedBy, row.acceptedBy]
}

/** Delayed versions whose time has come and whose effect is not announced yet; each is given once, to one transaction. */
export const takeEffects = (tx: Tx): Promise<readonly { version: number; byName: string }[]> =>
  tx.query<{ version: number; byName: string }>(
    `with told as (
       insert into policy_effects (tenant_id, version)
       select tenant_id, version from policies p where tenant_id = $1 and accepted_by is not null and ended_as is null and effective_at <= now()
         and not exists (select from policies later where later.tenant_id = $1 and later.version > p.version
           and later.effective_at <= p.effective_at)
       on conflict do nothing returning version)
     select p.version, coalesce(p.saved_by_name, p.saved_by) as "byName" from policies p
     where p.tenant_id = $1 and p.version in (select version from told) order by p.version`,
    [tx.tenantId],
  )
