import { consoleRoutes } from './routes-console.ts'
import { integrationRoutes } from './routes-integration.ts'
import { portalRoutes, publicRoutes } from './routes-portal.ts'
import {
  approvalRoutes,
  enrolmentRoutes,
  helpRoutes,
  laterRoutes,
  reportRoutes,
} from './routes-portal-later.ts'

export type { Route } from './route.ts'
export { consoleRoutes }

/** Routes of the portal and of the links in messages. */
export const participantRoutes = {
  ...portalRoutes,
  ...laterRoutes,
  ...publicRoutes,
  ...approvalRoutes,
  ...reportRoutes,
  ...helpRoutes,
  ...enrolmentRoutes,
} as const

/** All routes by name (`surface.verb`). */
export const routes = { ...consoleRoutes, ...participantRoutes, ...integrationRoutes } as const

/** The name of a route. */
export type RouteName = keyof typeof routes
