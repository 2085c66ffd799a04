import { z } from 'zod'
import { referencePattern } from '#domain/access-report.ts'
import { makeAccessReport } from '#services/access-report/make.ts'
import type { AccessReport } from '#services/access-report/report.ts'
import { loadConfig, type Environment } from '#platform/process/config.ts'
import { findForReport } from '#services/access-report/material.ts'
import { connect, type Db } from '#platform/database/connect.ts'
import { tenantIds } from '#services/housekeeping/housekeeping.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { CommandError } from './command.ts'
import { keysOfApi } from './key-file.ts'

/** The person who is meant, and the request that is answered. */
export type ReportRequest = { readonly slug: string; readonly login: string; readonly reference: string }

const Arguments = z.tuple([
  z.string().min(1).max(31),
  z.string().min(1).max(200),
  z.string().regex(referencePattern),
])

/** @throws CommandError with the usage */
export const readReportRequest = (args: readonly string[]): ReportRequest => {
  const read = Arguments.safeParse(args)
  if (!read.success)
    throw new CommandError(
      'Say for whom, and which request it answers: access-report <organisation> <login or work address> <reference>.',
    )
  const [slug, login, reference] = read.data
  return { slug, login, reference }
}

/**
 * Makes the report of one person and records that it was made, in one transaction (M8).
 * @throws CommandError where there is no such organisation or person
 */
export const reportFor = async (db: Db, keys: KeyRing, request: ReportRequest): Promise<AccessReport> => {
  for (const tenantId of await tenantIds(db)) {
    const report = await inTenant(db, tenantId, async (tx) => {
      const { isTenant, personId } = await findForReport(tx, request.slug, request.login)
      if (!isTenant) return null
      const made =
        personId === null ? undefined : await makeAccessReport(tx, keys, personId, request.reference)
      if (personId === null || made === undefined)
        throw new CommandError('Nobody in this organisation has that login or work address.')
      await recordEvents(tx, { kind: 'system', id: 'operator' }, null, [
        {
          type: 'access_report.made',
          object: { kind: 'person', id: personId },
          payload: { reference: request.reference, verifications: made.verifications.length },
        },
      ])
      return made
    })
    if (report !== null) return report
  }
  throw new CommandError('There is no organisation with that short name.')
}

/** The command: the report as JSON. Runs with the environment of the API. */
export const accessReport = async (args: readonly string[], env: Environment): Promise<string> => {
  const request = readReportRequest(args)
  const { database } = loadConfig('migrator', env)
  const keys = keysOfApi(env)
  const db = connect({
    url: database.url,
    max: 1,
    applicationName: 'countersign-cli',
    statementTimeoutMs: 60_000,
  })
  try {
    return JSON.stringify(await reportFor(db, keys, request), null, 2)
  } finally {
    await db.close()
  }
}
