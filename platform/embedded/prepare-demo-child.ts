/**
 * `node prepare-demo-child.ts`: brings the database to its newest form and fills it with the demo organisations, then prints
 * who can sign in as one line of JSON. A process of its own, so that its memory is gone when the stack runs.
 */
import { loadKeys } from '#platform/server/keys.ts'
import { migrate } from '#platform/server/db/migrate.ts'
import { seedDemo } from '#platform/server/db/seeds/demo.ts'

const { DATABASE_URL: url = '', KEY_FILE: keyFile = '', OIDC_ISSUER: staffIssuer = '' } = process.env

await migrate(url)
console.log(JSON.stringify(await seedDemo({ url, keys: loadKeys(keyFile, 'worker'), staffIssuer })))
