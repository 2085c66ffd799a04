import { randomBytes } from 'node:crypto'
import type { PlanTools } from '#domain/questions/plan.ts'
import { decoyDigest } from '#platform/crypto/sealing.ts'
import type { ActivityDeps } from '../ports.ts'

/** Keyed digests and random ids for one tenant's plans. */
export const planTools = (deps: Pick<ActivityDeps, 'keys' | 'textTools'>, tenantId: string): PlanTools => ({
  ...deps.textTools,
  hmac: decoyDigest(deps.keys, tenantId),
  randomId: () => randomBytes(12).toString('base64url'),
})
