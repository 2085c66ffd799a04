import type { Route } from './route.ts'
import { publicPost } from './routes-portal.ts'

/** The route that only the page "forgot password, locked out, lost phone" calls. */
export const helpRoutes = {
  'public.askForHelp': { ...publicPost('/help'), answer: 'empty' },
} as const satisfies Record<string, Route>
