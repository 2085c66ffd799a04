import { consoleRoutes } from './routes-console.ts'
import { portalRoutes, publicRoutes } from './routes-portal.ts'

export type { Route } from './route.ts'
export { consoleRoutes, portalRoutes, publicRoutes }

/** All routes by name (`surface.verb`). */
export const routes = { ...consoleRoutes, ...portalRoutes, ...publicRoutes } as const

/** The name of a route. */
export type RouteName = keyof typeof routes
