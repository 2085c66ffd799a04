/**
 * The schema as the SQL files beside this one, in the order in which they run. A table is in its capability's file, whole and
 * in its final form; a function is in one file of `functions/`. A build holds the texts themselves
 * (platform/tools/build/constants.ts), so this module exports nothing but constants.
 */
import { readFileSync } from 'node:fs'
import { resultPurposes } from '#domain/verification/verification.ts'

/** One step: its name as recorded in the database and its SQL. A step runs once in a database. */
export type Migration = { readonly name: string; readonly sql: string }

const textOf = (name: string): string => readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8')

/**
 * Later tables refer to earlier ones. Every run of the migrator also secures each tenant table, creates missing partitions and
 * sets privileges, so no file does that: its tables and functions go to `privileges/role-matrix.ts`.
 */
export const migrations: readonly Migration[] = [
  'roles',
  'tenants',
  'people',
  'staff',
  'policy',
  'verifications',
  'sending',
  'messages',
  'questions',
  'risk',
  'passkeys',
  'provider-sign-ins',
  'pushes',
  'recovery-sheets',
  'approvals',
  'actions',
  'reports',
  'imports',
  'audit',
].map((name) => ({ name, sql: textOf(name) }))

/** All functions, written anew by every run of the migrator. */
export const functions: string = [
  'isolation',
  'partitions',
  'audit',
  'resolvers',
  'persons',
  'sessions',
  'freezes',
  'people-search',
  'verification-reads',
  'list-verifications',
  'list-columns',
]
  .map((name) => textOf(`functions/${name}`))
  .join('\n')
  .replaceAll('{result_purposes}', resultPurposes.map((purpose) => `'${purpose}'`).join(', '))
