/**
 * `import`: facts from a file, as the console takes them, for a timed job. The file is looked at whole; unless it may be
 * imported, nothing is.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import {
  importKinds,
  importLimits,
  needsDropConfirmed,
  type ImportKind,
} from '#domain/questions/import-kinds.ts'
import { loadConfig, type Environment } from '#platform/process/config.ts'
import { connect, mustAnswer, type Db } from '#platform/database/connect.ts'
import { addImport, confirmImport, endUpload, readImport, type Checked } from '#services/imports/imports.ts'
import { tenantIdOf } from '#services/tenants/tenants.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { checkImport, performImport } from '#services/imports/port.ts'
import { CommandError } from './command.ts'

/** The usage of the command. */
export const importUsage =
  'import <kind> <file> --tenant <slug> [--add] [--strict] [--check] [--accept-drop]: facts from a CSV or JSON file'

type Wanted = {
  readonly kind: ImportKind
  readonly file: string
  readonly tenant: string
  readonly mode: 'replace' | 'merge'
  readonly isStrict: boolean
  readonly isCheckOnly: boolean
  readonly isDropAccepted: boolean
}

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        tenant: { type: 'string' },
        add: { type: 'boolean', default: false },
        strict: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        'accept-drop': { type: 'boolean', default: false },
      },
    })
  } catch {
    throw new CommandError(`Say it so: ${importUsage}`)
  }
}

/** @throws CommandError when it is not clear what is wanted */
const wantedOf = (args: readonly string[]): Wanted => {
  const { positionals, values } = parsed(args)
  const [name, file, ...others] = positionals
  const kind = importKinds.find((one) => one === name)
  if (kind === undefined)
    throw new CommandError(`Say what the file holds, one of: ${importKinds.join(', ')}.`)
  if (file === undefined || others.length > 0) throw new CommandError(`Name one file: ${importUsage}`)
  if (values.tenant === undefined) throw new CommandError('Say for which tenant: --tenant <slug>.')
  return {
    kind,
    file,
    tenant: values.tenant,
    mode: values.add ? 'merge' : 'replace',
    isStrict: values.strict,
    isCheckOnly: values.check,
    isDropAccepted: values['accept-drop'],
  }
}

/** Size and digest of the file. @throws CommandError when there is none, or it is too large */
const measure = async (file: string): Promise<{ bytes: number; sha256: Buffer }> => {
  const found = await stat(file).catch(() => null)
  if (found === null || !found.isFile()) throw new CommandError('This file cannot be read.')
  if (found.size > importLimits.bytes)
    throw new CommandError(`A file may have at most ${String(importLimits.bytes)} bytes.`)
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer)
  return { bytes: found.size, sha256: hash.digest() }
}

const begin = (
  db: Db,
  tenantId: string,
  wanted: Wanted,
  id: string,
  size: Awaited<ReturnType<typeof measure>>,
) =>
  inTenant(db, tenantId, async (tx) => {
    const isBegun = await addImport(tx, {
      id,
      kind: wanted.kind,
      origin: 'shell',
      format: wanted.file.toLowerCase().endsWith('.json') ? 'json' : 'csv',
      mode: wanted.mode,
      isStrict: wanted.isStrict,
      by: { id: null, name: 'operator' },
    })
    if (!isBegun) throw new CommandError('Too many imports of this tenant are not over yet.')
    await endUpload(tx, id, size.bytes, size.sha256)
    const row = await readImport(tx, id)
    if (row === undefined) throw new CommandError('The import could not be begun.')
    return row
  })

const sentencesOf = ({ state, figures, problems }: Checked): readonly string[] => [
  ...problems
    .slice(0, 20)
    .map(({ line, column, code }) =>
      [line === null ? 'file' : `line ${String(line)}`, column, code]
        .filter((part) => part !== null)
        .join(': '),
    ),
  state === 'refused'
    ? `Nothing was imported: ${String(figures.faults)} faults, ${String(figures.unknown)} rows about unknown people.`
    : `${String(figures.rows)} rows: ${String(figures.added)} new, ${String(figures.changed)} changed, ` +
      `${String(figures.same)} as before, ${String(figures.gone)} no longer true, ${String(figures.unknown)} left out.`,
]

const perform = async (db: Db, tenantId: string, wanted: Wanted, print: (line: string) => void) => {
  const row = await begin(db, tenantId, wanted, randomUUID(), await measure(wanted.file))
  const checked = await checkImport(db, tenantId, row, createReadStream(wanted.file))
  sentencesOf(checked).forEach(print)
  if (checked.state === 'refused') throw new CommandError('Mend the file and bring it again.')
  if (wanted.isCheckOnly) return 'Looked at; it waits in the console, or runs out in a day.'
  const { gone, known } = checked.figures
  if (needsDropConfirmed(gone, known) && !wanted.isDropAccepted)
    throw new CommandError(
      `This takes away ${String(gone)} of ${String(known)} facts. Say --accept-drop if that is meant.`,
    )
  const by = { id: null, name: 'operator' }
  await inTenant(db, tenantId, (tx) => confirmImport(tx, row.id, by, wanted.isDropAccepted))
  const confirmed = await inTenant(db, tenantId, (tx) => readImport(tx, row.id))
  if (confirmed?.state !== 'confirmed') throw new CommandError('The import was ended by somebody else.')
  const end = await performImport(db, tenantId, confirmed)
  if (end === 'refused') throw new CommandError('The facts changed meanwhile. Bring the file again.')
  return end === 'over' ? 'The worker was faster; the console says what came of it.' : 'Imported.'
}

/** Runs the command. DATABASE_URL names the database, as the worker's role. */
export const importFile = async (
  args: readonly string[],
  env: Environment,
  print: (line: string) => void,
): Promise<string> => {
  const wanted = wantedOf(args)
  const { url } = loadConfig('migrator', env).database
  const db = connect({ url, max: 2, applicationName: 'countersign-import', statementTimeoutMs: 60_000 })
  try {
    await mustAnswer(db)
    const tenantId = await tenantIdOf(db, wanted.tenant)
    if (tenantId === undefined) throw new CommandError('There is no such tenant.')
    return await perform(db, tenantId, wanted, print)
  } finally {
    await db.close()
  }
}
