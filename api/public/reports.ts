import { uuidOf } from '#platform/database/record-events.ts'
import {
  readReportPage,
  resolveReportLink,
  useReportLink,
  type ReportPageRow,
} from '#services/verifications/link-page.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { isTokenMarked } from '#platform/crypto/token-mark.ts'
import { bind } from '../http/bind.ts'
import { InvalidInput, Refused } from '../http/errors.ts'
import { brandOf } from '../portal/current-step.ts'
import { areDigits, digitsOf } from '../portal/digits.ts'
import { freezeCase, tellWorkflows } from '#services/approvals/freezing.ts'
import { findLink, type Found, type PublicDeps } from './link-step.ts'

const usablePage = async (deps: PublicDeps, found: Found): Promise<ReportPageRow> => {
  const { tenantId, tokenHash } = found
  const page = await inTenant(deps.db, tenantId, (tx) => readReportPage(tx, found.id))
  const isOurs =
    page !== undefined &&
    isTokenMarked(deps.keys, 'report_links', { ...page, tenantId, tokenHash }, page.tokenMark)
  if (!isOurs || !page.isUsable) throw new Refused('link_unusable')
  return page
}

/** The page behind a notice's "this was not me" link: inert, like every page of a link. */
export const openReport = (deps: PublicDeps) =>
  bind('public.openReport', async ({ body }) => {
    const found = await findLink(deps, body.token, resolveReportLink)
    const page = await usablePage(deps, found)
    return {
      brand: brandOf(page.organisation, page.settings),
      kind: page.kind,
      purpose: page.purpose,
      at: page.at.toISOString(),
      digits: digitsOf(deps.keys, found.tenantId, 'message', found.id),
    }
  })

/** The confirmed report: revokes only, once (B12, B13). Wrong digits leave the link as it is. */
export const confirmReport = (deps: PublicDeps) =>
  bind('public.confirmReport', async ({ body }) => {
    const found = await findLink(deps, body.token, resolveReportLink)
    const page = await usablePage(deps, found)
    const { tenantId } = found
    if (!areDigits(deps.keys, tenantId, 'message', found.id, body.digits))
      throw new InvalidInput(422, [{ path: 'digits', code: 'custom', message: 'not the two digits shown' }])
    const { verificationId, personId, policyVersion } = page
    const reportId = uuidOf('report', 'message', found.id)
    const frozen = await inTenant(deps.db, tenantId, async (tx) => {
      if (!(await useReportLink(tx, found.id))) throw new Refused('link_unusable')
      return freezeCase(tx, { reportId, verificationId, personId, source: 'message', policyVersion })
    })
    await tellWorkflows(deps, tenantId, reportId, frozen)
    return { brand: brandOf(page.organisation, page.settings), ending: 'reported' as const }
  })
