/** Where a secret could have been left behind, as text, and the forms in which it could lie there (M1). */
import type { Queryable } from '#platform/database/transaction.ts'

const withoutPadding = (text: string): string => text.replace(/=+$/, '')

/** A secret as it is, and as encodings would write it; `unicodePwd` is the form in which a directory takes a password. */
export const formsOf = (secret: string): readonly string[] => {
  const quoted = Buffer.from(`"${secret}"`, 'utf16le')
  return [
    secret,
    withoutPadding(Buffer.from(secret).toString('base64')),
    withoutPadding(Buffer.from(secret).toString('base64url')),
    Buffer.from(secret).toString('hex'),
    encodeURIComponent(secret),
    withoutPadding(quoted.toString('base64')),
    quoted.toString('hex'),
  ]
}

/** Every row of every table as text; bytes appear as hex. */
export const dumpOf = async (owner: Queryable): Promise<ReadonlyMap<string, string>> => {
  const tables = await owner.query<{ name: string }>(
    `select c.relname as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
  )
  const dump = new Map<string, string>()
  for (const { name } of tables) {
    const rows = await owner.query<{ row: string }>(`select t::text as row from "${name}" t`)
    dump.set(name, rows.map(({ row }) => row).join('\n'))
  }
  return dump
}

/** Names of the places that hold the secret in any form. */
export const placesOf = (secret: string, places: ReadonlyMap<string, string>): readonly string[] => {
  const forms = formsOf(secret)
  return [...places]
    .filter(([, text]) => forms.some((form) => text.toLowerCase().includes(form.toLowerCase())))
    .map(([name]) => name)
}

/** The position of the database's log now. */
export const logPosition = async (owner: Queryable): Promise<string> =>
  (await owner.one<{ lsn: string }>('select pg_current_wal_lsn()::text as lsn'))?.lsn ?? ''

/** The bytes of the database's write-ahead log since a position. */
export const logSince = async (owner: Queryable, position: string): Promise<Buffer> => {
  // A complete record is on disk, too.
  await owner.query('select pg_switch_wal()')
  const files = await owner.query<{ bytes: Buffer }>(
    `select pg_read_binary_file('pg_wal/' || name) as bytes from pg_ls_waldir()
     where name between pg_walfile_name($1::pg_lsn) and pg_walfile_name(pg_current_wal_lsn()) order by name`,
    [position],
  )
  return Buffer.concat(files.map(({ bytes }) => bytes))
}

/** True if bytes hold the secret in any form. */
export const isIn = (secret: string, bytes: Buffer): boolean =>
  formsOf(secret).some((form) => bytes.includes(form)) ||
  bytes.includes(Buffer.from(`"${secret}"`, 'utf16le'))
