import { Router } from '@koa/router'
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import { resolveDelivery, type ReportStatus } from '#services/sending/delivery-reports.ts'
import type { ApiDeps } from '../deps.ts'
import { InvalidInput } from '../http/errors.ts'
import { isForm, readForm } from '../http/form-body.ts'
import { asMiddleware, type Ctx } from '../http/state.ts'
import { takeReport } from './take-report.ts'

/** Where the provider reports; part of the signature, so it comes from the configuration (C15). */
export const twilioStatusPath = '/hooks/twilio/status'

/** Provider words that say something new; the others change nothing. */
const meanings: Readonly<Record<string, ReportStatus>> = {
  sent: 'sent',
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
  const fields = Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]))
  if (!validateRequest(secret, ctx.get('x-twilio-signature'), url, fields)) throw refused()
  return form
}

const errorCode = /^\d{1,6}$/

/**
 * A delivery status as the provider reports it: verified, idempotent, a fact and never evidence (Q2). An unknown
 * message gets the same answer, so that nothing is learnt from it.
 */
const report = async (ctx: Ctx, deps: ApiDeps): Promise<void> => {
  const form = await verified(ctx, deps)
  const status = meanings[form.get('MessageStatus') ?? '']
  const found = status === undefined ? null : await resolveDelivery(deps.db, form.get('MessageSid') ?? '')
  const code = form.get('ErrorCode') ?? ''
  if (found !== null && status !== undefined)
    await takeReport(deps, found, status, errorCode.test(code) ? `twilio_${code}` : null)
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
