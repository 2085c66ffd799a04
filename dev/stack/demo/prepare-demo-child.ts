/**
 * `node prepare-demo-child.ts`: brings the database to its newest form and fills it with the demo organisations, then prints
 * who can sign in as one line of JSON. A process of its own, so that its memory is gone when the stack runs.
 * Where another version wrote the database, or the database refuses a step, it says so in one sentence and ends with
 * `ANOTHER_VERSION` or `STEP_FAILED`.
 */
import { loadKeys } from '#platform/crypto/keys.ts'
import { migrate } from '#platform/database/migrate.ts'
import { MigrationError } from '#platform/database/migration-checksums.ts'
import { StepError } from '#platform/database/migration-failure.ts'
import { seedDemo } from '../../seeds/demo.ts'
import { ANOTHER_VERSION, STEP_FAILED } from './demo.ts'

const { DATABASE_URL: url = '', KEY_FILE: keyFile = '', OIDC_ISSUER: staffIssuer = '' } = process.env

try {
  await migrate(url)
  console.log(JSON.stringify(await seedDemo({ url, keys: loadKeys(keyFile, 'worker'), staffIssuer })))
} catch (error) {
  if (!(error instanceof MigrationError || error instanceof StepError)) throw error
  console.error(error.message)
  process.exitCode = error instanceof StepError ? STEP_FAILED : ANOTHER_VERSION
}
