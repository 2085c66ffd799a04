import type { Route } from './route.ts'

const post = (path: string, more: Partial<Route> = {}): Route => ({
  method: 'POST',
  path: `/api/portal${path}`,
  surface: 'portal',
  permission: null,
  ...more,
})

/** Routes of the portal that only late steps call: apart, so that the page's first response does not carry them. */
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
  'portal.beginEnrolment': post('/passkey/enrolment/begin'),
  'portal.enrolPasskey': post('/passkey/enrolment'),
} as const satisfies Record<string, Route>
