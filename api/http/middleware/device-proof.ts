import { proofHeader } from '#domain/risk/device-proof.ts'
import { breachEvent } from '#services/reports/breaches.ts'
import { endPortalSession } from '#services/verifications/portal-sessions.ts'
import { appendEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { breachOfAct, type BreachFound } from '#platform/crypto/device-proof.ts'
import type { PortalCaller } from '../callers.ts'
import { routes, type Route } from '../../contract/routes.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../errors.ts'
import type { Ctx, Step } from '../state.ts'

/** A report ("This was not me") and feedback open nothing, so they need only the session. */
const unsigned: readonly string[] = [routes['portal.report'].path, routes['portal.feedback'].path]

const signed: ReadonlySet<string> = new Set(
  Object.values<Route>(routes)
    .filter(
      ({ surface, method, path }) => surface === 'portal' && method === 'POST' && !unsigned.includes(path),
    )
    .map(({ path }) => path),
)

/** Ends the session, and records the reason for audit, timeline and panel, once. @throws Refused session_ended */
export const endBreached = async (
  { db }: Pick<ApiDeps, 'db'>,
  caller: PortalCaller,
  breach: BreachFound,
): Promise<never> => {
  const { tenantId, sessionId, verificationId } = caller
  await inTenant(db, tenantId, async (tx) => {
    if (await endPortalSession(tx, sessionId, breach.reason))
      await appendEvents(tx, verificationId, [breachEvent(caller, breach)], 'to_consoles')
  })
  throw new Refused('session_ended')
}

const actOf = ({ method, path, state }: Ctx, { probeNonce: nonce }: PortalCaller) => ({
  method,
  path,
  nonce,
  body: state.bodyText,
})

/**
 * Every act of a session is signed by the key of the browser that typed the code, on a page of ours (F15). So the cookie
 * alone is worth nothing: not to a relay that overheard it, and not to a thief who copied it. The key is in the session's
 * row, which is read anyway. Where that browser could make no key nothing is asked here, and the case asks for one more kind
 * of proof (domain/policy/signs.ts).
 */
export const deviceProof =
  (deps: Pick<ApiDeps, 'db' | 'settings'>): Step =>
  async (ctx, next) => {
    const caller = ctx.state.participant
    if (signed.has(ctx.path) && caller?.isLive === true && caller.deviceKey !== null) {
      const { deviceKey } = caller
      const keys = { deviceKey, ours: deps.settings.portalUrl }
      const breach = breachOfAct(ctx.get(proofHeader), actOf(ctx, caller), keys)
      if (breach !== null) await endBreached(deps, caller, breach)
    }
    await next()
  }
