import { listVersions, readVersion, versionBefore } from '#services/policy/policy-versions.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { comparison } from './drafts.ts'

/** The history of the policy, newest first, page by page. */
export const policyVersions = ({ db }: ApiDeps) =>
  bind('console.policyVersions', ({ staff, query }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const rows = await listVersions(tx, query.before ?? null, query.limit + 1)
      const versions = rows.slice(0, query.limit)
      return { versions, nextBefore: rows.length > query.limit ? (versions.at(-1)?.version ?? null) : null }
    }),
  )

/** One version, with what it changed. */
export const policyVersion = ({ db }: ApiDeps) =>
  bind('console.policyVersion', ({ staff, params }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const found = await readVersion(tx, params.version)
      if (found === undefined) throw new Refused('not_found')
      const { policy, ...head } = found
      const former = await versionBefore(tx, params.version)
      return {
        head,
        comparedWith: former?.version ?? null,
        ...(former === undefined ? { changes: [], weakened: [] } : comparison(former.policy, policy)),
      }
    }),
  )
