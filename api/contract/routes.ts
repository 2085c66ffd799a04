import type { Permission } from '#domain/roles.ts'

/**
 * Every route, as plain data (no zod), so that browsers may import it. `permission` is what the caller must hold on
 * the console; the other surfaces have one kind of caller each. `key`: the route starts or decides something and
 * needs an `Idempotency-Key` header.
 */
export type Route = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly surface: 'console' | 'portal' | 'public'
  readonly permission: Permission | null
  readonly key?: true
  /** What the answer is, when it is not JSON. */
  readonly answer?: 'csv' | 'events' | 'empty'
}

const c = (
  method: Route['method'],
  path: string,
  permission: Permission,
  more: Partial<Route> = {},
): Route => ({
  method,
  path: `/api/console${path}`,
  surface: 'console',
  permission,
  ...more,
})
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

/** Routes of the console: staff, by session cookie. */
export const consoleRoutes = {
  'console.session': c('GET', '/session', 'session.own'),
  'console.signOut': c('POST', '/session/sign-out', 'session.own'),
  'console.searchPeople': c('POST', '/people/search', 'people.read'),
  'console.personCard': c('GET', '/people/:personId', 'people.read'),
  'console.sendOptions': c('GET', '/people/:personId/send-options', 'verifications.start'),
  'console.startVerification': c('POST', '/verifications', 'verifications.start', { key: true }),
  'console.listVerifications': c('GET', '/verifications', 'verifications.read'),
  'console.exportVerifications': c('GET', '/verifications.csv', 'verifications.export', { answer: 'csv' }),
  'console.verification': c('GET', '/verifications/:verificationId', 'verifications.read'),
  'console.transcript': c('GET', '/verifications/:verificationId/transcript', 'transcripts.read'),
  'console.evidence': c('GET', '/verifications/:verificationId/evidence', 'evidence.read_restricted'),
  'console.matchCode': c('GET', '/verifications/:verificationId/match-code', 'verifications.steer'),
  'console.resend': c('POST', '/verifications/:verificationId/resend', 'verifications.steer', { key: true }),
  'console.cancel': c('POST', '/verifications/:verificationId/cancel', 'verifications.steer', { key: true }),
  'console.decide': c('POST', '/verifications/:verificationId/decision', 'verifications.decide', {
    key: true,
  }),
  'console.label': c('POST', '/verifications/:verificationId/labels', 'verifications.label', { key: true }),
  'console.dashboard': c('GET', '/reports/dashboard', 'analytics.read'),
  'console.live': c('GET', '/live', 'verifications.read', { answer: 'events' }),
} as const satisfies Record<string, Route>

/** Routes of the portal: one participant in one verification, by session cookie. */
export const portalRoutes = {
  'portal.step': p('GET', '/step'),
  'portal.checks': p('POST', '/checks'),
  'portal.answer': p('POST', '/answer'),
  'portal.moreTime': p('POST', '/more-time'),
  'portal.secondCode': p('POST', '/second-code'),
  'portal.checkPassword': p('POST', '/password/check'),
  'portal.setPassword': p('POST', '/password'),
  'portal.feedback': p('POST', '/feedback', { answer: 'empty' }),
  'portal.report': p('POST', '/report'),
} as const satisfies Record<string, Route>

/** Routes without any session: the token in the body is all they know; uniform answers. */
export const publicRoutes = {
  'public.openLink': open('/links/open'),
  'public.submitCode': open('/links/code'),
  'public.declineLink': open('/links/decline'),
  'public.openReport': open('/reports/open'),
  'public.confirmReport': open('/reports/confirm'),
} as const satisfies Record<string, Route>

/** All routes by name (`surface.verb`). */
export const routes = { ...consoleRoutes, ...portalRoutes, ...publicRoutes } as const

/** The name of a route. */
export type RouteName = keyof typeof routes
