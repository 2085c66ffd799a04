/**
 * `sign-in-accounts`: who is who at the identity provider, from a CSV or JSON file. At the shell only: whoever says whose account
 * an account is, can vouch for anybody, so neither an admin at the console nor an API client may.
 */
import { createReadStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { importLimits, type ImportColumn } from '#domain/questions/import-kinds.ts'
import { cellForms, optional } from '#services/imports/cells.ts'
import { csvRows } from '#services/imports/csv-rows.ts'
import { textOf } from '#services/imports/decode.ts'
import { FileProblem, type RawRow } from '#services/imports/file-problem.ts'
import { readPeopleRefs } from '#services/imports/import-rows.ts'
import { jsonRows } from '#services/imports/json-rows.ts'
import { findPersonAmong, type FindPerson } from '#services/imports/people-refs.ts'
import { setSignInAccounts, takenAccounts, type AccountRow } from '#services/people/sign-in-accounts.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { CommandError, type Command } from './command.ts'
import { withTenant } from './tenant.ts'

const usage = 'sign-in-accounts <file> [--tenant T] [--check]'

const columns: readonly ImportColumn[] = [
  { name: 'person', form: 'person', isRequired: true },
  { name: 'sign_in_subject', form: 'id', isRequired: true },
]

const Row = z.strictObject({ person: cellForms.person, sign_in_subject: optional(cellForms.id) })

type Line = { readonly line: number; readonly row: AccountRow }
type Read = { readonly lines: readonly Line[]; readonly faults: readonly string[] }

const fault = (line: number | null, column: string | null, code: string): string =>
  [line === null ? 'file' : `line ${String(line)}`, column, code].filter((part) => part !== null).join(': ')

const readLine = (raw: RawRow, find: FindPerson): Line | readonly string[] => {
  const { line } = raw
  if (raw.problems.length > 0) return raw.problems.map(({ column, code }) => fault(line, column, code))
  const parsed = Row.safeParse(raw.cells)
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => fault(line, String(path[0] ?? ''), message))
  const person = find(parsed.data.person)
  if (person === null) return [fault(line, 'person', 'unknown_person')]
  if (person === 'several') return [fault(line, 'person', 'ambiguous_person')]
  return { line, row: { personId: person.id, account: parsed.data.sign_in_subject } }
}

/** Reads the whole file. Every fault is named by its place, never by its value. */
const readLines = async (file: string, find: FindPerson): Promise<Read> => {
  const text = textOf(createReadStream(file))
  const rows = file.toLowerCase().endsWith('.json') ? jsonRows(text, columns) : csvRows(text, columns)
  const lines: Line[] = []
  const faults: string[] = []
  try {
    for await (const raw of rows) {
      const read = readLine(raw, find)
      if ('row' in read) lines.push(read)
      else faults.push(...read)
      if (lines.length > importLimits.rows) throw new FileProblem('too_many_rows')
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    faults.push(fault(error.problem.line, error.problem.column, error.problem.code))
  }
  return { lines, faults }
}

/** Lines that name a person or an account a second time. */
const repeated = (lines: readonly Line[]): readonly string[] => {
  const people = new Set<string>()
  const accounts = new Set<string>()
  return lines.flatMap(({ line, row: { personId, account } }) => {
    const isTwice = people.has(personId) || (account !== null && accounts.has(account))
    people.add(personId)
    if (account !== null) accounts.add(account)
    return isTwice ? [fault(line, null, 'conflicting_rows')] : []
  })
}

const set = async (tx: Tx, file: string, isCheckOnly: boolean): Promise<string> => {
  const { lines, faults } = await readLines(file, findPersonAmong(await readPeopleRefs(tx)))
  const rows = lines.map(({ row }) => row)
  const taken = await takenAccounts(tx, rows)
  const foreign = lines.filter(({ row }) => taken.has(row.personId))
  const all = [
    ...faults,
    ...repeated(lines),
    ...foreign.map(({ line }) => fault(line, 'sign_in_subject', 'account_of_another_person')),
  ]
  if (all.length > 0)
    throw new CommandError(
      [...all.slice(0, 20), `${String(all.length)} faults: nothing was changed.`].join('\n'),
    )
  if (rows.length === 0) throw new CommandError('The file names nobody.')
  if (isCheckOnly) return `${String(rows.length)} rows, without a fault. Nothing was changed.`
  const changed = await setSignInAccounts(tx, rows)
  await recordEvents(tx, { kind: 'system', id: 'shell' }, null, [
    {
      type: 'people.accounts_set',
      object: { kind: 'tenant', id: tx.tenantId },
      payload: { rows: rows.length, changed },
    },
  ])
  return `${String(rows.length)} rows: ${String(changed)} people have another account than before.`
}

const parsedArgs = (args: readonly string[]) => {
  try {
    const options = { tenant: { type: 'string' }, check: { type: 'boolean', default: false } } as const
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch {
    throw new CommandError(`Say it so: ${usage}`)
  }
}

export const signInAccountsCommand: Command = {
  demoLogin: 'owner',
  usage: `${usage}: whose account at the identity provider is whose, from a CSV or JSON file`,
  run: async (args, env) => {
    const { positionals, values } = parsedArgs(args)
    const [file, ...others] = positionals
    if (file === undefined || others.length > 0) throw new CommandError(`Name one file: ${usage}`)
    return withTenant(env, values.tenant, ({ db, tenantId }) =>
      inTenant(db, tenantId, (tx) => set(tx, file, values.check)),
    )
  },
}
