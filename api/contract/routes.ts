import { consoleRoutes } from './routes-console.ts'
import { laterRoutes } from './routes-portal-later.ts'
import { portalRoutes, publicRoutes } from './routes-portal.ts'

export type { Route } from './route.ts'
export { consoleRoutes, laterRoutes, portalRoutes, publicRoutes }

/** All routes by name (`surface.verb`). */
export const routes = { ...consoleRoutes, ...portalRoutes, ...laterRoutes, ...publicRoutes } as const

/** The name of a route. */
export type RouteName = keyof typeof routes
