/**
 * `node open-demo-cases-child.ts`: starts those of the demo's open verifications that are missing as real workflows, with
 * the API's own environment. A process of its own, so that the stack does not load Temporal's client.
 */
import { randomUUID } from 'node:crypto'
import { loadConfig } from '#platform/server/config.ts'
import { connect, type Db } from '#platform/server/db/connect.ts'
import { readContact, readPerson } from '#platform/server/db/contacts-read.ts'
import { currentPolicy } from '#platform/server/db/policies.ts'
import { openCases, type OpenCase, wasOpened } from '#platform/server/db/seeds/open-cases.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { loadKeys, type KeyRing } from '#platform/server/keys.ts'
import { createVerifications, type Verifications } from '#platform/server/temporal.ts'

const openOne = async (
  { db, keys, verifications }: { db: Db; keys: KeyRing; verifications: Verifications },
  one: OpenCase,
): Promise<void> => {
  const { tenantId, personId, purpose, channel, contactId, ticket } = one
  const read = await inTenant(db, tenantId, async (tx) => ({
    policy: await currentPolicy(tx),
    person: await readPerson(tx, personId),
    contact: await readContact(tx, keys, contactId),
    isThere: await wasOpened(tx, one),
  }))
  if (read.contact === undefined || read.isThere) return
  const { lifetimes, version } = read.policy
  const verificationId = randomUUID()
  await verifications.open(
    {
      ...{ tenantId, verificationId, purpose, personId, channel, contactId, ticket },
      tier: read.person.tier,
      policyVersion: version,
      referrer: { kind: 'agent', id: one.staffId },
      contactMasked: read.contact.masked,
      lifetimes: {
        linkSeconds: lifetimes.emailLink,
        codeSeconds: lifetimes.matchCode,
        verificationSeconds: lifetimes.verification,
        grantSeconds: lifetimes.grant,
      },
    },
    { requestId: verificationId },
  )
}

const config = loadConfig('api', process.env)
const keys = loadKeys(process.env['KEY_FILE'] ?? '', 'api')
const db = connect({
  url: config.database.url,
  max: 1,
  applicationName: 'countersign-demo',
  statementTimeoutMs: 8_000,
})
const verifications = await createVerifications({ ...config.temporal, codecKeys: keys.codec })
for (const one of openCases()) await openOne({ db, keys, verifications }, one)
await verifications.close()
await db.close()
