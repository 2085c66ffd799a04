import type { WithheldReason } from '#domain/access-report.ts'
import {
  readKeptTables,
  readNamesAround,
  readOwnComments,
  readOwnContacts,
  readOwnFacts,
  readOwnScorings,
  type KeptRow,
  type KeptTable,
} from './material.ts'
import { readOrganisation } from '../tenants/tenants.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { reportedCase, type CaseParts } from './cases.ts'
import type { AccessReport, ReportedTable } from './report.ts'
import { instant, instantOrNull, text, textOrNull, without } from './rows.ts'

/** Events which record that a member of staff looked at the person. */
const looks: ReadonlySet<string> = new Set([
  'person.viewed',
  'transcript.opened',
  'evidence.opened',
  'access_report.made',
])

/** Columns that the part on each case covers, and only where they do not reveal which answers were right. */
const toldByCase: Readonly<Record<string, readonly string[]>> = { verifications: ['risk_tenths'] }

const reportedTable = ({ table, note, rows }: KeptTable): ReportedTable => {
  const moved = toldByCase[table] ?? []
  const withheld = { ...note.withheld, elsewhere: [...(note.withheld.elsewhere ?? []), ...moved] }
  return {
    table,
    days: note.days,
    oldest: rows[0] === undefined ? null : instantOrNull(rows[0][note.at]),
    rows: rows.map((row) => without(row, moved)),
    withheld: Object.entries(withheld)
      .filter(([, columns]) => columns.length > 0)
      .map(([reason, columns]) => ({ reason: reason as WithheldReason, columns })),
  }
}

const personOf = (row: KeptRow, managerName: string | null): AccessReport['person'] => ({
  id: text(row['id']),
  name: text(row['display_name']),
  login: text(row['login']),
  email: textOrNull(row['work_email']),
  title: textOrNull(row['title']),
  department: textOrNull(row['department']),
  team: textOrNull(row['team']),
  office: textOrNull(row['office']),
  country: textOrNull(row['country']),
  timeZone: textOrNull(row['time_zone']),
  language: textOrNull(row['language']),
  managerName,
  hiredOn: textOrNull(row['hired_on']),
  tier: text(row['tier']),
  accountState: text(row['account_state']),
  directory: text(row['directory']),
  passwordChangedAt: instantOrNull(row['password_changed_at']),
  secondStepChangedAt: instantOrNull(row['mfa_changed_at']),
  refreshedAt: instant(row['refreshed_at']),
})

const openingsOf = (rows: readonly KeptRow[]): AccessReport['openings'] =>
  rows
    .filter((row) => looks.has(text(row['type'])))
    .map((row) => ({
      at: instant(row['created_at']),
      event: text(row['type']),
      actorKind: text(row['actor_kind']),
      verificationId: row['object_kind'] === 'verification' ? text(row['object_id']) : null,
    }))

/** Values that are JSON in the table, in words: what they hold, without internal ids. */
const factValue = (value: string | null): string | null => {
  if (value === null || !value.startsWith('{')) return value
  return Object.entries(without(JSON.parse(value) as KeptRow, ['id']))
    .filter(([, held]) => held !== null)
    .map(([name, held]) => `${name}: ${Array.isArray(held) ? held.join(' ') : String(held)}`)
    .join(', ')
}

const caseParts = async (tx: Tx, keys: KeyRing, personId: string, tables: readonly KeptTable[]) => {
  const around = await readNamesAround(tx, personId)
  const parts: CaseParts = {
    rowsOf: (table) => tables.find((one) => one.table === table)?.rows ?? [],
    scorings: await readOwnScorings(tx, keys, personId),
    comments: await readOwnComments(tx, keys, personId),
    notices: around.notices,
    seconds: around.seconds,
  }
  return { parts, managerName: around.managerName }
}

/**
 * Everything that is kept about one person, read in the caller's transaction; undefined where there is no such person.
 * Recording that it was made is the caller's part, before anything of it leaves.
 * @throws SealBroken
 */
export const makeAccessReport = async (
  tx: Tx,
  keys: KeyRing,
  personId: string,
  reference: string,
): Promise<AccessReport | undefined> => {
  const tables = await readKeptTables(tx, personId)
  const person = tables.find(({ table }) => table === 'people')?.rows[0]
  if (person === undefined) return undefined
  const { parts, managerName } = await caseParts(tx, keys, personId, tables)
  const contacts = await readOwnContacts(tx, keys, personId)
  const facts = await readOwnFacts(tx, personId)
  return {
    madeAt: new Date().toISOString(),
    reference,
    organisation: await readOrganisation(tx),
    person: personOf(person, managerName),
    contacts: contacts.map((contact) => ({
      ...contact,
      firstSeenAt: contact.firstSeenAt.toISOString(),
      lastChangedAt: contact.lastChangedAt.toISOString(),
      removedAt: contact.removedAt?.toISOString() ?? null,
    })),
    facts: facts.map((fact) => ({
      ...fact,
      value: factValue(fact.value),
      validFrom: fact.validFrom?.toISOString() ?? null,
      validTo: fact.validTo?.toISOString() ?? null,
      readAt: fact.readAt.toISOString(),
    })),
    verifications: parts
      .rowsOf('verifications')
      .map((row) => reportedCase(row, parts))
      .reverse(),
    openings: openingsOf(parts.rowsOf('audit')),
    tables: tables.map(reportedTable),
  }
}
