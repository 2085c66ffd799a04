import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { listVerifications, type ListFilter, type Viewer } from '#services/verifications/verifications.ts'
import type { Db } from '#platform/database/connect.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { VerificationList, VerificationRow } from '../../contract/console-verifications.ts'
import { csvLine } from '../../http/csv.ts'
import type { ApiDeps } from '../../deps.ts'
import { filterOf } from './list-query.ts'
import { actorOf, excludedPeople, viewerOf } from '../scope.ts'

/** Most rows of one file, and of one read. */
const mostRows = 50_000
const pageRows = 1_000

const columns = [
  'id',
  'participant',
  'email',
  'purpose',
  'state',
  'outcome',
  'decision',
  'action',
  'risk',
  'band',
  'referrer',
  'channel',
  'contact',
  'ticket',
  'feedback',
  'started',
  'completed',
]

const lineOf = (row: VerificationRow): string =>
  csvLine([
    row.id,
    row.participant.name,
    row.participant.email,
    row.purpose,
    row.state,
    row.outcome,
    row.decision,
    row.action,
    row.risk,
    row.band,
    row.referrer.name,
    row.channel,
    row.contactMasked,
    row.ticket,
    row.feedback,
    row.startedAt,
    row.completedAt,
  ])

const write = async (response: ServerResponse, text: string): Promise<void> => {
  if (!response.write(text)) await once(response, 'drain')
}

type Source = {
  readonly db: Db
  readonly tenantId: string
  readonly filter: ListFilter
  readonly viewer: Viewer
}

const pages = async function* ({ db, tenantId, filter, viewer }: Source): AsyncGenerator<VerificationRow[]> {
  let { after } = filter
  for (let rows = 0; rows < mostRows; rows += pageRows) {
    const text = await listVerifications(
      db,
      tenantId,
      { ...filter, after, limit: pageRows, count: false },
      viewer,
    )
    const page = JSON.parse(text) as VerificationList
    yield page.rows
    if (page.nextCursor === null) return
    after = JSON.parse(Buffer.from(page.nextCursor, 'hex').toString('utf8')) as NonNullable<
      ListFilter['after']
    >
  }
}

/** The list as CSV, streamed page by page and audited before the first byte leaves (K5, D9). */
export const exportVerifications = ({ db, log }: ApiDeps) =>
  bind('console.exportVerifications', async ({ staff, query }) => {
    const filter = filterOf(query, staff)
    const excluded = await inTenant(db, staff.tenantId, async (tx) => {
      const people = await excludedPeople(tx, staff)
      await recordEvents(tx, actorOf(staff), null, [
        {
          type: 'export.made',
          object: { kind: 'tenant', id: staff.tenantId },
          payload: { kind: 'verifications', filters: Object.keys(query).sort() },
        },
      ])
      return people
    })
    const source = { db, tenantId: staff.tenantId, filter, viewer: viewerOf(staff, excluded) }
    const takeover = async (response: ServerResponse): Promise<void> => {
      response.statusCode = 200
      response.setHeader('Content-Type', 'text/csv; charset=utf-8')
      response.setHeader('Content-Disposition', 'attachment; filename="verifications.csv"')
      try {
        await write(response, csvLine(columns))
        for await (const rows of pages(source)) await write(response, rows.map(lineOf).join(''))
        response.end()
      } catch (error) {
        // A file that stops half-way must not look complete.
        log.error('export ended early', { error })
        response.destroy()
      }
    }
    return { takeover }
  })
