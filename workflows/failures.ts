import { ApplicationFailure } from '@temporalio/workflow'
import type { Refusal, RefusalCode } from '#domain/refusal.ts'

/** A refusal as it crosses Temporal: a failure whose type is the code. Plain errors would fail the task for ever. */
export const refuse = (code: RefusalCode): ApplicationFailure => ApplicationFailure.nonRetryable(code, code)

/** The same from the domain's own answer. */
export const refuseWith = (refusal: Refusal): ApplicationFailure => refuse(refusal.code)
