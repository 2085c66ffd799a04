import type { ServerResponse } from 'node:http'
import type { z } from 'zod'
import { may } from '#domain/roles.ts'
import type { Permission } from '#domain/roles.ts'
import type { ApiClient, Http, PortalCaller, StaffCaller } from './callers.ts'
import type { Route, RouteName } from '../contract/routes.ts'
import { routes } from '../contract/routes.ts'
import { schemas } from '../contract/schemas.ts'
import type { RouteSchemas } from '../contract/schemas.ts'
import { Refused } from './errors.ts'
import { parseInput } from './parse-input.ts'

type SchemasOf<N extends RouteName> = (typeof schemas)[N]
type Parsed<N extends RouteName, K extends 'params' | 'query' | 'body'> =
  SchemasOf<N> extends { readonly [key in K]: infer S extends z.ZodType } ? z.output<S> : undefined
type CallerOf<N extends RouteName> = N extends `console.${string}`
  ? { readonly staff: StaffCaller }
  : N extends `portal.${string}`
    ? { readonly participant: PortalCaller }
    : N extends `integration.${string}`
      ? { readonly client: ApiClient }
      : object

/** A handler gets the input as the contract parsed it, and the caller as the session names them. */
export type Call<N extends RouteName> = CallerOf<N> & {
  readonly params: Parsed<N, 'params'>
  readonly query: Parsed<N, 'query'>
  readonly body: Parsed<N, 'body'>
  readonly http: Http
  /**
   * The same for every repetition of a request with the same idempotency key, random otherwise: id of what is started,
   * and of the update that does it, so that a repetition finds what the first one did.
   */
  readonly operationId: string
}

/** JSON that the database built, sent as it is; the contract is checked in tests. */
export class JsonText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** An answer that is not JSON: the handler writes to the response itself (CSV, events). */
export type Takeover = { readonly takeover: (response: ServerResponse) => Promise<void> }

type OutputOf<N extends RouteName> =
  SchemasOf<N> extends { readonly output: infer S extends z.ZodType }
    ? z.input<S> | JsonText
    : Takeover | undefined

/** A handler of one route. It throws `Refused` for what is understood and not done. */
export type Handler<N extends RouteName> = (call: Call<N>) => Promise<OutputOf<N>>

/** Raw parts of a request, before the contract has seen them. */
export type RawCall = {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly http: Http
  readonly staff?: StaffCaller
  readonly participant?: PortalCaller
  readonly client?: ApiClient
}

/** A route with its handler, as the router mounts it. */
export type Binding = {
  readonly name: RouteName
  /** Permission and parsing: what comes out may be handed to `handle`. */
  readonly parse: (raw: RawCall) => { params: unknown; query: unknown; body: unknown }
  readonly handle: (raw: RawCall, parsed: unknown, operationId: string) => Promise<unknown>
}

/** True if the caller of a console route holds its permission. */
export const holds = (staff: StaffCaller | undefined, permission: Permission | null): boolean =>
  permission === null || (staff !== undefined && may(staff.role, permission))

const isGood = (client: ApiClient | undefined, { scope }: Route): boolean =>
  scope !== undefined && client?.scopes.includes(scope) === true

/** @throws Refused where the caller's role, or the key, does not allow the route */
const requireRight = (route: Route, { staff, client }: RawCall): void => {
  if (route.surface === 'console' && !holds(staff, route.permission)) throw new Refused('not_permitted')
  if (route.surface === 'integration' && !isGood(client, route)) throw new Refused('scope_missing')
}

/**
 * Joins a route with its handler: permission first, then input by the contract, then the handler with typed input.
 */
export const bind = <N extends RouteName>(name: N, handler: Handler<N>): Binding => {
  const route = routes[name]
  const schema: RouteSchemas = schemas[name]
  return {
    name,
    parse: (raw) => {
      requireRight(route, raw)
      return parseInput(schema, raw)
    },
    handle: async (raw, parsed, operationId) => {
      const call = { ...raw, ...(parsed as object), operationId }
      // The parse above gave exactly the types that the route's schemas name.
      return handler(call as unknown as Call<N>)
    },
  }
}
