import { saveView as keep } from '#services/verifications/saved-views.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../../http/bind.ts'
import { mostViews } from '../../../contract/console-views.ts'
import type { ApiDeps } from '../../../deps.ts'
import { Refused } from '../../../http/errors.ts'
import { filterOf } from '../list-query.ts'
import { shownView } from './shown-view.ts'

/** The usual choices are not kept. */
const usual: Readonly<Record<string, string>> = { sort: 'started', order: 'desc' }

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value))

/** A parsed query as the address has it. */
const addressOf = (query: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, textOf(value)] as const)
      .filter(([key, value]) => value !== '' && usual[key] !== value),
  )

/**
 * Keeps filters, sort and columns under a name. The list itself would accept them: the same schema, the same permissions,
 * the same rules on what goes together, so that a view can always be opened by whom it belongs to.
 */
export const saveView = ({ db }: ApiDeps) =>
  bind('console.saveView', async ({ staff, body }) => {
    const { name, query, columns } = body
    filterOf({ ...query, limit: 1 }, staff)
    const view = { name, query: addressOf(query), columns }
    const kept = await inTenant(db, staff.tenantId, (tx) => keep(tx, staff.staffId, view, mostViews))
    if (kept === undefined) throw new Refused('view_limit_reached')
    return shownView(kept)
  })
