import { randomUUID } from 'node:crypto'
import { analyticsPayload, type AnalyticsVerification } from '#domain/events/analytics.ts'
import type { EventDraft } from '#domain/events/catalog.ts'
import type { Actor } from '#domain/verification/verification.ts'
import { appendEvents } from './append-event.ts'
import type { Tx } from './transaction.ts'

/** What every event of a verification tells analytics; null when there is no such verification. */
export const aboutVerification = async (
  tx: Tx,
  verificationId: string,
): Promise<AnalyticsVerification | null> => {
  const [row] = await tx.named<AnalyticsVerification>(
    'about_verification',
    `select iso_instant(v.created_at) as "startedAt", p.pseudonym, v.purpose, v.tier, v.channel,
       v.referrer_kind as "referrerKind", v.referrer_id as "referrerId"
     from verifications v join people p on p.tenant_id = v.tenant_id and p.id = v.person_id
     where v.tenant_id = $1 and v.id = $2`,
    [tx.tenantId, verificationId],
  )
  return row ?? null
}

/**
 * Records what the API saw happen, in the transaction of the rows it tells of (security.md G1). Last in a transaction:
 * it holds the tenant's chain head.
 * @param ids one repeatable id for each event where the same happening may be told twice
 */
export const recordEvents = async (
  tx: Tx,
  actor: Actor,
  verificationId: string | null,
  drafts: readonly EventDraft[],
  ids: readonly string[] = [],
): Promise<void> => {
  const verification = verificationId === null ? null : await aboutVerification(tx, verificationId)
  await appendEvents(
    tx,
    drafts.map((draft, index) => ({
      id: ids[index] ?? randomUUID(),
      type: draft.type,
      actor,
      object: draft.object,
      verificationId,
      payload: draft.payload,
      // Looking things up is for the audit; figures are made of verifications only.
      analytics: verification === null ? null : analyticsPayload(draft, { actor, verification }),
      ...(draft.occurredAt === undefined ? {} : { occurredAt: draft.occurredAt }),
    })),
  )
}
