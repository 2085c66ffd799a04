import { may } from '#domain/roles.ts'
import { readReports, type ReportRow } from '#services/reports/alarms.ts'
import { readDuress, type DuressRow } from '#services/reports/duress.ts'
import { readImpersonations } from '#services/reports/impersonations.ts'
import { readMovedSessions } from '#services/staff/moved-sessions.ts'
import { readReveals } from '#services/people/contact-reveals.ts'
import { readStaffAlarms } from '#services/staff/staff-alarms.ts'
import { readUnreadable } from '#services/people/unreadable-contacts.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { DuressAlarm, ReportedAlarm } from '../../contract/console-alarms.ts'
import type { ApiDeps } from '../../deps.ts'
import { excludedPeople } from '../scope.ts'

/** Rows of each kind that the page shows. */
const mostRows = 100

const liftedOf = ({ liftedAt, liftedBy, liftReason }: ReportRow): ReportedAlarm['lifted'] =>
  liftedAt === null ? null : { at: liftedAt.toISOString(), byName: liftedBy ?? '', reason: liftReason ?? '' }

const shown = (row: ReportRow): ReportedAlarm => ({
  id: row.id,
  verificationId: row.verificationId,
  personId: row.personId,
  personName: row.personName,
  source: row.source,
  at: row.at.toISOString(),
  blockedUntil: row.blockedUntil?.toISOString() ?? null,
  lock: row.lock as ReportedAlarm['lock'],
  lifted: liftedOf(row),
})

const shownDuress = ({ at, clearedAt, clearedBy, clearReason, ...row }: DuressRow): DuressAlarm => ({
  ...row,
  at: at.toISOString(),
  cleared:
    clearedAt === null
      ? null
      : { at: clearedAt.toISOString(), byName: clearedBy ?? '', reason: clearReason ?? '' },
})
const dated = <T extends { readonly at: Date }>(row: T) => ({ ...row, at: row.at.toISOString() })

/** Recent events that staff should look after; nobody sees their own (B9, D7). */
export const alarms = ({ db }: ApiDeps) =>
  bind('console.alarms', ({ staff }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const excluded = await excludedPeople(tx, staff)
      const all = {
        reports: (await readReports(tx, excluded, mostRows)).map(shown),
        limits: (await readStaffAlarms(tx, mostRows)).map(dated),
        impersonations: (await readImpersonations(tx, mostRows)).map(dated),
        sessions: (await readMovedSessions(tx, mostRows)).map(dated),
        unreadable: (await readUnreadable(tx, excluded, mostRows)).map(dated),
        reveals: (await readReveals(tx, excluded, mostRows)).map(dated),
      }
      if (!may(staff.role, 'duress.read')) return { ...all, duress: null }
      return { ...all, duress: (await readDuress(tx, staff.staffId, excluded, mostRows)).map(shownDuress) }
    }),
  )
