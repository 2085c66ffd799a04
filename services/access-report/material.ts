/**
 * The material of an access report: every row about a participant, table by table, and what has to be opened for it.
 */
import type { CheckResult, Evidence } from '#domain/risk/check.ts'
import type { RiskScore } from '#domain/risk/score.ts'
import { openContactValue } from '../people/contacts.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { openSealedText } from '#platform/crypto/sealing.ts'
import { dataMap, type DataNote, type RowOwner } from '#platform/database/data-map.ts'
import { openEvidence } from '../risk/scorings.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { noteUnreadable } from '../people/unreadable-contacts.ts'

/** A row as JSON gives it. */
export type KeptRow = Readonly<Record<string, unknown>>

/** Rows of one table about one participant. */
export type KeptTable = { readonly table: string; readonly note: DataNote; readonly rows: readonly KeptRow[] }

const casesOf = 'select v.id from verifications v where v.tenant_id = $1 and v.person_id = $2'

const ownedBy: Readonly<Record<RowOwner, string>> = {
  id: 'id = $2',
  person_id: 'person_id = $2',
  person_or_approver: '(person_id = $2 or approver_id = $2)',
  verification_id: `verification_id in (${casesOf})`,
  participant_pseudonym:
    'participant_pseudonym = (select p.pseudonym from people p where p.tenant_id = $1 and p.id = $2)',
  object_id: `((object_kind = 'person' and object_id = ($2::uuid)::text)
    or (object_kind = 'verification' and object_id in (select c.id::text from (${casesOf}) c)))`,
}

/** Every row that the data map knows, with the columns that a report may hold (M8). */
export const readKeptTables = async (tx: Tx, personId: string): Promise<KeptTable[]> => {
  const tables: KeptTable[] = []
  for (const [table, note] of Object.entries(dataMap)) {
    const rows = await tx.query<{ row: KeptRow }>(
      `select to_jsonb(x) as row from (select ${note.shown.join(', ')} from ${table}
       where tenant_id = $1 and ${ownedBy[note.owner]} order by ${note.at}) x`,
      [tx.tenantId, personId],
    )
    tables.push({ table, note, rows: rows.map(({ row }) => row) })
  }
  return tables
}

/** A contact of the participant, its value opened; those taken off file too. */
export type OwnContact = {
  readonly id: string
  readonly kind: string
  readonly label: string
  /** null: it does not open (E1). */
  readonly value: string | null
  readonly source: string
  readonly firstSeenAt: Date
  readonly lastChangedAt: Date
  readonly removedAt: Date | null
}

/** Those that do not open are noted. */
export const readOwnContacts = async (tx: Tx, keys: KeyRing, personId: string): Promise<OwnContact[]> => {
  const rows = await tx.query<Omit<OwnContact, 'value'> & { sealed: Buffer; masked: string }>(
    `select id, kind, label, value_sealed as sealed, masked, source, first_seen_at as "firstSeenAt",
       last_changed_at as "lastChangedAt", removed_at as "removedAt"
     from contacts where tenant_id = $1 and person_id = $2 order by first_seen_at, id`,
    [tx.tenantId, personId],
  )
  const contacts = rows.map(({ sealed, ...contact }) => ({
    ...contact,
    personId,
    value: openContactValue(keys, tx.tenantId, { id: contact.id, personId }, sealed),
  }))
  await noteUnreadable(
    tx,
    contacts.filter(({ value }) => value === null),
  )
  return contacts.map(({ masked: _, personId: __, ...contact }) => contact)
}

/** A fact as a source gave it; its value is null where it names another person. */
export type OwnFact = {
  readonly family: string
  readonly source: string
  readonly value: string | null
  readonly validFrom: Date | null
  readonly validTo: Date | null
  readonly readAt: Date
}

/** Families of facts whose values hold other people. */
const namesOthers = ['manager', 'joined']

/** Facts of the participant, past ones too. */
export const readOwnFacts = (tx: Tx, personId: string): Promise<OwnFact[]> =>
  tx.query<OwnFact>(
    `select family, source, case when family = any($3) then null else value end as value, valid_from as "validFrom",
       valid_to as "validTo", read_at as "readAt"
     from facts where tenant_id = $1 and person_id = $2 order by family, read_at`,
    [tx.tenantId, personId, namesOthers],
  )

/** The newest scoring of a case with its evidence opened. */
export type OwnScoring = {
  readonly verificationId: string
  readonly results: readonly CheckResult[]
  readonly score: RiskScore
  /** One list for each result. */
  readonly evidence: readonly (readonly Evidence[])[]
}

/** @throws SealBroken */
export const readOwnScorings = async (tx: Tx, keys: KeyRing, personId: string): Promise<OwnScoring[]> => {
  const rows = await tx.query<Omit<OwnScoring, 'evidence'> & { ordinal: number; sealed: Buffer }>(
    `select distinct on (verification_id) verification_id as "verificationId", ordinal, results, score,
       evidence_sealed as sealed
     from scorings where tenant_id = $1 and verification_id in (${casesOf})
     order by verification_id, ordinal desc`,
    [tx.tenantId, personId],
  )
  return rows.map(({ ordinal, sealed, ...scoring }) => ({
    ...scoring,
    evidence: openEvidence(keys, tx.tenantId, scoring.verificationId, ordinal, sealed),
  }))
}

/** The comments of the participant at the end of a case, by the case's id. @throws SealBroken */
export const readOwnComments = async (
  tx: Tx,
  keys: KeyRing,
  personId: string,
): Promise<ReadonlyMap<string, string>> => {
  const rows = await tx.query<{ id: string; sealed: Buffer }>(
    `select verification_id as id, comment_sealed as sealed from feedback
     where tenant_id = $1 and comment_sealed is not null and verification_id in (${casesOf})`,
    [tx.tenantId, personId],
  )
  const place = { tenantId: tx.tenantId, table: 'feedback', column: 'comment_sealed' }
  return new Map(rows.map(({ id, sealed }) => [id, openSealedText(keys, { ...place, row: id }, sealed)]))
}

/** Where a message of a notice went, and the name of who gave the second approval; by id. */
export const readNamesAround = async (
  tx: Tx,
  personId: string,
): Promise<{
  readonly managerName: string | null
  readonly notices: readonly NoticeSent[]
  readonly seconds: ReadonlyMap<string, string>
}> => {
  const manager = await tx.one<{ name: string | null }>(
    `select m.display_name as name from people p left join people m on m.tenant_id = p.tenant_id and m.id = p.manager_id
     where p.tenant_id = $1 and p.id = $2`,
    [tx.tenantId, personId],
  )
  const notices = await tx.query<NoticeSent>(
    `select n.verification_id as "verificationId", n.kind, n.channel, n.status, n.created_at as "createdAt",
       n.sent_at as "sentAt", c.masked, c.label
     from notices n join contacts c on c.tenant_id = n.tenant_id and c.id = n.contact_id
     where n.tenant_id = $1 and n.person_id = $2 order by n.created_at`,
    [tx.tenantId, personId],
  )
  const seconds = await tx.query<{ id: string; name: string }>(
    `select v.id, s.display_name as name from verifications v
     join staff s on s.tenant_id = v.tenant_id and s.id = v.second_by where v.tenant_id = $1 and v.person_id = $2`,
    [tx.tenantId, personId],
  )
  return {
    managerName: manager?.name ?? null,
    notices,
    seconds: new Map(seconds.map(({ id, name }) => [id, name])),
  }
}

/** A notice and where it went. */
export type NoticeSent = {
  readonly verificationId: string
  readonly kind: string
  readonly channel: string
  readonly status: string
  readonly createdAt: Date
  readonly sentAt: Date | null
  readonly masked: string
  readonly label: string
}

/** The person with this login or work address, where the transaction's tenant is the one that is meant. */
export const findForReport = async (
  tx: Tx,
  slug: string,
  login: string,
): Promise<{ readonly isTenant: boolean; readonly personId: string | null }> => {
  const tenant = await tx.one('select from tenants where id = $1 and slug = $2', [tx.tenantId, slug])
  if (tenant === undefined) return { isTenant: false, personId: null }
  const person = await tx.one<{ id: string }>(
    'select id from people where tenant_id = $1 and (lower(login) = lower($2) or lower(work_email) = lower($2))',
    [tx.tenantId, login],
  )
  return { isTenant: true, personId: person?.id ?? null }
}
