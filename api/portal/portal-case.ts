import type { ApproverRelation } from '#domain/policy/approver.ts'
import type { Policy } from '#domain/policy/policy.ts'
import { dropping, type QuestionPlan } from '#domain/questions/plan.ts'
import type { ActionState, Outcome } from '#domain/verification/outcome.ts'
import type { VerificationState } from '#domain/verification/state.ts'
import { isActing, type Purpose } from '#domain/verification/verification.ts'
import { approverDigits } from '#platform/crypto/approver-digits.ts'
import { openPlan } from '#platform/crypto/case-inputs.ts'
import { readApproverRequests } from '#services/approvals/approver-requests.ts'
import { isOnHold } from '#services/reports/duress.ts'
import { readEnrolmentCode, type EnrolmentState } from '#services/actions/enrolment-codes.ts'
import { passwordOnItsWay } from '#services/verifications/portal-inputs.ts'
import type { OtherWay } from '#services/sending/refused-codes.ts'
import { inOneTrip, type Tx } from '#platform/database/transaction.ts'
import { readPortalCase } from '#services/verifications/verifications.ts'
import type { PortalCaller } from '../http/callers.ts'
import type { ApiDeps } from '../deps.ts'
import { invariant } from '../http/errors.ts'
import { hasReported } from './own-report.ts'
import { readPushPage, type PushPage } from './push/push-page.ts'
import { readSignInPage, type SignInPage } from './sign-in-page.ts'
import { noSheetPage, sheetPageOf, type SheetPage } from './sheet/sheet-page.ts'
import { noPasskeyPage, passkeyPageOf, type PasskeyPage } from './passkeys/passkey-state.ts'

/** The participant's case, as `read_portal_case` gives it (snake_case as in the tables). */
export type PortalCase = {
  readonly tenant: { readonly name: string; readonly settings: { accent?: string; helpdeskPhone?: string } }
  readonly verification: {
    readonly id: string
    readonly state: VerificationState
    readonly outcome: Outcome | null
    readonly purpose: Purpose
    readonly person_id: string
    readonly referrer_kind: string
    readonly policy_version: number
    readonly expires_at: string
  }
  readonly person: {
    readonly displayName: string
    readonly givenName: string
    readonly familyName: string
    readonly login: string
    readonly workEmail: string | null
  }
  readonly action: {
    readonly state: ActionState
    readonly tries: number
    readonly reason: string | null
    readonly workflow_id: string | null
    readonly not_before: string | null
  } | null
  readonly plan: {
    readonly route: QuestionPlan['route'] | 'passkey' | 'provider_sign_in' | 'push' | 'recovery_sheet'
    readonly plan_sealed: string
    readonly current_position: number
    readonly gate: 'open' | 'closed' | null
    readonly completed_at: string | null
    readonly dropped_positions: readonly number[]
    /** The reason why the code to another contact was not sent; null: none was refused. */
    readonly code_refusal: string | null
    readonly code_next_at: string | null
    readonly code_other_way: OtherWay | null
    readonly code_asks: number
  } | null
  readonly answers: readonly {
    readonly position: number
    readonly verdict: 'correct' | 'partial' | 'incorrect' | 'invalid' | 'skipped'
    readonly timed_out: boolean
    readonly extensions: number
  }[]
  readonly secondCode: {
    readonly tries: number
    readonly max_tries: number
    readonly accepted_at: string | null
    readonly expires_at: string
    readonly channel: 'sms' | 'email' | null
    readonly contact_masked: string | null
    readonly delivery_status: string | null
    readonly created_at: string
  } | null
  /** Contacts that another code may go to, in the order of the policy. */
  readonly codeChoices: readonly {
    readonly id: string
    readonly channel: 'sms' | 'email'
    readonly masked: string
  }[]
  readonly policy: Omit<Policy, 'version'>
  /** An approver was asked to vouch and has not answered yet. */
  readonly approver: {
    readonly as: ApproverRelation
    readonly secondsLeft: number
    readonly digits: string
  } | null
  readonly feedbackGiven: boolean
  /** To the shown question's deadline; null while none is shown. */
  readonly secondsLeft: number | null
  /** To the end of the grant; null before there is one. */
  readonly grantSecondsLeft: number | null
  readonly passkey: PasskeyPage
  readonly sheet: SheetPage
  /** The page of a sign-in at the provider; null at every other step. */
  readonly signIn: SignInPage | null
  /** The page of a push; null at every other step. */
  readonly push: PushPage | null
  /** The state of the code for a new second factor, as far as this session may see it; null: nothing yet. */
  readonly enrolment: EnrolmentState | null
  /** Input with the new password that the worker has not taken yet. */
  readonly sentPassword: string | null
  /** A supervisor looks after the result first. */
  readonly isOnHold: boolean
  /** A report ended it, and it was made on this page. */
  readonly hasReported: boolean
}

/** These are looked up beside the case. */
type Looked =
  | 'approver'
  | 'passkey'
  | 'sheet'
  | 'signIn'
  | 'push'
  | 'enrolment'
  | 'sentPassword'
  | 'isOnHold'
  | 'hasReported'

/** Nothing of it, as for most steps. */
const nothingBeside: Pick<PortalCase, Looked> = {
  ...{ approver: null, passkey: noPasskeyPage, sheet: noSheetPage, signIn: null, push: null },
  ...{ enrolment: null, sentPassword: null, isOnHold: false, hasReported: false },
}

/** Reads the caller's own case: the session alone decides which one it is. */
export const readOwnCase = async (
  deps: Pick<ApiDeps, 'db' | 'keys' | 'settings'>,
  caller: PortalCaller,
): Promise<PortalCase> => {
  const found = await readPortalCase(deps.db, caller.tenantId, caller.verificationId)
  invariant(found !== null, 'a portal session belongs to a verification')
  const read = found as Omit<PortalCase, Looked>
  return { ...read, ...(await lookBeside(deps, caller, read)) }
}

/** The route of a case that is open; null: it is closed, or has no plan yet. */
const openRouteOf = ({ plan, verification }: Pick<PortalCase, 'plan' | 'verification'>) =>
  verification.state === 'closed' ? null : (plan?.route ?? null)

const ifDue = <T>(isDue: boolean, look: () => Promise<T>): Promise<T> | null => (isDue ? look() : null)

/** One trip for all of what this step can show beside the case, and none where it can show nothing. */
const lookBeside = async (
  deps: Pick<ApiDeps, 'db' | 'keys' | 'settings'>,
  caller: PortalCaller,
  read: Omit<PortalCase, Looked>,
): Promise<Pick<PortalCase, Looked>> => {
  const passkey = passkeyPageOf(deps, caller, read)
  const sheet = sheetPageOf(caller, read)
  const route = openRouteOf(read)
  const due = {
    approver: isVouchedFor(read),
    signIn: route === 'provider_sign_in',
    push: route === 'push',
    enrolment: read.verification.purpose === 'mfa_reset' && read.action?.state === 'completed',
    // Only a grant that is not spent can wait for a password.
    sentPassword: read.action?.state === 'granted',
    isOnHold: mayBeOnHold(read),
    hasReported: isReported(caller, read),
  }
  if (passkey === null && sheet === null && !Object.values(due).includes(true)) return nothingBeside
  const { tenantId, verificationId } = caller
  return inOneTrip(deps.db, tenantId, async (tx) => {
    const [approver, passkeyPage, sheetPage, signIn, push, enrolment, sentPassword, held, reported] =
      await Promise.all([
        ifDue(due.approver, () => waitingApprover(deps, tx, verificationId)),
        passkey === null ? noPasskeyPage : passkey(tx),
        sheet === null ? noSheetPage : sheet(tx),
        ifDue(due.signIn, () => readSignInPage(deps, tx, verificationId)),
        ifDue(due.push, () => readPushPage(tx, verificationId, read.verification.person_id)),
        ifDue(due.enrolment, () => enrolmentOf(tx, caller)),
        ifDue(due.sentPassword, () => passwordOnItsWay(tx, verificationId)),
        due.isOnHold ? isOnHold(tx, verificationId) : false,
        due.hasReported ? hasReported(tx, caller) : false,
      ])
    const rest = { sentPassword, isOnHold: held, hasReported: reported }
    return { approver, passkey: passkeyPage, sheet: sheetPage, signIn, push, enrolment, ...rest }
  })
}

/** True if a report ended the case, its session, or its action. */
const isReported = (
  { endReason }: PortalCaller,
  { action, verification }: Pick<PortalCase, 'action' | 'verification'>,
): boolean => endReason === 'reported' || verification.outcome === 'reported' || action?.reason === 'reported'

/** Only a result without an action is held here; an action waits for its grant. */
const mayBeOnHold = ({ verification: { outcome, purpose } }: Pick<PortalCase, 'verification'>): boolean =>
  outcome === 'passed' && !isActing(purpose)

/** Only after a reset of factors; the code is there for the session that asked, while it lives. */
const enrolmentOf = async (
  tx: Tx,
  { verificationId, sessionId, isLive }: PortalCaller,
): Promise<EnrolmentState | null> => {
  const found = await readEnrolmentCode(tx, verificationId)
  if (found?.portalSessionId !== sessionId) return null
  return found.state === 'ready' && !isLive ? 'over' : found.state
}

/** Only a case that has nothing more to ask can wait for an approver. */
const isVouchedFor = ({ plan, verification }: Pick<PortalCase, 'plan' | 'verification'>): boolean =>
  plan?.completed_at != null && vouchingStates.has(verification.state)

const waitingApprover = async (
  { keys }: Pick<ApiDeps, 'keys'>,
  tx: Tx,
  verificationId: string,
): Promise<PortalCase['approver']> => {
  const requests = await readApproverRequests(tx, verificationId)
  const open = requests.findLast(({ answer, isOver }) => answer === null && !isOver)
  if (open === undefined) return null
  const digits = approverDigits(keys, tx.tenantId, open.id)
  return { as: open.relation, secondsLeft: open.secondsLeft, digits }
}

const vouchingStates: ReadonlySet<VerificationState> = new Set(['opened', 'answering', 'awaiting_decision'])

/** Bytes of a bytea column as JSON shows it. */
export const bytesOf = (text: string): Buffer => Buffer.from(text.replace(/^\\x/, ''), 'hex')

/** The opened plan of a case; null before the match code. */
export const planOf = (
  deps: Pick<ApiDeps, 'keys'>,
  caller: PortalCaller,
  found: PortalCase,
): QuestionPlan | null =>
  found.plan === null
    ? null
    : dropping(
        openPlan(deps.keys, caller.tenantId, caller.verificationId, bytesOf(found.plan.plan_sealed)),
        found.plan.dropped_positions,
      )
