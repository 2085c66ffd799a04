/**
 * `node open-demo-cases-child.ts INBOX`: starts those of the demo's open verifications that are missing as real workflows,
 * with the API's own environment, and plays others until staff have to act, where the demo's own inbox is the address given.
 * A process of its own, so that the stack does not load Temporal's client.
 */
import { randomUUID } from 'node:crypto'
import { loadConfig } from '#platform/process/config.ts'
import { connect, type Db } from '#platform/database/connect.ts'
import { readContact } from '#services/people/contacts.ts'
import { readPerson } from '#services/people/people.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { openCases, type OpenCase, playedCases, wasOpened } from '../../seeds/open-cases.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { knowLocalhostNames } from '#platform/process/localhost-names.ts'
import { loadKeys, type KeyRing } from '#platform/crypto/keys.ts'
import { createVerifications, type Verifications } from '#platform/temporal/temporal.ts'
import { playDemoCase } from './play-demo-case.ts'

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
const verifications = await createVerifications({ ...config.temporal, keys })
for (const one of openCases()) await openOne({ db, keys, verifications }, one)
await verifications.close()

const [inbox] = process.argv.slice(2)
const unplayed = []
for (const one of inbox === undefined ? [] : playedCases())
  if (!(await inTenant(db, one.tenantId, (tx) => wasOpened(tx, one)))) unplayed.push(one)
await db.close()
if (inbox !== undefined && unplayed.length > 0) {
  knowLocalhostNames()
  const at = { console: new URL(config.consoleUrl), portal: new URL(config.portalUrl), inbox: new URL(inbox) }
  // One after the other: the developer who has just started the stack looks at its pages meanwhile.
  for (const one of unplayed)
    await playDemoCase(at, one).catch((error: unknown) => {
      console.error(`${one.ticket}: ${error instanceof Error ? error.message : String(error)}`)
      process.exitCode = 1
    })
}
