import type { Route } from './route.ts'
import { publicPost } from './routes-portal.ts'

/* Routes that later steps and other pages of the portal call: apart, so that its first response does not carry them. */

const post = (path: string, more: Partial<Route> = {}): Route => ({
  method: 'POST',
  path: `/api/portal${path}`,
  surface: 'portal',
  permission: null,
  ...more,
})

/** Those of the later steps. */
export const laterRoutes = {
  'portal.moreTime': post('/more-time'),
  'portal.secondCode': post('/second-code'),
  'portal.sendSecondCode': post('/second-code/again'),
  'portal.withoutSecondCode': post('/second-code/none'),
  'portal.checkPassword': post('/password/check'),
  'portal.setPassword': post('/password'),
  'portal.resetMfa': post('/mfa'),
  'portal.showEnrolmentCode': post('/mfa/code'),
  'portal.feedback': post('/feedback', { answer: 'empty' }),
  'portal.report': post('/report'),
  'portal.beginPasskey': post('/passkey/begin'),
  'portal.provePasskey': post('/passkey'),
  'portal.withoutPasskey': post('/passkey/none'),
  'portal.beginProviderSignIn': post('/provider-sign-in/begin'),
  'portal.withoutProviderSignIn': post('/provider-sign-in/none'),
  'portal.sendPush': post('/push'),
  'portal.withoutPush': post('/push/none'),
  'portal.recoveryCode': post('/recovery-code'),
  'portal.withoutRecoveryCode': post('/recovery-code/none'),
  'portal.drawSheet': post('/recovery-sheet'),
  'portal.activateSheet': post('/recovery-sheet/printed'),
  'portal.beginEnrolment': post('/passkey/enrolment/begin'),
  'portal.enrolPasskey': post('/passkey/enrolment'),
} as const satisfies Record<string, Route>

/** Those of an approver's page. */
export const approvalRoutes = {
  'public.openApproval': publicPost('/approvals/open'),
  'public.signInApprover': publicPost('/approvals/sign-in'),
  'public.approval': publicPost('/approvals/read'),
  'public.answerApproval': publicPost('/approvals/answer'),
} as const satisfies Record<string, Route>

/** Those of the page behind "this was not me". */
export const reportRoutes = {
  'public.openReport': publicPost('/reports/open'),
  'public.confirmReport': publicPost('/reports/confirm'),
} as const satisfies Record<string, Route>

/** That of the page "forgot password, locked out, lost phone". */
export const helpRoutes = {
  'public.askForHelp': { ...publicPost('/help'), answer: 'empty' },
} as const satisfies Record<string, Route>

/** Those of the page where people set up a passkey before they need it. */
export const enrolmentRoutes = {
  'public.enrolment': publicPost('/enrolment/read'),
  'public.signInToEnrol': publicPost('/enrolment/sign-in'),
  'public.beginOwnPasskey': publicPost('/enrolment/passkey/begin'),
  'public.addOwnPasskey': publicPost('/enrolment/passkey'),
  'public.leaveEnrolment': { ...publicPost('/enrolment/leave'), answer: 'empty' },
} as const satisfies Record<string, Route>
