import { Router } from '@koa/router'
import { uuidOf } from '#platform/server/db/record-events.ts'
import { addDeliveryReport, resolveDelivery } from '#platform/server/db/delivery-reports.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { isTwilioSignature } from '#platform/server/twilio-signature.ts'
import type { ApiDeps } from '../deps.ts'
import { InvalidInput } from '../errors.ts'
import { isForm, readForm } from '../form-body.ts'
import { asMiddleware, type Ctx } from '../state.ts'

/** Where the provider reports; part of the signature, so it comes from the configuration (security.md C15). */
export const twilioStatusPath = '/hooks/twilio/status'

/** Provider words that mean an end; the others change nothing. */
const endings: Readonly<Record<string, 'delivered' | 'undelivered'>> = {
  delivered: 'delivered',
  undelivered: 'undelivered',
  failed: 'undelivered',
}

const refused = (): InvalidInput =>
  new InvalidInput(
    403,
    [{ path: 'x-twilio-signature', code: 'signature', message: 'not signed for this address' }],
    'signature',
  )

const verified = async (ctx: Ctx, { settings }: ApiDeps): Promise<URLSearchParams> => {
  const secret = settings.twilioAuthToken
  if (secret === null || !isForm(ctx.get('content-type'))) throw refused()
  const form = await readForm(ctx.req)
  const url = `${settings.portalUrl}${twilioStatusPath}`
  if (!isTwilioSignature(secret, url, form, ctx.get('x-twilio-signature'))) throw refused()
  return form
}

/**
 * A delivery status as the provider reports it: verified, idempotent, a fact and never evidence (security.md Q2). It is kept
 * first, so that it is written down even when the case is over or Temporal is away. An unknown message gets the same answer,
 * so that nothing is learnt from it.
 */
const report = async (ctx: Ctx, deps: ApiDeps): Promise<void> => {
  const form = await verified(ctx, deps)
  const status = endings[form.get('MessageStatus') ?? '']
  const providerId = form.get('MessageSid') ?? ''
  const found = status === undefined ? null : await resolveDelivery(deps.db, providerId)
  if (found !== null && status !== undefined) {
    const { tenantId, verificationId, id: deliveryId } = found
    // The same report again has the same id; the workflow and its record take it once.
    const reportId = uuidOf('delivery-report', deliveryId, status)
    const reported = { reportId, verificationId, deliveryId, status }
    await inTenant(deps.db, tenantId, (tx) => addDeliveryReport(tx, reported))
    await deps.verifications.deliveryReported({ tenantId, verificationId }, { reportId, deliveryId, status })
  }
  ctx.status = 204
}

/** Signed callbacks of providers. */
export const hooksRouter = (deps: ApiDeps): Router => {
  const router = new Router()
  router.post(
    twilioStatusPath,
    asMiddleware(async (ctx) => {
      ctx.state.routeName = 'hooks.twilioStatus'
      await report(ctx, deps)
    }),
  )
  return router
}
