import { log } from '@temporalio/workflow'
import type { RefusalCode } from '#domain/refusal.ts'
import { refuse } from '../failures.ts'
import type { OperationRef, WriteActivities, WriteAnswer } from './activity-types.ts'
import type { Acting } from './under-grant.ts'

type Lost = { readonly kind: 'lost' }

/**
 * Records what is about to be done.
 * @returns the operation, or why nothing may be done; the action is then over.
 * @throws the refusal, where the action is over already or has no grant yet: nothing is recorded, and the action continues
 * unchanged
 */
export const intend = async ({ run, activities, at }: Acting<WriteActivities>) => {
  if (run.isOver || run.grantId === '') throw refuse('grant_unusable')
  const operation = run.nextOperation()
  const { refusal } = await activities.recordIntent({ operation, seq: run.nextSeq(), at: at() })
  if (refusal === null) run.follow('in_progress')
  else await activities.recordAction(run.move('failed', at(), refusal))
  return { operation, refusal }
}

/** The one write. When its answer is lost, reading back decides. */
export const orLost = async <Answer>(write: () => Promise<Answer>): Promise<Answer | Lost> => {
  try {
    return await write()
  } catch (error) {
    log.warn('the answer of a directory write was lost', { error: String((error as Error).name) })
    return { kind: 'lost' }
  }
}

/** The write was refused for good. */
export const refused = async (
  { run, activities, at }: Acting<WriteActivities>,
  operation: OperationRef,
  reason: RefusalCode,
): Promise<void> => {
  await activities.recordAction(run.move('failed', at(), reason, operation.operationId))
}

/** Asks the directory for the result of the write, and records it. True: it is done. */
export const readBack = async (
  { run, activities, at }: Acting<WriteActivities>,
  operation: OperationRef,
): Promise<boolean> => {
  const { kind } = await activities.readBack({ operation }).catch(() => ({ kind: 'unknown' as const }))
  const state = kind === 'done' ? 'completed' : kind === 'unknown' ? 'unknown' : 'failed'
  const reason = kind === 'done' ? null : `read_back_${kind}`
  await activities.recordAction(run.move(state, at(), reason, operation.operationId))
  return kind === 'done'
}

/** Intent → act, one try → read back → record. A timeout is never a reason to act again (R4). */
export const writeOnce = async (
  acting: Acting<WriteActivities>,
  write: (operation: OperationRef) => Promise<WriteAnswer>,
): Promise<{ readonly refusal: RefusalCode | null; readonly doneAs: OperationRef | null }> => {
  const { operation, refusal } = await intend(acting)
  if (refusal !== null) return { refusal, doneAs: null }
  const said = await orLost(() => write(operation))
  if (said.kind === 'refused') {
    await refused(acting, operation, said.reason)
    return { refusal: said.reason, doneAs: null }
  }
  return { refusal: null, doneAs: (await readBack(acting, operation)) ? operation : null }
}
