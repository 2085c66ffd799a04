/**
 * The row of a verification as the workflow's records write it. Each statement takes the row as one parameter, by the names of
 * its columns, and its lists of columns are made of the same names: a name that is no column compiles nowhere.
 */
import type { Tx } from '#platform/database/transaction.ts'

/** A record names these columns every time. */
const stateTypes = {
  state: 'text',
  outcome: 'text',
  decision: 'text',
  channel: 'text',
  contact_id: 'uuid',
  contact_masked: 'text',
  link_ordinal: 'smallint',
  run_id: 'uuid',
  run_started_at: 'timestamptz',
  seq: 'integer',
  occurred_at: 'timestamptz',
  sent_at: 'timestamptz',
  opened_at: 'timestamptz',
  scored_at: 'timestamptz',
  decided_at: 'timestamptz',
  closed_at: 'timestamptz',
} as const

const scoredTypes = {
  risk_tenths: 'smallint',
  decide_tenths: 'smallint',
  band: 'text',
  answered: 'smallint',
  correct: 'smallint',
  recommendation: 'text',
  recommendation_reasons: 'text[]',
  instruction: 'text',
} as const

const decidedTypes = {
  decided_by_kind: 'text',
  decided_by_id: 'text',
  decided_by_name: 'text',
  decision_reason: 'text',
  second_by: 'uuid',
  decision_key_id: 'text',
  decision_signature: 'bytea',
  decision_session_id: 'uuid',
} as const

const birthTypes = {
  created_at: 'timestamptz',
  purpose: 'text',
  tier: 'text',
  policy_version: 'integer',
  person_id: 'uuid',
  referrer_kind: 'text',
  referrer_id: 'uuid',
  referrer_name: 'text',
  ticket: 'text',
  expires_at: 'timestamptz',
} as const

const triesTypes = { code_tries: 'smallint' } as const

type SqlType = 'text' | 'uuid' | 'smallint' | 'integer' | 'timestamptz' | 'text[]' | 'bytea'

type ValueOf<Type extends SqlType> = Type extends 'smallint' | 'integer'
  ? number
  : Type extends 'text[]'
    ? readonly string[]
    : string

type RowOf<Types extends Readonly<Record<string, SqlType>>> = {
  readonly [Column in keyof Types]: ValueOf<Types[Column]> | null
}

export type CaseState = RowOf<typeof stateTypes>
export type CaseScored = RowOf<typeof scoredTypes>
export type CaseDecided = RowOf<typeof decidedTypes>
export type CaseUpdate = CaseState & CaseScored & CaseDecided & RowOf<typeof triesTypes>
export type CaseBirth = CaseState & RowOf<typeof birthTypes>

const nullsOf = <Types extends Readonly<Record<string, SqlType>>>(types: Types): RowOf<Types> =>
  Object.fromEntries(Object.keys(types).map((column) => [column, null])) as RowOf<Types>

/** A record of a case that was not scored with it, and of one that nobody decided with it: what is there stays. */
export const notScored: CaseScored = nullsOf(scoredTypes)
export const notDecided: CaseDecided = nullsOf(decidedTypes)

/** A `bytea` on its way in JSON. */
export const bytesInJson = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`

/** The third parameter of a statement, as a row `r`. */
const recordOf = (types: Readonly<Record<string, SqlType>>): string =>
  `jsonb_to_record($3::jsonb) as r (${Object.entries(types)
    .map(([column, type]) => `${column} ${type}`)
    .join(', ')})`

/** Columns that do not simply take the new value, with what they take. */
const kept: Readonly<Partial<Record<keyof CaseUpdate, string>>> = {
  opened_at: 'coalesce(v.opened_at, r.opened_at)',
  code_tries: 'v.code_tries + r.code_tries',
}

/** Columns that keep their value where the record says nothing of them. */
const saidAtTimes = new Set<string>([
  ...(['sent_at', 'scored_at', 'decided_at', 'closed_at'] satisfies (keyof CaseState)[]),
  ...Object.keys(scoredTypes),
  ...Object.keys(decidedTypes),
])

const updateTypes = { ...stateTypes, ...scoredTypes, ...decidedTypes, ...triesTypes }

const valueOf = (column: keyof CaseUpdate): string =>
  kept[column] ?? (saidAtTimes.has(column) ? `coalesce(r.${column}, v.${column})` : `r.${column}`)

const updateSql = `update verifications v set ${(Object.keys(updateTypes) as (keyof CaseUpdate)[])
  .map((column) => `${column} = ${valueOf(column)}`)
  .join(', ')}, recorded_at = now(),
    answers_completed_at = case when r.risk_tenths is null then v.answers_completed_at
      else coalesce((select p.completed_at from plans p where p.tenant_id = $1 and p.verification_id = $2), now())
    end
  from ${recordOf(updateTypes)}
  where v.tenant_id = $1 and v.id = $2 and v.state <> 'closed' and (v.run_started_at, v.seq) < (r.run_started_at, r.seq)
  returning 1`

/** Writes a record over the row where it is newer, and the case is not closed; false: it is not. */
export const updateCase = async (tx: Tx, verificationId: string, row: CaseUpdate): Promise<boolean> => {
  const changed = await tx.named('update_verification', updateSql, [
    tx.tenantId,
    verificationId,
    JSON.stringify(row),
  ])
  return changed.length > 0
}

const insertTypes = { ...stateTypes, ...birthTypes }
const insertColumns = Object.keys(insertTypes) as (keyof CaseBirth)[]

const bornWith = (column: keyof CaseBirth): string =>
  column === 'referrer_name'
    ? 'coalesce((select display_name from staff where tenant_id = $1 and id = r.referrer_id), r.referrer_name)'
    : `r.${column}`

const insertSql = `insert into verifications (tenant_id, id, ${insertColumns.join(', ')})
  select $1, $2, ${insertColumns.map(bornWith).join(', ')} from ${recordOf(insertTypes)}
  where not exists (select from verifications where tenant_id = $1 and id = $2)
  on conflict do nothing returning referrer_name as name`

/** Writes the row of a case that has none; gives its referrer's name: a member of staff has their own. Undefined: it has one. */
export const insertCase = async (
  tx: Tx,
  verificationId: string,
  row: CaseBirth,
): Promise<{ readonly name: string } | undefined> => {
  const [born] = await tx.named<{ name: string }>('insert_verification', insertSql, [
    tx.tenantId,
    verificationId,
    JSON.stringify(row),
  ])
  return born
}
