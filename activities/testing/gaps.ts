/** Changes without their event, and events without their change (G1). */
import type { Queryable } from '#platform/database/transaction.ts'

/** Each state of a verification goes with so many events of these types. */
const pairs: readonly (readonly [what: string, changes: string, types: readonly string[]])[] = [
  ['started', 'select 1 from verifications where id = $1', ['verification.created']],
  [
    'links',
    `select 1 from deliveries where verification_id = $1 and kind = 'link' and status <> 'begun'`,
    ['link.sent', 'link.undelivered'],
  ],
  [
    'codes tried',
    'select 1 from verifications, generate_series(1, code_tries) where id = $1',
    ['code.tried'],
  ],
  [
    'sessions',
    'select 1 from portal_sessions where verification_id = $1',
    ['verification.opened', 'participant.returned'],
  ],
  ['plans', 'select 1 from plans where verification_id = $1', ['verification.answering_begun']],
  [
    'scorings',
    'select 1 from scorings where verification_id = $1',
    ['verification.scored', 'verification.weighed'],
  ],
  [
    'decisions',
    'select 1 from verifications where id = $1 and decision is not null',
    ['verification.decided'],
  ],
  ['ends', `select 1 from verifications where id = $1 and state = 'closed'`, ['verification.closed']],
  ['grants', 'select 1 from grants where verification_id = $1', ['grant.issued']],
  [
    'grants used',
    `select 1 from grants, generate_series(1, tries) where verification_id = $1`,
    ['grant.spent'],
  ],
  [
    'grants void',
    `select 1 from grants where verification_id = $1 and void_reason <> 'reported'`,
    ['grant.voided'],
  ],
  [
    'intents',
    'select 1 from intents where verification_id = $1',
    ['reset.intended', 'unlock.intended', 'mfa_reset.intended'],
  ],
  [
    'actions over',
    `select 1 from actions where verification_id = $1 and state in ('completed', 'failed', 'expired', 'unknown')`,
    [
      ...['reset', 'unlock', 'mfa_reset'].flatMap((action) =>
        ['completed', 'failed', 'expired', 'unknown'].map((end) => `${action}.${end}`),
      ),
      'action.stopped',
    ],
  ],
  [
    'sessions ended',
    'select 1 from actions where verification_id = $1 and sessions_ended is not null',
    ['sessions.ended'],
  ],
  ['notices', `select 1 from notices where verification_id = $1 and status = 'sent'`, ['notice.sent']],
]

/** One thing that does not fit. */
export type Gap = { readonly what: string; readonly changes: number; readonly events: number }

/** Everything that does not fit of one verification; nothing where state and audit agree. Also audit against outbox. */
export const gapsOf = async (owner: Queryable, verificationId: string): Promise<readonly Gap[]> => {
  const count = async (sql: string, params: readonly unknown[]): Promise<number> =>
    (await owner.one<{ n: number }>(`select count(*)::integer as n from (${sql}) x`, params))?.n ?? -1
  const gaps: Gap[] = []
  for (const [what, sql, types] of pairs) {
    const changes = await count(sql, [verificationId])
    const events = await count('select 1 from audit where object_id = $1::text and type = any($2)', [
      verificationId,
      types,
    ])
    if (changes !== events) gaps.push({ what, changes, events })
  }
  const audited = await count('select event_id from audit where object_id = $1::text', [verificationId])
  const told = await count('select event_id from outbox where verification_id = $1', [verificationId])
  return audited === told ? gaps : [...gaps, { what: 'outbox', changes: told, events: audited }]
}
