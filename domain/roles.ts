/** Staff roles; the operator has a shell, not a role. */
export const roles = ['agent', 'supervisor', 'admin', 'auditor'] as const

/** One staff role. */
export type Role = (typeof roles)[number]

/** The permissions of staff. A route of the console names exactly one of these. */
export const permissions = [
  'people.read',
  'people.access_report',
  'contacts.reveal',
  'people.protect',
  'readiness.read',
  'readiness.invite',
  'verifications.read',
  'verifications.start',
  'verifications.steer',
  'verifications.decide',
  'verifications.second',
  'verifications.label',
  'exercises.mark',
  'verifications.export',
  'scores.read',
  'checks.read',
  'transcripts.read',
  'evidence.read_restricted',
  'analytics.read',
  'calibration.read',
  'workflows.link',
  'policy.read',
  'policy.write',
  'policy.hasten',
  'threat.switch',
  'sources.read',
  'sources.import',
  'session.own',
  'passkeys.revoke',
  'sheets.void',
  'alarms.read',
  'freezes.lift',
  'duress.read',
  'duress.clear',
] as const

/** One permission. */
export type Permission = (typeof permissions)[number]

const everyone: readonly Permission[] = ['session.own']
const agent: readonly Permission[] = [
  ...everyone,
  'people.read',
  'contacts.reveal',
  'verifications.read',
  'verifications.start',
  'verifications.steer',
  'verifications.decide',
  'verifications.label',
  'sheets.void',
]
const seesEvidence: readonly Permission[] = ['scores.read', 'checks.read', 'transcripts.read']

/**
 * The permissions of each role. By default agents see outcome, band and instruction, supervisors see all; the auditor
 * reads everything but secrets and changes nothing; the admin sets rules and reads trends, and does not handle cases
 * (D6: no role both edits policy and approves).
 */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  agent,
  supervisor: [
    ...agent,
    ...seesEvidence,
    'verifications.second',
    'people.protect',
    'readiness.read',
    'readiness.invite',
    'evidence.read_restricted',
    'exercises.mark',
    'passkeys.revoke',
    'alarms.read',
    'freezes.lift',
    'duress.read',
    'duress.clear',
    'verifications.export',
    'analytics.read',
    'policy.read',
    'policy.hasten',
    'threat.switch',
  ],
  admin: [
    ...everyone,
    'people.read',
    'people.access_report',
    'sheets.void',
    'people.protect',
    'readiness.read',
    'readiness.invite',
    'verifications.read',
    'alarms.read',
    'exercises.mark',
    'verifications.export',
    'scores.read',
    'checks.read',
    'analytics.read',
    'calibration.read',
    'workflows.link',
    'policy.read',
    'policy.write',
    'policy.hasten',
    'threat.switch',
    'sources.read',
    'sources.import',
  ],
  auditor: [
    ...everyone,
    'people.read',
    'readiness.read',
    'verifications.read',
    'alarms.read',
    'duress.read',
    'verifications.export',
    ...seesEvidence,
    'evidence.read_restricted',
    'analytics.read',
    'calibration.read',
    'policy.read',
    'sources.read',
  ],
}

/** True if a role holds a permission. */
export const may = (role: Role, permission: Permission): boolean => permissionsOf[role].includes(permission)
