/**
 * These are loops, since an attacker who can reach Temporal could pause a schedule, and this work finds those who change rows
 * behind our back. A worker signs the heads of the audit's chains each hour, out of reach of the owner of the database, and
 * checks each chain once a day (G4, G5).
 */
import { appendHeads, readHeads, signHead, type HeadsByTenant } from '#services/audit/heads.ts'
import { checkChain } from '#services/audit/check.ts'
import { readHead, type ChainBreak } from '#platform/database/audit.ts'
import { tenantIds } from '#services/housekeeping/housekeeping.ts'
import { tellAdmins } from '#services/staff/staff-notices.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { ActivityDeps } from '../ports.ts'
import type { Loop } from './loop.ts'

/** The findings of this worker's last look. */
export type AuditState = { broken: number; checkedAt: number }

type AuditDeps = Pick<ActivityDeps, 'db' | 'keys' | 'log'> & { readonly auditHeadFile?: string }

const hour = 3_600_000

/** Signs the head of every chain; returns how many. */
export const signHeads = async ({ db, keys, log, auditHeadFile }: AuditDeps): Promise<number> => {
  const heads = []
  for (const id of await tenantIds(db))
    heads.push(signHead(keys, id, await inTenant(db, id, readHead), Date.now()))
  for (const head of heads) log.info('the head of an audit chain', head)
  if (auditHeadFile !== undefined) await appendHeads(auditHeadFile, heads)
  return heads.length
}

/** No file yet is no head yet. @throws HeadForged */
const knownHeads = async ({ keys, auditHeadFile }: AuditDeps): Promise<HeadsByTenant> => {
  if (auditHeadFile === undefined) return new Map()
  try {
    return await readHeads(auditHeadFile, keys)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map()
    throw error
  }
}

/** Checks every chain and mails the admins about a broken one, once for each place; returns how many are broken. */
export const checkAudit = async (deps: AuditDeps, state: AuditState): Promise<number> => {
  const { db, log } = deps
  const heads = await knownHeads(deps).catch((error: unknown) => {
    log.error('the file of signed heads cannot be believed', { error })
    throw error
  })
  let broken = 0
  for (const id of await tenantIds(db)) {
    const found = await checkChain(db, id, heads.get(id))
    if (found.ok) continue
    broken += 1
    await alarm(deps, id, found.error)
  }
  Object.assign(state, { broken, checkedAt: Date.now() })
  return broken
}

const alarm = async ({ db, log }: AuditDeps, tenantId: string, { seq, problem }: ChainBreak) => {
  log.error('an audit chain is broken', { tenantId, seq, code: problem })
  await inTenant(db, tenantId, (tx) =>
    tellAdmins(tx, { kind: 'audit_broken', about: String(seq), byName: '', takesEffectAt: null }),
  )
}

/** The loops, with their names and intervals. */
export const auditLoops = (deps: AuditDeps, state: AuditState): readonly Loop[] => [
  { name: 'audit check', everyMs: 24 * hour, work: () => checkAudit(deps, state) },
  { name: 'audit heads', everyMs: hour, work: () => signHeads(deps) },
]
