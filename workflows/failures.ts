import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow'
import type { Refusal, RefusalCode } from '#domain/refusal.ts'

/** A refusal as it crosses Temporal: a failure whose type is the code. Plain errors would fail the task for ever. */
export const refuse = (code: RefusalCode): ApplicationFailure => ApplicationFailure.nonRetryable(code, code)

/** The same from the domain's own answer. */
export const refuseWith = (refusal: Refusal): ApplicationFailure => refuse(refusal.code)

/** That an activity refused to record what nobody of the staff said; undefined: it failed in another way. */
export const refusalIn = (error: unknown): ApplicationFailure | undefined => {
  const cause = error instanceof ActivityFailure ? error.cause : undefined
  return cause instanceof ApplicationFailure && cause.type === 'not_permitted'
    ? refuse('not_permitted')
    : undefined
}
