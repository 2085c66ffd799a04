/**
 * The schema of this build is known by these checksums. A build holds the values themselves
 * (platform/tools/build/constants.ts).
 */
import { createHash } from 'node:crypto'
import { privilegeStatements } from '../privileges/privileges.ts'
import { functions, migrations } from './index.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Name of a step → SHA-256 of its SQL, in hex. White space counts. */
export const stepChecksums: Readonly<Record<string, string>> = Object.fromEntries(
  migrations.map(({ name, sql }) => [name, sha256(sql)]),
)

/** SHA-256 of what every run writes anew: functions and privileges. */
export const repeatedChecksum: string = sha256(functions + privilegeStatements())
