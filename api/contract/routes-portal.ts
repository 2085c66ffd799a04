import type { Route } from './route.ts'

const p = (method: Route['method'], path: string, more: Partial<Route> = {}): Route => ({
  method,
  path: `/api/portal${path}`,
  surface: 'portal',
  permission: null,
  ...more,
})
/** A route without any session: a token in the body is all that its caller knows. */
export const publicPost = (path: string): Route => ({
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

/** Routes of a link: uniform answers. */
export const publicRoutes = {
  'public.openLink': publicPost('/links/open'),
  'public.submitCode': publicPost('/links/code'),
  'public.declineLink': publicPost('/links/decline'),
  'public.frontDoor': publicPost('/front-door'),
} as const satisfies Record<string, Route>
