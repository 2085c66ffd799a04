import type { Route } from './route.ts'

const p = (method: Route['method'], path: string, more: Partial<Route> = {}): Route => ({
  method,
  path: `/api/portal${path}`,
  surface: 'portal',
  permission: null,
  ...more,
})
const open = (path: string): Route => ({
  method: 'POST',
  path: `/api/public${path}`,
  surface: 'public',
  permission: null,
})

/** Routes of the portal: one participant in one verification, by session cookie. */
export const portalRoutes = {
  'portal.step': p('GET', '/step'),
  'portal.checks': p('POST', '/checks'),
  'portal.answer': p('POST', '/answer'),
} as const satisfies Record<string, Route>

/** Routes without any session: the token in the body is all they know; uniform answers. */
export const publicRoutes = {
  'public.openLink': open('/links/open'),
  'public.submitCode': open('/links/code'),
  'public.declineLink': open('/links/decline'),
  'public.openApproval': open('/approvals/open'),
  'public.signInApprover': open('/approvals/sign-in'),
  'public.approval': open('/approvals/read'),
  'public.answerApproval': open('/approvals/answer'),
  'public.openReport': open('/reports/open'),
  'public.confirmReport': open('/reports/confirm'),
} as const satisfies Record<string, Route>
