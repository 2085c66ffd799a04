/**
 * The one place that talks to Temporal for the API: a small port, each call under a deadline, each answer one of five
 * kinds. Handlers never see the SDK.
 */
import {
  Client,
  isGrpcServiceError,
  WithStartWorkflowOperation,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type WorkflowHandle,
} from '@temporalio/client'
// Not from the package's front: that loads the workers too, 5 MB that the API has no use for.
import { NativeConnection } from '@temporalio/worker/lib/connection.js'
import { refusalCodes, type RefusalCode } from '#domain/refusal.ts'
import {
  answerApproverUpdate,
  answersCompletedSignal,
  askApproverUpdate,
  attributesAtStart,
  cancelUpdate,
  decideUpdate,
  deliveryReportedSignal,
  openUpdate,
  reportedSignal,
  resendUpdate,
  revokeSignal,
  submitMatchCodeUpdate,
  submitPasskeyUpdate,
  submitProviderSignInUpdate,
  submitPushUpdate,
  submitRecoveryCodeUpdate,
  submitSecondCodeUpdate,
  taskQueues,
  workflowId,
  workflowTypes,
  type ApproverSaidAnswer,
  type AskApproverAnswer,
  type AskApproverInput,
  type CancelInput,
  type DecisionAnswer,
  type DeliveryReport,
  type MatchCodeAnswer,
  type ResendInput,
  type RevokeInput,
  type PasskeyAnswer,
  type ProviderSignInAnswer,
  type PushAnswer,
  type RecoveryCodeAnswer,
  type SecondCodeAnswer,
  type SendAnswer,
  type VerificationInput,
} from '#workflows/messages.ts'
import { StartError } from '../process/start-error.ts'
import { searchOver, type SearchPort } from './temporal-search.ts'
import { atMost } from '../process/at-most.ts'
import { createDataConverter, type CodecKeys } from './codec.ts'
import { temporalLack, type TemporalLack } from './temporal-state.ts'
import type { UpdateDefinition } from '@temporalio/common'
import type { KeyRing } from '../crypto/keys.ts'
import {
  attesterFor,
  type Requested,
  type Attester,
  type Unattested,
  type UnattestedDecision,
  type VerificationRef,
} from './attest-messages.ts'
import { actsOver, type ActPort, type Reply, type Update } from './temporal-acts.ts'

export type { Reply, Requested, VerificationRef }

/** The API may ask this of the workflows. */
export type Verifications = ActPort &
  SearchPort & {
    open(
      input: Unattested<Omit<VerificationInput, 'queuePrefix' | 'carried'>>,
      by: Requested,
    ): Promise<Reply<SendAnswer>>
    resend(ref: VerificationRef, input: Unattested<ResendInput>, by: Requested): Promise<Reply<SendAnswer>>
    submitMatchCode(ref: VerificationRef, inputId: string): Promise<Reply<MatchCodeAnswer>>
    submitSecondCode(ref: VerificationRef, inputId: string): Promise<Reply<SecondCodeAnswer>>
    askApprover(
      ref: VerificationRef,
      input: Unattested<AskApproverInput>,
      by: Requested,
    ): Promise<Reply<AskApproverAnswer>>
    answerApprover(ref: VerificationRef, inputId: string): Promise<Reply<ApproverSaidAnswer>>
    submitPasskey(ref: VerificationRef, inputId: string): Promise<Reply<PasskeyAnswer>>
    submitProviderSignIn(ref: VerificationRef, inputId: string): Promise<Reply<ProviderSignInAnswer>>
    submitPush(ref: VerificationRef, inputId: string): Promise<Reply<PushAnswer>>
    submitRecoveryCode(ref: VerificationRef, inputId: string): Promise<Reply<RecoveryCodeAnswer>>
    decide(ref: VerificationRef, input: UnattestedDecision, by: Requested): Promise<Reply<DecisionAnswer>>
    cancel(
      ref: VerificationRef,
      input: Unattested<CancelInput>,
      by: Requested,
    ): Promise<Reply<{ readonly state: string }>>
    answersCompleted(ref: VerificationRef, completionId: string): Promise<Reply<null>>
    deliveryReported(ref: VerificationRef, report: DeliveryReport): Promise<Reply<null>>
    /** Moves the case on; the freeze itself is the caller's transaction (`db/freeze.ts`). */
    reported(ref: VerificationRef, reportId: string): Promise<Reply<null>>
    /** `resetId`: `actions.workflow_id`. */
    revoke(resetId: string, input: RevokeInput): Promise<Reply<null>>
    /** The server's lack of something that our workflows need; null: none. @throws where it does not answer */
    lack(): Promise<TemporalLack | null>
    close(): Promise<void>
  }

/** The address of the server, and the queues to use. */
export type TemporalOptions = {
  readonly address: string
  readonly namespace: string
  readonly taskQueuePrefix: string
  /** The keys of the process; the attestation of every message in the name of staff is made with them. */
  readonly keys: KeyRing
  /** Milliseconds; must exceed the server's own fallback of 5 s. */
  readonly updateDeadlineMs?: number
  readonly signalDeadlineMs?: number
}

/** A connection and a client that speak with our data converter. */
export type TemporalClient = { readonly connection: NativeConnection; readonly client: Client }

/**
 * Connects.
 * @throws StartError when nobody answers at the address
 */
export const connectTemporal = async (
  options: Pick<TemporalOptions, 'address' | 'namespace'> & { readonly codecKeys: CodecKeys },
): Promise<TemporalClient> => {
  const { address } = options
  const isAway = `TEMPORAL_ADDRESS names ${address}, where no Temporal server answers.`
  const connecting = NativeConnection.connect({ address })
  const connection = await atMost(connectMs, connecting, undefined).catch((error: unknown) => {
    throw new StartError(isAway, { cause: error })
  })
  if (connection === undefined) {
    // A server that says nothing now may still do so when nobody waits any more.
    void connecting.then((late) => late.close()).catch(() => undefined)
    throw new StartError(isAway)
  }
  const dataConverter = createDataConverter(options.codecKeys)
  return { connection, client: new Client({ connection, namespace: options.namespace, dataConverter }) }
}

/** Longest wait for a server that takes a connection and says nothing. */
const connectMs = 10_000

const unavailable = { kind: 'unavailable' } as const
const refusalOf = (type: unknown): RefusalCode | undefined => refusalCodes.find((code) => code === type)

/** DEADLINE_EXCEEDED and CANCELLED of gRPC: nobody knows whether it happened. */
const unknownCodes = new Set([1, 4])

const ofFailedUpdate = (error: WorkflowUpdateFailedError): Reply<never> => {
  const { type } = (error.cause ?? {}) as { type?: unknown }
  const code = refusalOf(type)
  if (code !== undefined) return { kind: 'refused', code }
  return type === 'AcceptedUpdateCompletedWorkflow' ? { kind: 'gone' } : unavailable
}

/** The meaning of an error of the client. Exported for its test. @throws errors that are no answer of the server */
export const replyOfError = (error: unknown): Reply<never> => {
  if (error instanceof WorkflowUpdateFailedError) return ofFailedUpdate(error)
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { kind: 'pending' }
  if (error instanceof WorkflowNotFoundError) return { kind: 'gone' }
  if (error instanceof WorkflowExecutionAlreadyStartedError) {
    return { kind: 'refused', code: 'verification_closed' }
  }
  const cause = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error
  if (!isGrpcServiceError(cause)) throw error
  return unknownCodes.has(cause.code) ? { kind: 'pending' } : unavailable
}

type Within = <Value>(ms: number, call: () => Promise<Value>) => Promise<Reply<Value>>

/** Every call has a deadline; without one the client would repeat it for half a minute. */
const withinOf =
  (connection: NativeConnection): Within =>
  async (ms, call) => {
    try {
      return { kind: 'answered', value: await connection.withDeadline(Date.now() + ms, call) }
    } catch (error) {
      return replyOfError(error)
    }
  }

/** The port over a connection that is already open; `createVerifications` opens one. */
export const verificationsOver = (temporal: TemporalClient, options: TemporalOptions): Verifications => {
  const { connection, client } = temporal
  const within = withinOf(connection)
  const update = <Value>(call: () => Promise<Value>) => within(options.updateDeadlineMs ?? 10_000, call)
  return {
    ...updatesOver(client, options, update, attesterFor(options.keys)),
    ...signalsOver(temporal, options),
    ...searchOver(client, options.taskQueuePrefix, within),
    lack: () => temporalLack(connection, options.namespace),
    close: () => connection.close(),
  }
}

type Signals = Pick<Verifications, 'answersCompleted' | 'deliveryReported' | 'reported' | 'revoke'>

/** The workflow of a case. */
export const caseHandleOf = (
  { workflow }: Client,
  { tenantId, verificationId }: VerificationRef,
): WorkflowHandle => workflow.getHandle(workflowId(tenantId, 'verification', verificationId))

export const signalsOver = (
  { connection, client }: TemporalClient,
  { signalDeadlineMs = 6_000 }: Pick<TemporalOptions, 'signalDeadlineMs'> = {},
): Signals => {
  const within = withinOf(connection)
  const signal = (send: () => Promise<void>): Promise<Reply<null>> =>
    within(signalDeadlineMs, async () => {
      await send()
      return null
    })
  const handleOf = (ref: VerificationRef) => caseHandleOf(client, ref)
  return {
    answersCompleted: (ref, completionId) =>
      signal(() => handleOf(ref).signal(answersCompletedSignal, { completionId })),
    deliveryReported: (ref, report) => signal(() => handleOf(ref).signal(deliveryReportedSignal, report)),
    reported: (ref, reportId) => signal(() => handleOf(ref).signal(reportedSignal, { reportId })),
    revoke: (resetId, input) => signal(() => client.workflow.getHandle(resetId).signal(revokeSignal, input)),
  }
}

type Updates = Pick<
  Verifications,
  | 'open'
  | 'resend'
  | 'submitMatchCode'
  | 'submitSecondCode'
  | 'askApprover'
  | 'answerApprover'
  | 'submitPasskey'
  | 'submitProviderSignIn'
  | 'submitPush'
  | 'submitRecoveryCode'
  | 'decide'
  | 'cancel'
  | keyof ActPort
>

const staffUpdatesOver = (
  client: Client,
  update: Update,
  attester: Attester,
): Pick<Updates, 'resend' | 'askApprover' | 'decide' | 'cancel'> => {
  const send = <Answer, Input>(
    name: UpdateDefinition<Answer, [Input]>,
    ref: VerificationRef,
    input: Input,
    { requestId: updateId }: Requested,
  ) => update(() => caseHandleOf(client, ref).executeUpdate(name, { args: [input], updateId }))
  return {
    resend: (ref, input, by) => send(resendUpdate, ref, attester.resend(ref, input, by), by),
    askApprover: (ref, input, by) => send(askApproverUpdate, ref, attester.askApprover(ref, input, by), by),
    decide: (ref, input, by) => send(decideUpdate, ref, attester.decide(ref, input, by), by),
    cancel: (ref, input, by) => send(cancelUpdate, ref, attester.cancel(ref, input, by), by),
  }
}

const updatesOver = (
  client: Client,
  options: TemporalOptions,
  update: Update,
  attester: Attester,
  handleOf = (ref: VerificationRef) => caseHandleOf(client, ref),
): Updates => ({
  open: (input, { requestId: updateId }) =>
    update(() => {
      const startWorkflowOperation = new WithStartWorkflowOperation(workflowTypes.verification, {
        workflowId: workflowId(input.tenantId, 'verification', input.verificationId),
        taskQueue: taskQueues(options.taskQueuePrefix).main,
        args: [{ ...attester.start(input), queuePrefix: options.taskQueuePrefix }],
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
        typedSearchAttributes: attributesAtStart('verification', input, new Date()),
      })
      return client.workflow.executeUpdateWithStart(openUpdate, { startWorkflowOperation, updateId })
    }),
  submitMatchCode: (ref, inputId) =>
    update(() =>
      handleOf(ref).executeUpdate(submitMatchCodeUpdate, { args: [{ inputId }], updateId: inputId }),
    ),
  submitSecondCode: (ref, inputId) =>
    update(() =>
      handleOf(ref).executeUpdate(submitSecondCodeUpdate, { args: [{ inputId }], updateId: inputId }),
    ),
  answerApprover: (ref, inputId) =>
    update(() =>
      handleOf(ref).executeUpdate(answerApproverUpdate, { args: [{ inputId }], updateId: inputId }),
    ),
  submitPasskey: (ref, inputId) =>
    update(() =>
      handleOf(ref).executeUpdate(submitPasskeyUpdate, { args: [{ inputId }], updateId: inputId }),
    ),
  submitProviderSignIn: (ref, inputId) =>
    update(() =>
      handleOf(ref).executeUpdate(submitProviderSignInUpdate, { args: [{ inputId }], updateId: inputId }),
    ),
  submitPush: (ref, inputId) =>
    update(() => handleOf(ref).executeUpdate(submitPushUpdate, { args: [{ inputId }], updateId: inputId })),
  submitRecoveryCode: (ref, inputId) =>
    update(() =>
      handleOf(ref).executeUpdate(submitRecoveryCodeUpdate, { args: [{ inputId }], updateId: inputId }),
    ),
  ...staffUpdatesOver(client, update, attester),
  ...actsOver(client, update, attester),
})

/** Connects and gives the port. @throws when nobody answers at the address */
export const createVerifications = async (options: TemporalOptions): Promise<Verifications> =>
  verificationsOver(await connectTemporal({ ...options, codecKeys: options.keys.codec }), options)
