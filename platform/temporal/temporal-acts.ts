/** The part of the port that speaks with a child that acts: before its grant (F3), and under it. */
import type { Client } from '@temporalio/client'
import type { RefusalCode } from '#domain/refusal.ts'
import {
  resetMfaUpdate,
  sendReturnLinkUpdate,
  stopActionUpdate,
  submitPasswordUpdate,
  submitReturnCodeUpdate,
  type MatchCodeAnswer,
  type ResendInput,
  type ResetMfaAnswer,
  type SendAnswer,
  type StopAnswer,
  type StopInput,
  type SubmitPasswordAnswer,
} from '#workflows/messages.ts'
import type { Requested, Attester, Unattested, VerificationRef } from './attest-messages.ts'

/**
 * The result of a call. `pending`: the deadline passed and it may still happen, so look at the database or repeat with
 * the same request id. `gone`: the workflow is closed or unknown.
 */
export type Reply<Value> =
  | { readonly kind: 'answered'; readonly value: Value }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'pending' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'gone' }

/** Makes a call under the deadline of updates. */
export type Update = <Value>(call: () => Promise<Value>) => Promise<Reply<Value>>

/** The messages to such a child. */
export type ActPort = {
  /** `resetId`, here and below: `actions.workflow_id`. */
  submitPassword(resetId: string, inputId: string): Promise<Reply<SubmitPasswordAnswer>>
  /** `portalSessionId`: the session that asks, and the only one that a code may be shown to. */
  resetMfa(resetId: string, portalSessionId: string): Promise<Reply<ResetMfaAnswer>>
  submitReturnCode(resetId: string, inputId: string): Promise<Reply<MatchCodeAnswer>>
  /** `ref`, here and below: of the case that it acts for. */
  sendReturnLink(
    ref: VerificationRef,
    resetId: string,
    input: Unattested<ResendInput>,
    by: Requested,
  ): Promise<Reply<SendAnswer>>
  stopAction(
    ref: VerificationRef,
    resetId: string,
    input: Unattested<StopInput>,
    by: Requested,
  ): Promise<Reply<StopAnswer>>
}

/** These calls over a client; `update` holds their deadline. */
export const actsOver = (client: Client, update: Update, attester: Attester): ActPort => {
  const handleOf = (resetId: string) => client.workflow.getHandle(resetId)
  return {
    submitReturnCode: (resetId, inputId) =>
      update(() =>
        handleOf(resetId).executeUpdate(submitReturnCodeUpdate, { args: [{ inputId }], updateId: inputId }),
      ),
    sendReturnLink: (ref, resetId, input, by) =>
      update(() =>
        handleOf(resetId).executeUpdate(sendReturnLinkUpdate, {
          args: [attester.sendReturnLink(ref, input, by)],
          updateId: by.requestId,
        }),
      ),
    stopAction: (ref, resetId, input, by) =>
      update(() =>
        handleOf(resetId).executeUpdate(stopActionUpdate, {
          args: [attester.stop(ref, input, by)],
          updateId: by.requestId,
        }),
      ),
    submitPassword: (resetId, inputId) =>
      update(() =>
        handleOf(resetId).executeUpdate(submitPasswordUpdate, { args: [{ inputId }], updateId: inputId }),
      ),
    resetMfa: (resetId, portalSessionId) =>
      update(() =>
        handleOf(resetId).executeUpdate(resetMfaUpdate, {
          args: [{ portalSessionId }],
          updateId: portalSessionId,
        }),
      ),
  }
}
