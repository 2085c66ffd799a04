import { checks } from '#domain/risk/checks/index.ts'
import { modeOf } from '#domain/risk/evaluate.ts'
import { readThreat } from '#services/policy/elevated-threats.ts'
import { readHarvestAlarms } from '#services/questions/harvests.ts'
import { readRecordedDemands } from '#services/policy/recorded-demands.ts'
import { openProposals } from '#services/policy/policy-proposals.ts'
import { currentVersion, scheduledVersion } from '#services/policy/policy-versions.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { comparison, shownPolicy } from './drafts.ts'
import { threatShown } from './threat.ts'

const catalogue = checks.map((check) => ({
  code: check.code,
  category: check.category,
  mode: modeOf(check, { checks: {} }),
  asks: check.asks,
  weights: { ...check.defaultWeights },
}))

/** The policy in force, what waits to change it, and the catalogue of checks that it sets. */
export const policyPage = ({ db }: ApiDeps) =>
  bind('console.policy', ({ staff }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const { policy, ...current } = await currentVersion(tx)
      const proposals = await openProposals(tx)
      const threat = await readThreat(tx)
      return {
        current,
        policy: shownPolicy(policy),
        scheduled: (await scheduledVersion(tx)) ?? null,
        proposals: proposals.map(({ policy: draft, ...proposal }) => ({
          ...proposal,
          baseVersion: draft.version,
          isOutdated: draft.version !== policy.version,
          // Accepting it now would change this.
          ...comparison(policy, draft),
        })),
        checks: catalogue,
        threat: threat === undefined ? null : threatShown(threat),
        harvests: await readHarvestAlarms(tx),
        recorded: await readRecordedDemands(tx, policy),
      }
    }),
  )
