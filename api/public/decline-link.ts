import { uuidOf } from '#platform/database/record-events.ts'
import { addLinkVisit } from '#services/verifications/link-page.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../http/bind.ts'
import { areDigits } from '../portal/digits.ts'
import { freezeCase, tellWorkflows } from '#services/approvals/freezing.ts'
import { findLink, reportedStep, usableLink, whoAsks, type PublicDeps } from './link-step.ts'

/** A confirmed "No": freezes the person and ends the case. Without the two digits shown, nothing happens (C6, B9). */
export const declineLink = (deps: PublicDeps) =>
  bind('public.declineLink', async ({ body }) => {
    const found = await findLink(deps, body.token)
    const page = await usableLink(deps, found)
    const { tenantId } = found
    const { verificationId, personId, policyVersion, linkId } = page
    if (!areDigits(deps.keys, tenantId, 'decline', verificationId, body.digits)) {
      await inTenant(deps.db, tenantId, (tx) =>
        addLinkVisit(tx, { verificationId, linkId, kind: 'decline_tried' }),
      )
      return whoAsks(deps, tenantId, page)
    }
    const reportId = uuidOf('report', 'decline', linkId)
    const frozen = await inTenant(deps.db, tenantId, (tx) =>
      freezeCase(tx, { reportId, verificationId, personId, source: 'portal', policyVersion }),
    )
    await tellWorkflows(deps, tenantId, reportId, frozen)
    return reportedStep(page)
  })
