import type { Route } from './route.ts'
import { publicPost } from './routes-portal.ts'

/** Routes that only the page behind "this was not me" calls: apart, so that the portal's first response does not carry them. */
export const reportRoutes = {
  'public.openReport': publicPost('/reports/open'),
  'public.confirmReport': publicPost('/reports/confirm'),
} as const satisfies Record<string, Route>
