import type { EventPayload, EventType } from '#domain/events/catalog.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { CaseRef } from '#workflows/verification/activity-types.ts'

/** Records what a participant did with a kind of evidence. The same input again records nothing. */
export const recordEvidence = (
  tx: Tx,
  input: { readonly case: CaseRef; readonly inputId: string; readonly at: string },
  type: EventType,
  payload: EventPayload,
): Promise<void> =>
  recordEvents(
    tx,
    { kind: 'participant', id: input.case.personId },
    input.case.verificationId,
    [
      {
        type,
        object: { kind: 'verification', id: input.case.verificationId },
        payload,
        occurredAt: input.at,
      },
    ],
    [uuidOf(type, input.inputId)],
    'to_consoles',
  )
