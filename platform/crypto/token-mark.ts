/**
 * Marks of tokens: a keyed digest over a token's hash and what the token opens, kept beside the hash. The hash alone finds
 * the row; without the mark the row opens nothing. An attacker who writes the database can make a hash of a token of their
 * own, and can copy one from row to row, but makes no mark for it: only the key files have the key (T11, E4).
 */
import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto'
import { deriveKey, type KeyRing } from './keys.ts'
import { bytesOfRecord } from './worker-signature.ts'

/** The columns that the token of each table is bound to, beside the tenant. */
const bound = {
  staff_sessions: ['staffId'],
  portal_sessions: ['sessionId', 'verificationId', 'personId', 'deviceKey'],
  links: ['verificationId', 'personId', 'contactId', 'ordinal'],
  report_links: ['verificationId', 'personId'],
  approver_requests: ['verificationId', 'personId', 'approverId', 'ordinal'],
  approver_sessions: ['requestId', 'verificationId', 'personId'],
  enrolments: ['enrolmentId', 'personId'],
  api_clients: ['clientId', 'scopes'],
} as const

/** A table whose rows are opened by a token. */
type TokenTable = keyof typeof bound

/** The values of which a mark of this table is made. */
type Marked<Table extends TokenTable> = { readonly tenantId: string; readonly tokenHash: Buffer } & Readonly<
  Record<(typeof bound)[Table][number], string | number | readonly string[] | null>
>

const digestOf = <Table extends TokenTable>(key: KeyObject, table: Table, row: Marked<Table>): Buffer => {
  const names: readonly (typeof bound)[Table][number][] = bound[table]
  const fields = names.map((name) => [name, row[name]] as const)
  const { tenantId, tokenHash } = row
  return createHmac('sha256', deriveKey(key, 'token', tenantId))
    .update(
      bytesOfRecord(`countersign.token.v1.${table}`, [
        ...([
          ['tenantId', tenantId],
          ['tokenHash', tokenHash.toString('hex')],
        ] as const),
        ...fields,
      ]),
    )
    .digest()
}

/** The mark to store with a token's hash. */
export const tokenMark = <Table extends TokenTable>(
  { tokens }: Pick<KeyRing, 'tokens'>,
  table: Table,
  row: Marked<Table>,
): Buffer => {
  const key = tokens.byId.get(tokens.currentId)
  if (key === undefined) throw new Error('There is no key to mark a token with.')
  return digestOf(key, table, row)
}

/** True if we marked a row for exactly this token and what it opens. */
export const isTokenMarked = <Table extends TokenTable>(
  { tokens }: Pick<KeyRing, 'tokens'>,
  table: Table,
  row: Marked<Table>,
  mark: Buffer,
): boolean =>
  mark.length === 32 &&
  [...tokens.byId.values()].some((key) => timingSafeEqual(digestOf(key, table, row), mark))
