import type { Route } from './route.ts'
import { publicPost } from './routes-portal.ts'

/** Routes that only the page of an approver calls: apart, so that the portal's first response does not carry them. */
export const approvalRoutes = {
  'public.openApproval': publicPost('/approvals/open'),
  'public.signInApprover': publicPost('/approvals/sign-in'),
  'public.approval': publicPost('/approvals/read'),
  'public.answerApproval': publicPost('/approvals/answer'),
} as const satisfies Record<string, Route>
