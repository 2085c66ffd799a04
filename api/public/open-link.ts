import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../http/bind.ts'
import { findLink, noteVisit, usableLink, whoAsks, type PublicDeps } from './link-step.ts'

/** Opens the page of a link: inert, any number of times, from any browser (C4 to C8). */
export const openLink = (deps: PublicDeps) =>
  bind('public.openLink', async ({ body, http }) => {
    const found = await findLink(deps, body.token)
    const page = await usableLink(deps, found)
    await inTenant(deps.db, found.tenantId, (tx) => noteVisit(tx, page, http))
    return whoAsks(deps, found.tenantId, page)
  })
