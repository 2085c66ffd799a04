import { Router } from '@koa/router'
import { randomUUID } from 'node:crypto'
import type { Middleware } from 'koa'
import { inTenant } from '#platform/database/transaction.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { JsonText, type Binding, type RawCall, type Takeover } from './bind.ts'
import type { CookieJar, Http } from './callers.ts'
import type { Route, RouteName } from '../contract/routes.ts'
import { routes } from '../contract/routes.ts'
import { schemas } from '../contract/schemas.ts'
import type { RouteSchemas } from '../contract/schemas.ts'
import {
  approverCookie,
  approverSignInCookie,
  participantSignInCookie,
  cookieHeader,
  deviceCookie,
  deviceSeconds,
  endedCookie,
  enrolmentCookie,
  typedCodeCookie,
  typedCodeSeconds,
} from './cookies.ts'
import type { ApiDeps } from '../deps.ts'
import { countRefusedStart, isStart, recordRefusedStart } from '../starts/refused.ts'
import { requireStepUp } from '../console/session/require-step-up.ts'
import { actorOf } from '../console/scope.ts'
import { InvalidInput, Refused } from './errors.ts'
import { atConstantTime } from './constant-time.ts'
import { alarmOfLimit, type Named } from './limit-alarm.ts'
import { LimitReached } from './limit-reached.ts'
import { runOnce, type Outcome } from './middleware/idempotency.ts'
import { asMiddleware, type Ctx } from './state.ts'
import { requireText } from './text-only.ts'

/** Beside the bindings, dispatching needs these. */
export type DispatchOptions = {
  readonly deps: Pick<ApiDeps, 'db' | 'log' | 'metrics'>
  /** The surface's session cookie. */
  readonly cookie: string
  /** The browser empties this when the session ends: the portal keeps its storage, where the device key lives (F11). */
  readonly clearSiteData: '"cache", "storage"' | '"cache"'
  /** Milliseconds every answer takes at least, per surface (H2); 0 for none. */
  readonly constantTimeMs: (route: Route) => number
  /** The length of an answer is a multiple of this, bytes; 1 where it may show. */
  readonly stepBytes: (route: Route) => number
  /** Checks answers against the contract and throws; in production they are only logged. */
  readonly isStrict: boolean
}

/** The way of an approver or a participant through the identity provider (F1). */
const signInSeconds = 600

const cookieJar = (ctx: Ctx, { cookie: name, clearSiteData }: DispatchOptions): CookieJar => ({
  set: (token, maxAge) => {
    ctx.append('Set-Cookie', cookieHeader(name, token, maxAge))
  },
  clear: () => {
    ctx.append('Set-Cookie', endedCookie(name))
    ctx.set('Clear-Site-Data', clearSiteData)
  },
  remember: (token) => {
    ctx.append('Set-Cookie', cookieHeader(deviceCookie, token, deviceSeconds))
  },
  beginApproverSignIn: (token) => {
    ctx.append('Set-Cookie', cookieHeader(approverSignInCookie, token, signInSeconds, 'Lax'))
  },
  beginParticipantSignIn: (token) => {
    ctx.append('Set-Cookie', cookieHeader(participantSignInCookie, token, signInSeconds, 'Lax'))
  },
  endApprover: () => {
    ctx.append('Set-Cookie', endedCookie(approverCookie))
  },
  endEnrolment: () => {
    ctx.append('Set-Cookie', endedCookie(enrolmentCookie))
  },
  keepTypedCode: (seed) => {
    ctx.append('Set-Cookie', cookieHeader(typedCodeCookie, seed, typedCodeSeconds))
  },
  endTypedCode: () => {
    ctx.append('Set-Cookie', endedCookie(typedCodeCookie))
  },
})

const httpOf = (ctx: Ctx, options: DispatchOptions): Http => ({
  requestId: ctx.state.requestId,
  client: ctx.state.client,
  headers: ctx.headers,
  headerNames: ctx.req.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()),
  httpVersion: ctx.req.httpVersion,
  hasLeft: () => ctx.res.closed || ctx.req.socket.destroyed,
  cookies: cookieJar(ctx, options),
  ...(ctx.state.file === undefined ? {} : { file: ctx.state.file }),
})

/** A query as an object; a repeated parameter is refused like a repeated key (C14). */
const queryOf = (ctx: Ctx): Record<string, string> => {
  const query: Record<string, string> = {}
  for (const [key, value] of new URLSearchParams(ctx.querystring)) {
    if (Object.hasOwn(query, key))
      throw new InvalidInput(400, [{ path: key, code: 'repeated_key', message: 'this key is given twice' }])
    Object.defineProperty(query, key, { value, enumerable: true, configurable: true })
  }
  return query
}

const rawCall = (ctx: Ctx, params: Readonly<Record<string, string>>, options: DispatchOptions): RawCall => ({
  params,
  query: queryOf(ctx),
  body: ctx.state.body,
  http: httpOf(ctx, options),
  ...(ctx.state.staff === undefined ? {} : { staff: ctx.state.staff }),
  ...(ctx.state.participant === undefined ? {} : { participant: ctx.state.participant }),
  ...(ctx.state.apiClient === undefined ? {} : { client: ctx.state.apiClient }),
})

/** A route of the console or portal needs its session, one of API clients a key. */
const requireCaller = (ctx: Ctx, route: Route): void => {
  if (route.surface === 'console' && ctx.state.staff === undefined) throw new Refused('sign_in_required')
  if (route.surface === 'portal' && ctx.state.participant === undefined) throw new Refused('session_ended')
  if (route.surface === 'integration' && ctx.state.apiClient === undefined)
    throw new Refused('api_key_required')
}

/** A caller with a name of their own: staff, or an API client. */
type Known = {
  readonly tenantId: string
  readonly kind: 'staff' | 'api_client'
  readonly actor: Named
}

const knownOf = ({ state: { staff, apiClient } }: Ctx): Known | null => {
  if (staff !== undefined) return { tenantId: staff.tenantId, kind: 'staff', actor: actorOf(staff) }
  if (apiClient === undefined) return null
  const { clientId: id, name } = apiClient
  const actor = { kind: 'api_client', id, name } as const
  return { tenantId: apiClient.tenantId, kind: 'api_client', actor }
}

type Denial = { readonly reason: string; readonly error: unknown }

/** A refused right is a security event (G1); a limit that a caller reaches raises an alarm as well (D8). */
const recordDenial = (
  deps: DispatchOptions['deps'],
  caller: Known,
  name: RouteName,
  { reason, error }: Denial,
) =>
  inTenant(deps.db, caller.tenantId, async (tx) => {
    const { actor, kind } = caller
    if (error instanceof LimitReached) await alarmOfLimit(tx, actor, error.kind)
    await recordEvents(tx, actor, null, [
      { type: 'access.denied', object: { kind, id: actor.id }, payload: { route: name, reason } },
    ])
  })

/** The reason why a start was refused is kept, whatever it was (G1). */
const keepRefusedStart = (
  { db, metrics }: DispatchOptions['deps'],
  { tenantId, actor }: Known,
  { refusal: { code } }: Refused,
  body: unknown,
): Promise<void> => {
  countRefusedStart(metrics, actor.kind, code)
  return inTenant(db, tenantId, (tx) => recordRefusedStart(tx, actor, code, body))
}

const denials: ReadonlySet<string> = new Set([
  'not_permitted',
  'scope_missing',
  'own_case',
  'asked_to_vouch',
  'own_part',
  'policy_and_cases',
  'agent_limit_reached',
  'never_via_help_desk',
])

/**
 * A refusal is worth an entry if a right is missing, or if the request names what it may not, such as a contact of its
 * own (B7).
 */
const denialOf = (error: unknown, route: Route): string | null => {
  if (error instanceof Refused) return denials.has(error.refusal.code) ? error.refusal.code : null
  const isForeign = error instanceof InvalidInput && error.status === 400 && route.key === true
  return isForeign ? 'unaccepted_fields' : null
}

const isTakeover = (output: unknown): output is Takeover =>
  typeof output === 'object' && output !== null && 'takeover' in output

/** By what the answer says: accepted but not recorded yet 202, nothing 204; else the route's own. */
const statusOf = ({ status = 200 }: Route, output: unknown): number => {
  const isPending =
    typeof output === 'object' && output !== null && 'status' in output && output.status === 'pending'
  if (isPending) return 202
  if (output === undefined) return 204
  return status
}

const checkOut = (name: RouteName, output: unknown, options: DispatchOptions): void => {
  const schema = (schemas[name] as RouteSchemas).output
  if (schema === undefined || isTakeover(output)) return
  // Checking hot reads costs more than reading them; tests check every answer.
  if (output instanceof JsonText && !options.isStrict) return
  const parsed = schema.safeParse(output instanceof JsonText ? JSON.parse(output.text) : output)
  if (parsed.success) return
  if (options.isStrict) throw new Error(`the answer of ${name} is not as promised: ${parsed.error.message}`)
  options.deps.log.error('answer is not as the contract says', { route: name, code: 'contract' })
}

type Paged = { readonly answer?: unknown; readonly step?: { readonly kind?: unknown } }

/** The last page of a participant's visit. */
const endsVisit = (output: unknown): boolean => {
  const paged = output as Paged | undefined
  return ((paged?.answer ?? paged) as Paged | undefined)?.step?.kind === 'ended'
}

type Sent = { readonly output: unknown; readonly status: number; readonly step: number }

/** JSON followed by blanks, which mean nothing to its reader: an observer who only sees lengths learns no list by them. */
const padded = (text: string, step: number): string =>
  text + ' '.repeat((step - (Buffer.byteLength(text) % step)) % step)

const send = async (ctx: Ctx, { output, status, step }: Sent): Promise<void> => {
  if (isTakeover(output)) {
    ctx.respond = false
    await output.takeover(ctx.res)
    return
  }
  ctx.status = status
  if (output === undefined) return
  ctx.set('Content-Type', 'application/json; charset=utf-8')
  ctx.body = padded(output instanceof JsonText ? output.text : JSON.stringify(output), step)
}

/** Decisions that let something happen; turning something down needs no step-up. */
const letting: ReadonlySet<unknown> = new Set(['approved', 'accept'])

const asksStepUp = ({ stepUp }: Route, { body }: { readonly body: unknown }): boolean =>
  stepUp === 'always' ||
  (stepUp === 'to_approve' && letting.has((body as { readonly decision?: unknown } | undefined)?.decision))

const perform = async (ctx: Ctx, binding: Binding, options: DispatchOptions): Promise<Outcome> => {
  const route: Route = routes[binding.name]
  requireCaller(ctx, route)
  const params = (ctx as Ctx & { params: Record<string, string> }).params
  for (const [name, value] of Object.entries(params)) requireText(value, name)
  const raw = rawCall(ctx, params, options)
  const parsed = binding.parse(raw)
  const { staff } = ctx.state
  if (staff !== undefined && asksStepUp(route, parsed)) await requireStepUp(options.deps, staff)
  const run = async (operationId: string): Promise<Outcome> => {
    const output = await binding.handle(raw, parsed, operationId)
    checkOut(binding.name, output, options)
    return { status: statusOf(route, output), body: output }
  }
  const caller = knownOf(ctx)
  if (route.key !== true || caller === null) return run(randomUUID())
  const request = {
    tenantId: caller.tenantId,
    actor: `${caller.kind}/${caller.actor.id}`,
    key: ctx.get('idempotency-key'),
    content: [binding.name, parsed],
  }
  return runOnce(options.deps.db, request, run)
}

const handle = async (ctx: Ctx, binding: Binding, options: DispatchOptions): Promise<void> => {
  const begun = performance.now()
  ctx.state.routeName = binding.name
  try {
    const outcome = await perform(ctx, binding, options)
    await atConstantTime(begun, options.constantTimeMs(routes[binding.name]))
    if (endsVisit(outcome.body)) ctx.set('Clear-Site-Data', options.clearSiteData)
    const step = options.stepBytes(routes[binding.name])
    await send(ctx, { output: outcome.body, status: outcome.status, step })
  } catch (error) {
    const caller = knownOf(ctx)
    const reason = denialOf(error, routes[binding.name])
    if (caller !== null && reason !== null)
      await recordDenial(options.deps, caller, binding.name, { reason, error })
    if (caller !== null && isStart(binding.name) && error instanceof Refused)
      await keepRefusedStart(options.deps, caller, error, ctx.state.body)
    await atConstantTime(begun, options.constantTimeMs(routes[binding.name]))
    throw error
  }
}

/** A router over the bindings of one surface. Another method on a known path is 405, an unknown path 404. */
export const createRouter = (bindings: readonly Binding[], options: DispatchOptions): Router => {
  const router = new Router({ exclusive: true, sensitive: true, strict: true })
  for (const binding of bindings) {
    const route: Route = routes[binding.name]
    const step: Middleware = asMiddleware((ctx) => handle(ctx, binding, options))
    if (route.method === 'GET') router.get(route.path, step)
    else router.post(route.path, step)
  }
  return router
}
