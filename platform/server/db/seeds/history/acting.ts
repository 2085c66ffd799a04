/** After an approval: grant, new password, notices, as the reset's workflow records them. */
import type { GrantFields } from '#domain/grant.ts'
import { signGrant } from '../../../sealing.ts'
import { tellContacts } from './notices.ts'
import { date, participant, policyOf, put, system, tell, wait, type Telling } from './telling.ts'

type End = 'completed' | 'expired' | 'unknown'

const ends: Readonly<Record<End, number>> = { completed: 955, expired: 40, unknown: 5 }

/** Carries out an approved reset. */
export const actOn = (telling: Telling): void => {
  const { case: past } = telling
  if (telling.outcome !== 'passed' || past.purpose !== 'password_reset') return
  const end = past.random.weighted(ends)
  wait(telling, 1, 2)
  const grant = grantOf(telling)
  const { grantId, expiresAt } = { grantId: grant.id, expiresAt: grant.expiresAt }
  tell(telling, system('workflow'), 'grant.issued', { grantId, expiresAt })
  if (end === 'expired') expire(telling, grant)
  else submit(telling, grant, end)
}

const grantOf = (telling: Telling): GrantFields => {
  const { world, case: past, columns, now } = telling
  const scoring = telling.rows.get('scorings')?.at(-1)
  const { lifetimes, version } = policyOf(telling)
  return {
    id: world.idOf('grant', past.id),
    tenantId: world.tenantId,
    verificationId: past.id,
    personId: past.person.id,
    directory: 'builtin',
    directoryId: past.person.directoryId,
    purpose: past.purpose,
    policyVersion: version,
    approvers: [String(columns['decided_by_id'])],
    evidenceDigest: (scoring?.['evidence_digest'] as Buffer).toString('hex'),
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + lifetimes.grant * 1000).toISOString(),
    waited: null,
  }
}

const putGrant = (
  telling: Telling,
  grant: GrantFields,
  fate: { readonly spentAt: Date | null; readonly voidedAt: Date | null; readonly voidReason: string | null },
): void => {
  const { keyId, signature } = signGrant(telling.world.keys, grant)
  put(telling, 'grants', {
    id: grant.id,
    verification_id: grant.verificationId,
    person_id: grant.personId,
    directory: grant.directory,
    directory_id: grant.directoryId,
    purpose: grant.purpose,
    policy_version: grant.policyVersion,
    approvers: grant.approvers,
    evidence_digest: Buffer.from(grant.evidenceDigest, 'hex'),
    issued_at: grant.issuedAt,
    expires_at: grant.expiresAt,
    key_id: keyId,
    signature,
    tries: fate.spentAt === null ? 0 : 1,
    spent_at: fate.spentAt,
    voided_at: fate.voidedAt,
    void_reason: fate.voidReason,
  })
}

const putAction = (
  telling: Telling,
  grant: GrantFields,
  action: { readonly state: End; readonly operationId: string | null; readonly seq: number },
): void => {
  const { world, case: past } = telling
  put(telling, 'actions', {
    verification_id: past.id,
    kind: 'password_reset',
    person_id: past.person.id,
    state: action.state,
    grant_id: grant.id,
    operation_id: action.operationId,
    reason: action.state === 'completed' ? null : action.state === 'expired' ? 'grant_unusable' : 'unknown',
    tries: action.operationId === null ? 0 : 1,
    granted_at: grant.issuedAt,
    completed_at: action.state === 'completed' ? date(telling) : null,
    expires_at: grant.expiresAt,
    sessions_ended: action.state === 'completed' ? 'done' : null,
    run_id: world.idOf('reset run', past.id),
    run_started_at: grant.issuedAt,
    seq: action.seq,
    recorded_at: date(telling),
  })
}

/** Nobody set a password while the grant lived. */
const expire = (telling: Telling, grant: GrantFields): void => {
  telling.now = Date.parse(grant.expiresAt)
  const reason = 'grant_unusable'
  tell(telling, system('workflow'), 'grant.voided', { grantId: grant.id, reason })
  tell(telling, system('workflow'), 'reset.expired', { action: 'expired', reason })
  putGrant(telling, grant, { spentAt: null, voidedAt: date(telling), voidReason: reason })
  putAction(telling, grant, { state: 'expired', operationId: null, seq: 2 })
}

/** A new password arrived; it was written and read back, or nobody can say. */
const submit = (telling: Telling, grant: GrantFields, end: 'completed' | 'unknown'): void => {
  const { world, case: past } = telling
  const operationId = world.idOf('operation', past.id)
  wait(telling, 25, 140)
  tell(telling, participant(telling), 'password.submitted', {})
  tell(telling, participant(telling), 'reset.intended', { operationId, attempt: 1 })
  tell(telling, participant(telling), 'grant.spent', { grantId: grant.id, operationId })
  putGrant(telling, grant, { spentAt: date(telling), voidedAt: null, voidReason: null })
  const intendedAt = date(telling)
  wait(telling, 1, 2)
  putIntent(telling, grant, operationId, intendedAt, end)
  putAction(telling, grant, { state: end, operationId, seq: 3 })
  if (end === 'unknown') {
    tell(telling, system('workflow'), 'reset.unknown', { action: 'unknown', reason: 'unknown' })
    return
  }
  tell(telling, system('workflow'), 'reset.completed', { action: 'completed', reason: null })
  tell(telling, system('workflow'), 'sessions.ended', { result: 'done' })
  tellContacts(telling, 'password_changed')
}

const putIntent = (
  telling: Telling,
  grant: GrantFields,
  operationId: string,
  intendedAt: Date,
  end: 'completed' | 'unknown',
): void => {
  const { world, case: past } = telling
  const memory = world.memoryOf(past.person)
  const before = 1 + memory.resets
  if (end === 'completed') memory.resets += 1
  put(telling, 'intents', {
    operation_id: operationId,
    grant_id: grant.id,
    verification_id: past.id,
    person_id: past.person.id,
    kind: 'set_password',
    attempt: 1,
    version_before: String(before),
    version_after: end === 'completed' ? String(before + 1) : null,
    status: end === 'completed' ? 'done' : 'unknown',
    intended_at: intendedAt,
    acted_at: intendedAt,
    resolved_at: date(telling),
  })
}
