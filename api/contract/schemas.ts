import { z } from 'zod'
import * as Approver from './approver.ts'
import { Id } from './common.ts'
import * as Alarm from './console-alarms.ts'
import * as Console from './console.ts'
import * as Approvers from './console-approvers.ts'
import * as Access from './console-access.ts'
import * as Calibrations from './console-calibration.ts'
import * as Messages from './console-messages.ts'
import * as Places from './console-places.ts'
import * as Policies from './console-policy.ts'
import * as Queues from './console-queue.ts'
import * as Ready from './console-readiness.ts'
import * as Reports from './console-reports.ts'
import * as Reviews from './console-review.ts'
import * as Seconds from './console-second-approvers.ts'
import * as Sources from './console-sources.ts'
import * as Verifications from './console-verifications.ts'
import * as Views from './console-views.ts'
import * as Passkeys from './passkeys.ts'
import { HelpInput } from './help.ts'
import * as Integration from './integration.ts'
import * as Portal from './portal.ts'
import { ChecksInput } from './probe.ts'
import type { RouteName } from './routes.ts'

/** The input and output of one route. A missing part means: nothing of that kind is accepted. */
export type RouteSchemas = {
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly output?: z.ZodType
}

const PersonParams = z.strictObject({ personId: Id })
const PersonContactParams = z.strictObject({ personId: Id, contactId: Id })
const ViewParams = z.strictObject({ viewId: Id })
const PasskeyParams = z.strictObject({ passkeyId: Id })
const PersonPasskeyParams = z.strictObject({ personId: Id, passkeyId: Id })
const PersonSheetParams = z.strictObject({ personId: Id, sheetId: Id })
const VerificationParams = z.strictObject({ verificationId: Id })
/** A POST that needs nothing said still sends an empty object. */
const Nothing = z.strictObject({})

/** The schemas of every route; the compiler holds it against the route table. */
export const schemas = {
  'console.session': { output: Console.Session },
  'console.beginStepUp': { body: Nothing, output: Passkeys.PasskeyRequest },
  'console.stepUp': { body: Passkeys.AssertionAnswer, output: Passkeys.SteppedUp },
  'console.passkeys': { output: Passkeys.StaffPasskeys },
  'console.beginPasskey': { body: Nothing, output: Passkeys.PasskeyCreation },
  'console.addPasskey': { body: Passkeys.NewStaffPasskey, output: Console.Done },
  'console.renamePasskey': { params: PasskeyParams, body: Passkeys.PasskeyName, output: Console.Done },
  'console.removePasskey': { params: PasskeyParams, body: Nothing, output: Console.Done },
  'console.alarms': { output: Alarm.Alarms },
  'console.liftFreeze': { params: PersonParams, body: Console.CancelInput, output: Console.Done },
  'console.revokePasskey': { params: PersonPasskeyParams, body: Console.CancelInput, output: Console.Done },
  'console.voidSheet': { params: PersonSheetParams, body: Console.CancelInput, output: Console.Done },
  'console.signOut': { body: Nothing, output: Console.SignedOut },
  'console.searchPeople': { body: Console.SearchPeopleInput, output: Console.PeopleFound },
  'console.searchDirectories': { body: Console.SearchDirectoriesInput, output: Console.DirectoriesFound },
  'console.personCard': { params: PersonParams, output: Console.PersonCard },
  'console.revealContact': {
    params: PersonContactParams,
    body: Console.CancelInput,
    output: Console.RevealedContact,
  },
  'console.accessReport': {
    params: PersonParams,
    body: Access.AccessReportInput,
    output: Access.AccessReport,
  },
  'console.protectAccount': { params: PersonParams, body: Console.CancelInput, output: Console.Done },
  'console.unprotectAccount': {
    params: PersonParams,
    body: Console.UnprotectInput,
    output: Console.Done,
  },
  'console.sendOptions': {
    params: PersonParams,
    query: Console.SendOptionsQuery,
    output: Console.SendOptions,
  },
  'console.startVerification': { body: Console.StartVerificationInput, output: Console.Started },
  'console.listVerifications': { query: Verifications.ListQuery, output: Verifications.VerificationList },
  'console.exportVerifications': { query: Verifications.ListQuery },
  'console.queue': { output: Queues.Queue },
  'console.savedViews': { output: Views.SavedViews },
  'console.saveView': { body: Views.SaveViewInput, output: Views.SavedView },
  'console.deleteView': { params: ViewParams, body: Nothing, output: Console.Done },
  'console.verification': { params: VerificationParams, output: Verifications.VerificationPanel },
  'console.transcript': { params: VerificationParams, output: Verifications.Transcript },
  'console.evidence': { params: VerificationParams, output: Verifications.Evidence },
  'console.matchCode': { params: VerificationParams, output: Console.MatchCode },
  'console.resend': { params: VerificationParams, body: Console.ResendInput, output: Console.Started },
  'console.cancel': { params: VerificationParams, body: Console.CancelInput, output: Console.Decided },
  'console.stopAction': { params: VerificationParams, body: Console.CancelInput, output: Console.Decided },
  'console.copyCase': { params: VerificationParams, body: Nothing, output: Alarm.CaseAddress },
  'console.clearDuress': { params: VerificationParams, body: Console.CancelInput, output: Console.Done },
  'console.askApprover': { params: VerificationParams, body: Nothing, output: Approvers.ApproverAsked },
  'console.decide': { params: VerificationParams, body: Console.DecideInput, output: Console.Decided },
  'console.review': { output: Reviews.Review },
  'console.label': { params: VerificationParams, body: Console.LabelInput, output: Console.Done },
  'console.exercise': { params: VerificationParams, body: Console.ExerciseInput, output: Console.Done },
  'console.calibration': { query: Calibrations.CalibrationQuery, output: Calibrations.Calibration },
  'console.decideCohort': { body: Calibrations.DecideCohortInput, output: Console.Done },
  'console.dashboard': { query: Reports.DashboardQuery, output: Reports.Dashboard },
  'console.policy': { output: Policies.PolicyPage },
  'console.policyVersions': { query: Policies.PolicyVersionsQuery, output: Policies.PolicyVersions },
  'console.policyVersion': { params: Policies.PolicyVersionParams, output: Policies.PolicyVersion },
  'console.previewPolicy': { body: Policies.PolicyDraft, output: Policies.PolicyPreview },
  'console.policyReach': { body: Policies.PolicyDraft, output: Policies.PolicyReach },
  'console.backTestPolicy': { body: Policies.BackTestInput, output: Policies.BackTested },
  'console.savePolicy': { body: Policies.SavePolicyInput, output: Policies.PolicySaved },
  'console.decideProposal': {
    params: Policies.ProposalParams,
    body: Policies.DecideProposalInput,
    output: Policies.ProposalDecided,
  },
  'console.callOffPolicy': {
    params: Policies.PolicyVersionParams,
    body: Policies.EndWaitingInput,
    output: Policies.ProposalDecided,
  },
  'console.hastenPolicy': {
    params: Policies.PolicyVersionParams,
    body: Policies.EndWaitingInput,
    output: Policies.ProposalDecided,
  },
  'console.approvers': { query: Approvers.ApproverNamingsQuery, output: Approvers.ApproverNamings },
  'console.nameApprover': { body: Approvers.NameApproverInput, output: Approvers.ApproverNaming },
  'console.decideNaming': {
    params: Approvers.NamingParams,
    body: Approvers.DecideNamingInput,
    output: Approvers.ApproverNaming,
  },
  'console.endNaming': {
    params: Approvers.NamingParams,
    body: Approvers.EndNamingInput,
    output: Approvers.ApproverNaming,
  },
  'console.readiness': { output: Ready.Readiness },
  'console.readinessPeople': { query: Ready.ReadinessPeopleQuery, output: Ready.ReadinessPeople },
  'console.inviteToEnrol': { body: Ready.InviteInput, output: Ready.Invited },
  'console.places': { output: Places.Places },
  'console.addPlace': { body: Places.AddPlaceInput, output: Console.Done },
  'console.removePlace': { body: Places.RemovePlaceInput, output: Console.Done },
  'console.messages': { output: Messages.MessagesPage },
  'console.messageHistory': { query: Messages.MessageHistoryQuery, output: Messages.MessageHistory },
  'console.proposeText': { body: Messages.ProposeTextInput, output: Messages.MessageTextVersion },
  'console.decideText': {
    params: Messages.TextParams,
    body: Messages.DecideTextInput,
    output: Messages.MessageTextVersion,
  },
  'console.testMessage': { body: Messages.TestMessageInput, output: Console.Done },
  'console.secondApprovers': { output: Seconds.SecondApprovers },
  'console.nameSecondApprover': { body: Seconds.NameSecondInput, output: Seconds.SecondNaming },
  'console.acceptSecondApprover': {
    params: Approvers.NamingParams,
    body: Seconds.AcceptSecondInput,
    output: Seconds.SecondNaming,
  },
  'console.endSecondApprover': {
    params: Approvers.NamingParams,
    body: Seconds.EndSecondInput,
    output: Console.Done,
  },
  'console.raiseThreat': { body: Policies.RaiseThreatInput, output: Policies.Threat },
  'console.lowerThreat': { body: Nothing, output: Policies.ThreatLowered },
  'console.sources': { output: Sources.SourcesPage },
  'console.uploadImport': {
    params: Sources.UploadParams,
    query: Sources.UploadQuery,
    output: Sources.SourceImport,
  },
  'console.sourceImport': { params: Sources.ImportParams, output: Sources.ImportDetail },
  'console.importReport': { params: Sources.ImportParams },
  'console.confirmImport': {
    params: Sources.ImportParams,
    body: Sources.ConfirmImportInput,
    output: Sources.SourceImport,
  },
  'console.cancelImport': { params: Sources.ImportParams, body: Nothing, output: Sources.SourceImport },
  'console.countThin': { body: Nothing, output: Console.Done },
  'console.live': {},
  'integration.startVerification': { body: Integration.ClientStartInput, output: Integration.ClientStarted },
  'integration.verification': {
    params: Integration.ClientVerificationParams,
    output: Integration.ClientVerification,
  },
  'integration.uploadImport': {
    params: Sources.UploadParams,
    query: Sources.UploadQuery,
    output: Sources.SourceImport,
  },
  'integration.sourceImport': { params: Sources.ImportParams, output: Sources.ImportDetail },
  'integration.importReport': { params: Sources.ImportParams },
  'integration.confirmImport': {
    params: Sources.ImportParams,
    body: Sources.ConfirmImportInput,
    output: Sources.SourceImport,
  },
  'integration.cancelImport': { params: Sources.ImportParams, body: Nothing, output: Sources.SourceImport },
  'public.askForHelp': { body: HelpInput },
  'portal.step': { output: Portal.StepAnswer },
  'portal.checks': { body: ChecksInput, output: Portal.StepAnswer },
  'portal.answer': { body: Portal.AnswerInput, output: Portal.StepAnswer },
  'portal.moreTime': { body: Portal.MoreTimeInput, output: Portal.StepAnswer },
  'portal.secondCode': { body: Portal.SecondCodeInput, output: Portal.StepAnswer },
  'portal.sendSecondCode': { body: Portal.CodeAsk, output: Portal.StepAnswer },
  'portal.withoutSecondCode': { body: Nothing, output: Portal.StepAnswer },
  'portal.beginPasskey': { body: Nothing, output: Passkeys.PasskeyRequest },
  'portal.provePasskey': { body: Passkeys.AssertionAnswer, output: Portal.StepAnswer },
  'portal.withoutPasskey': { body: Nothing, output: Portal.StepAnswer },
  'portal.beginProviderSignIn': { body: Nothing, output: Portal.ProviderSignIn },
  'portal.withoutProviderSignIn': { body: Nothing, output: Portal.StepAnswer },
  'portal.sendPush': { body: Nothing, output: Portal.StepAnswer },
  'portal.withoutPush': { body: Nothing, output: Portal.StepAnswer },
  'portal.recoveryCode': { body: Portal.RecoveryCodeInput, output: Portal.StepAnswer },
  'portal.withoutRecoveryCode': { body: Nothing, output: Portal.StepAnswer },
  'portal.drawSheet': { body: Nothing, output: Portal.DrawnSheet },
  'portal.activateSheet': { body: Portal.PrintedInput, output: Portal.StepAnswer },
  'portal.beginEnrolment': { body: Nothing, output: Passkeys.PasskeyCreation },
  'portal.enrolPasskey': { body: Passkeys.RegistrationAnswer, output: Portal.StepAnswer },
  'portal.checkPassword': { body: Portal.PasswordInput, output: Portal.PasswordRules },
  'portal.resetMfa': { output: Portal.StepAnswer },
  'portal.showEnrolmentCode': { output: Portal.EnrolmentCode },
  'portal.setPassword': { body: Portal.PasswordInput, output: Portal.StepAnswer },
  'portal.feedback': { body: Portal.FeedbackInput },
  'portal.report': { body: Portal.ReportInput, output: Portal.StepAnswer },
  'public.openLink': { body: Portal.OpenLinkInput, output: Portal.StepAnswer },
  'public.frontDoor': { body: Portal.FrontDoorInput, output: Portal.FrontDoor },
  'public.submitCode': { body: Portal.SubmitCodeInput, output: Portal.CodeAnswer },
  'public.declineLink': { body: Portal.DeclineInput, output: Portal.StepAnswer },
  'public.openApproval': { body: Approver.ApproverTokenInput, output: Approver.ApproverStart },
  'public.signInApprover': { body: Approver.ApproverTokenInput, output: Approver.ApproverSignIn },
  'public.approval': { body: Nothing, output: Approver.ApproverRequest },
  'public.enrolment': { body: Nothing, output: Passkeys.EnrolmentPage },
  'public.signInToEnrol': { body: Nothing, output: Passkeys.EnrolmentSignIn },
  'public.beginOwnPasskey': { body: Nothing, output: Passkeys.PasskeyCreation },
  'public.addOwnPasskey': { body: Passkeys.RegistrationAnswer, output: Passkeys.EnrolmentPage },
  'public.leaveEnrolment': { body: Nothing },
  'public.answerApproval': { body: Approver.ApproverAnswerInput, output: Approver.ApproverAnswered },
  'public.openReport': { body: Portal.OpenReportInput, output: Portal.ReportPage },
  'public.confirmReport': { body: Portal.ConfirmReportInput, output: Portal.Reported },
} as const satisfies Record<RouteName, RouteSchemas>
