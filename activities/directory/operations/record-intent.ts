import type { RefusalCode } from '#domain/refusal.ts'
import { actionEvents } from '#domain/events/catalog.ts'
import { isActing, writeOf, type ActingPurpose } from '#domain/verification/verification.ts'
import { recordActionRow } from '#services/actions/actions.ts'
import { isOnHold } from '#services/reports/duress.ts'
import { lockGrant } from '#services/actions/grants.ts'
import { addIntent } from '#services/actions/intents.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { RecordIntentAnswer, RecordIntentInput } from '#workflows/action/activity-types.ts'
import { attemptNow } from '../../context.ts'
import type { ActivityDeps } from '../../ports.ts'
import { notYetAt } from '../../not-yet.ts'
import type { Account } from '../port.ts'
import { operations } from './index.ts'
import { directoryOf, operationUuid } from './operation.ts'

/** Says what is about to be done and from which version of the account, before it is done (R4). */
export const createRecordIntent =
  (deps: Pick<ActivityDeps, 'db' | 'openDirectory'>) =>
  async (input: RecordIntentInput): Promise<RecordIntentAnswer> => {
    const { operation } = input
    const { person, directory } = await directoryOf(deps, operation)
    const account = await directory.find(person.directoryId)
    if (account === null || account.state === 'disabled') return { refusal: 'directory_refused' }
    return inTenant(deps.db, operation.reset.tenantId, async (tx) => {
      const stored = await lockGrant(tx, operation.grantId)
      const refusal = stored === undefined ? 'grant_unusable' : unusable(stored)
      if (stored === undefined || refusal !== null) return { refusal: refusal ?? 'grant_unusable' }
      if (await isOnHold(tx, operation.reset.verificationId)) throw notYetAt(attemptNow())
      const { purpose } = stored.grant
      if (!isActing(purpose)) return { refusal: 'grant_unusable' }
      const needless = await operations[purpose].needless?.(tx, operation.reset.personId, account)
      return needless ? { refusal: needless } : record(tx, input, account, purpose)
    })
  }

const record = async (
  tx: Tx,
  { operation, seq }: RecordIntentInput,
  account: Account,
  purpose: ActingPurpose,
): Promise<RecordIntentAnswer> => {
  const { reset, grantId, attempt } = operation
  const { verificationId, personId } = reset
  const operationId = operationUuid(operation)
  await addIntent(tx, {
    kind: writeOf[purpose],
    operationId,
    grantId,
    verificationId,
    personId,
    attempt,
    versionBefore: account.version,
  })
  await recordActionRow(tx, { reset, seq, state: 'in_progress', reason: null, grantId, operationId })
  await recordEvents(
    tx,
    { kind: 'participant', id: personId },
    verificationId,
    [
      {
        type: `${actionEvents[purpose]}.intended`,
        object: { kind: 'verification', id: verificationId },
        payload: { operationId, attempt },
      },
    ],
    [uuidOf(`${actionEvents[purpose]}-intended`, operationId)],
  )
  return { refusal: null }
}

const unusable = ({
  grant,
  now,
}: {
  readonly grant: {
    readonly spentAt: string | null
    readonly voidedAt: string | null
    readonly expiresAt: string
  }
  readonly now: string
}): RefusalCode | null =>
  grant.spentAt !== null || grant.voidedAt !== null || now >= grant.expiresAt ? 'grant_unusable' : null
