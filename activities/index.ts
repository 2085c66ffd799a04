import { ApplicationFailure } from '@temporalio/common'
import { actingPurposes, actions } from '#domain/verification/verification.ts'
import type { RegisteredActionActivities, ResetRef, Writes } from '#workflows/action/activity-types.ts'
import type { WaitActivities } from '#workflows/action/wait-activity-types.ts'
import type { DirectorySearchActivities } from '#workflows/directory-search/activity-types.ts'
import type { MaintenanceActivities } from '#workflows/maintenance/activity-types.ts'
import type { VerificationActivities } from '#workflows/verification/activity-types.ts'
import { workflowIdNow } from './context.ts'
import { createClearLockout } from './directory/operations/clear-lockout.ts'
import { createEndSessions } from './directory/operations/end-sessions.ts'
import { operations } from './directory/operations/index.ts'
import { createReadBack } from './directory/operations/read-back.ts'
import { createRecordAction } from './directory/operations/record-action.ts'
import { createRecordIntent } from './directory/operations/record-intent.ts'
import { createSearchDirectories } from './directory/search-directories.ts'
import { toFailure } from './failures.ts'
import { createScheduledWork, type ScheduledDeps } from './maintenance/scheduled-work.ts'
import type { ActivityDeps } from './ports.ts'
import { createAcceptApproverAnswer } from './verification/accept-approver-answer.ts'
import { createAcceptMatchCode } from './verification/accept-match-code.ts'
import { createAcceptPasskey } from './verification/evidence/accept-passkey.ts'
import { createAcceptProviderSignIn } from './verification/evidence/accept-provider-sign-in.ts'
import { createAcceptPush } from './verification/evidence/accept-push.ts'
import { createAcceptRecoveryCode } from './verification/evidence/accept-recovery-code.ts'
import { createAcceptReturnCode } from './verification/accept-return-code.ts'
import { createAcceptSecondCode } from './verification/evidence/accept-second-code.ts'
import { createAskApprover } from './verification/ask-approver.ts'
import { createDeliverLink } from './verification/deliver-link.ts'
import { createDeliverEntryCode, createDeliverSecondCode } from './verification/deliver-second-code.ts'
import { createEndFirstApproval } from './verification/first-approval.ts'
import { createIssueGrant } from './verification/issue-grant.ts'
import { createPrepareAction } from './verification/prepare-action.ts'
import { createRecordDecision } from './verification/record-decision.ts'
import { createRecordTransition } from './verification/record-transition.ts'
import { createDeliverReturnLink } from './verification/return-link.ts'
import { createScoreVerification } from './verification/score-verification.ts'
import { createStopAction } from './verification/stop-action.ts'
import { parseWorkflowId } from './workflow-id.ts'

/** All activities, by the names that workflows call. */
export type Activities = VerificationActivities &
  RegisteredActionActivities &
  WaitActivities &
  DirectorySearchActivities &
  MaintenanceActivities

/** Makes the activities over what they need from outside. */
export const createActivities = (deps: ScheduledDeps): Activities => ({
  deliverLink: edge(deps, 'deliverLink', createDeliverLink(deps)),
  recordTransition: edge(deps, 'recordTransition', createRecordTransition(deps)),
  acceptMatchCode: edge(deps, 'acceptMatchCode', createAcceptMatchCode(deps)),
  deliverEntryCode: edge(deps, 'deliverEntryCode', createDeliverEntryCode(deps)),
  deliverSecondCode: edge(deps, 'deliverSecondCode', createDeliverSecondCode(deps)),
  acceptSecondCode: edge(deps, 'acceptSecondCode', createAcceptSecondCode(deps)),
  askApprover: edge(deps, 'askApprover', createAskApprover(deps)),
  acceptApproverAnswer: edge(deps, 'acceptApproverAnswer', createAcceptApproverAnswer(deps)),
  acceptPasskey: edge(deps, 'acceptPasskey', createAcceptPasskey(deps)),
  acceptProviderSignIn: edge(deps, 'acceptProviderSignIn', createAcceptProviderSignIn(deps)),
  acceptPush: edge(deps, 'acceptPush', createAcceptPush(deps)),
  acceptRecoveryCode: edge(deps, 'acceptRecoveryCode', createAcceptRecoveryCode(deps)),
  scoreVerification: edge(deps, 'scoreVerification', createScoreVerification(deps)),
  recordDecision: edge(deps, 'recordDecision', createRecordDecision(deps)),
  endFirstApproval: edge(deps, 'endFirstApproval', createEndFirstApproval(deps)),
  prepareAction: edge(deps, 'prepareAction', createPrepareAction(deps)),
  deliverReturnLink: edge(deps, 'deliverReturnLink', createDeliverReturnLink(deps)),
  acceptReturnCode: edge(deps, 'acceptReturnCode', createAcceptReturnCode(deps)),
  stopAction: edge(deps, 'stopAction', createStopAction(deps)),
  issueGrant: edge(deps, 'issueGrant', createIssueGrant(deps)),
  recordIntent: edge(deps, 'recordIntent', createRecordIntent(deps)),
  ...writing(deps),
  readBack: edge(deps, 'readBack', createReadBack(deps)),
  recordAction: edge(deps, 'recordAction', createRecordAction(deps)),
  endSessions: edge(deps, 'endSessions', createEndSessions(deps)),
  clearLockout: edge(deps, 'clearLockout', createClearLockout(deps)),
  searchDirectories: edge(deps, 'searchDirectories', createSearchDirectories(deps)),
  ...scheduled(deps),
})

/** Inputs name their case in one of these ways. */
type AnyInput = {
  readonly case?: { readonly tenantId: string; readonly verificationId: string }
  readonly reset?: Pick<ResetRef, 'tenantId' | 'workflowId'>
  readonly operation?: { readonly reset: Pick<ResetRef, 'tenantId' | 'workflowId'> }
  readonly search?: { readonly tenantId: string; readonly searchId: string }
}

/** The edge of every activity of a case: the input belongs to this workflow (I6). */
const edge =
  <Input extends AnyInput, Answer>(
    deps: Pick<ActivityDeps, 'log'>,
    activity: string,
    work: (input: Input) => Promise<Answer>,
  ) =>
  (input: Input): Promise<Answer> =>
    told(deps, activity, (workflowId) => {
      if (!isOwn(input, workflowId)) {
        throw ApplicationFailure.nonRetryable('the input belongs to another workflow', 'not_own_case')
      }
      return work(input)
    })

/** The one write of each purpose that acts, by the name of its activity. */
const writing = (deps: ActivityDeps): Writes =>
  Object.fromEntries(
    actingPurposes.map((purpose) => {
      const { activity } = actions[purpose]
      const write = operations[purpose].create(deps) as (input: AnyInput) => Promise<unknown>
      return [activity, edge(deps, activity, write)]
    }),
  ) as unknown as Writes

/** Work at an interval takes no input, so there is no input that could belong to another case. */
const scheduled = (deps: ScheduledDeps): MaintenanceActivities =>
  Object.fromEntries(
    Object.entries(createScheduledWork(deps)).map(([name, work]) => [name, () => told(deps, name, work)]),
  ) as MaintenanceActivities

/** Logs every activity, and lets only our own failures out. */
const told = async <Answer>(
  { log }: Pick<ActivityDeps, 'log'>,
  activity: string,
  work: (workflowId: string) => Promise<Answer>,
): Promise<Answer> => {
  const startedAt = Date.now()
  const workflowId = workflowIdNow()
  try {
    const answer = await work(workflowId)
    log.info('activity done', { activity, workflowId, durationMs: Date.now() - startedAt })
    return answer
  } catch (error) {
    const failure = toFailure(error)
    const code = failure.type ?? 'failure'
    log.warn('activity failed', { activity, workflowId, code, error, durationMs: Date.now() - startedAt })
    throw failure
  }
}

const isOwn = (input: AnyInput, id: string): boolean => {
  const own = parseWorkflowId(id)
  if (own === null) return false
  const reset = input.reset ?? input.operation?.reset
  if (reset) return reset.workflowId === id && reset.tenantId === own.tenantId
  if (input.search) return input.search.tenantId === own.tenantId && input.search.searchId === own.id
  return input.case?.tenantId === own.tenantId && input.case.verificationId === own.id
}
