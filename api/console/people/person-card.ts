import { toldApart } from '#domain/contact.ts'
import { may } from '#domain/roles.ts'
import { shownOutcome, type Outcome } from '#domain/verification/outcome.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import {
  countReports,
  openVerificationOf,
  recentVerifications,
  type RecentRow,
  findPerson,
  type Person,
} from '#services/people/people.ts'
import { readStoredContacts, openContactValue } from '#services/people/contacts.ts'
import { readOpenReports, type ReportRow } from '#services/reports/alarms.ts'
import { readPasskeys, type PasskeyRow, type PasskeyState } from '#services/passkeys/passkeys.ts'
import { readSheet, type SheetRow } from '#services/recovery-sheets/recovery-sheets.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { readProtection, type Protection } from '#services/people/protected-accounts.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { noteUnreadable } from '#services/people/unreadable-contacts.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { countLookUp } from '../../http/limit-reached.ts'
import { directoryNote } from './directory-note.ts'
import { personWarnings } from './person-warnings.ts'
import { actorOf, requireNotOwn } from '../scope.ts'

/** Agents must not see that a case was reported (B9): to them such a passkey is not there. */
const isShown = (state: PasskeyState, { role }: StaffCaller): boolean =>
  role !== 'agent' || state !== 'disputed'

const passkeyCard = ({ createdAt, lastUsedAt, ...passkey }: PasskeyRow) => ({
  ...passkey,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
})

/** To agents a disputed sheet is not there, as with passkeys. */
const sheetCard = (sheet: SheetRow | undefined, staff: StaffCaller) => {
  if (sheet === undefined || (staff.role === 'agent' && sheet.state === 'disputed')) return null
  return { ...sheet, madeAt: sheet.madeAt.toISOString(), countsFrom: sheet.countsFrom.toISOString() }
}

/**
 * Contacts with masks that keep them apart; the values are opened for that and go no further. Those that do not open are
 * noted.
 */
const readCardContacts = async ({ keys }: Pick<ApiDeps, 'keys'>, tx: Tx, personId: string) => {
  const contacts = (await readStoredContacts(tx, personId)).map(({ valueSealed, ...contact }) => ({
    ...contact,
    personId,
    value: openContactValue(keys, tx.tenantId, { id: contact.id, personId }, valueSealed),
  }))
  await noteUnreadable(
    tx,
    contacts.filter(({ value }) => value === null),
  )
  return toldApart(contacts)
}

type CardContact = Awaited<ReturnType<typeof readCardContacts>>[number]

const contactCard = ({ value, personId: _, firstSeenAt, lastChangedAt, ...contact }: CardContact) => ({
  ...contact,
  isReadable: value !== null,
  firstSeenAt: firstSeenAt.toISOString(),
  lastChangedAt: lastChangedAt.toISOString(),
})

const recentCard = (row: RecentRow, staff: StaffCaller) => ({
  id: row.id,
  purpose: row.purpose as Purpose,
  state: row.state,
  outcome: shownOutcome(row.outcome as Outcome | null, staff.role),
  channel: row.channel,
  referrerName: row.referrerName,
  startedAt: row.createdAt.toISOString(),
})

/** Reasons and names are for those who may change the protection, and for those who read everything. */
const protectionCard = (staff: StaffCaller, protection: Protection | null) => {
  if (protection === null) return null
  const { id: _, ...shown } = protection
  const isShown = may(staff.role, 'people.protect') || staff.role === 'auditor'
  return isShown ? shown : { reason: null, byName: null, at: null, off: null }
}

/** The card shows these fields of the row itself. */
const personPart = (person: Person) => ({
  id: person.id,
  name: person.name,
  login: person.login,
  workEmail: person.workEmail,
  title: person.title,
  department: person.department,
  accountState: person.accountState,
  tier: person.tier,
  team: person.team,
  office: person.office,
  country: person.country,
  timeZone: person.timeZone,
  managerName: person.managerName,
  hiredOn: person.hiredOn,
  neverViaHelpDesk: person.neverViaHelpDesk,
  passwordChangedAt: person.passwordChangedAt?.toISOString() ?? null,
  refreshedAt: person.refreshedAt.toISOString(),
})

const reportMs = 30 * 24 * 3_600_000

const freezeCard = (standing: readonly ReportRow[]) => {
  const [newest] = standing
  if (newest === undefined) return null
  return {
    blockedUntil: newest.blockedUntil?.toISOString() ?? null,
    reports: standing.map(({ verificationId, at }) => ({ verificationId, at: at.toISOString() })),
    until: new Date(newest.at.getTime() + reportMs).toISOString(),
  }
}

/** The person card: contacts masked and with their age, recent verifications, warnings. Counted (D8) and audited. */
export const personCard = ({ db, keys }: ApiDeps) =>
  bind('console.personCard', ({ staff, params }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const policy = await currentPolicy(tx)
      await countLookUp(tx, staff, params.personId, policy)
      const person = await findPerson(tx, params.personId)
      if (person === undefined) throw new Refused('not_found')
      await requireNotOwn(tx, staff, person.id)
      const contacts = await readCardContacts({ keys }, tx, person.id)
      const readable = contacts.filter(({ value }) => value !== null)
      const recent = await recentVerifications(tx, person.id)
      const reports = staff.role === 'agent' ? 0 : await countReports(tx, person.id)
      const openVerificationId = (await openVerificationOf(tx, person.id))?.id ?? null
      const note = await directoryNote(tx, person.id)
      const warnings = [
        ...(note === null ? [] : [note]),
        ...personWarnings({ person, contacts: readable, recent, reports, policy, now: new Date() }),
      ]
      await recordEvents(tx, actorOf(staff), null, [
        { type: 'person.viewed', object: { kind: 'person', id: person.id }, payload: {} },
      ])
      return {
        ...personPart(person),
        contacts: contacts.map(contactCard),
        passkeys: (await readPasskeys(tx, person.id))
          .filter(({ state }) => isShown(state, staff))
          .map(passkeyCard),
        sheet: sheetCard(await readSheet(tx, person.id, policy.lifetimes.sheetRest), staff),
        recent: recent.map((row) => recentCard(row, staff)),
        openVerificationId,
        warnings,
        protection: protectionCard(staff, await readProtection(tx, person.id)),
        freeze: may(staff.role, 'alarms.read') ? freezeCard(await readOpenReports(tx, person.id)) : null,
      }
    }),
  )
