import type { Context, Middleware } from 'koa'
import type { ClientAddress } from '#domain/risk/facts.ts'
import type { ApiClient, PortalCaller, SentFile, StaffCaller } from './callers.ts'

/** The middleware learns these facts of a request, in this order. */
export type RequestState = {
  requestId: string
  /** Name of the route for logs and metrics; never the path, which may hold ids. */
  routeName: string
  client: ClientAddress
  body: unknown
  /** The body of a POST as it came. */
  bodyText: string
  /** The file of a route that takes one: not read yet. */
  file: SentFile | undefined
  staff: StaffCaller | undefined
  participant: PortalCaller | undefined
  apiClient: ApiClient | undefined
  refusal: string | undefined
}

/** A request on its way. */
export type Ctx = Context & { state: RequestState }

/** Middleware of ours: `ctx.state` is typed. */
export type Step = (ctx: Ctx, next: () => Promise<void>) => Promise<void>

/** Hands our middleware to Koa, whose own state type is open. */
export const asMiddleware = (step: Step): Middleware => step as Middleware
