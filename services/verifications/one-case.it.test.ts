/** Statements about one case, in a database that has no statistics yet: they begin with the case and not with everybody. */
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { readCandidates } from '../approvals/approver-candidates.ts'
import { addDisclosure } from '../questions/blocks.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { readRiskRows } from '../risk/risk-rows.ts'
import { readScreenHashes } from './screen-hash.ts'
import { insertRow, makePerson, makeTenant, makeVerification } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'

const database = useDatabase()
const people = 60
const of = { tenantId: '', verificationId: '' }

beforeAll(async () => {
  of.tenantId = (await makeTenant(database.owner)).id
  const { version, ...document } = defaultPolicy()
  const policy = { tenant_id: of.tenantId, version, document: JSON.stringify(document), saved_by: 'test' }
  await insertRow(database.owner, 'policies', policy)
  for (let made = 0; made < people; made += 1) await makePerson(database.owner, of.tenantId)
  const person = await makePerson(database.owner, of.tenantId)
  const contact = { tenant_id: of.tenantId, person_id: person.id, id: randomUUID() }
  of.verificationId = (await makeVerification(database.owner, contact)).id
})

/** The number of times that this transaction has looked into a month of cases so far. */
const looks = async (tx: Tx): Promise<number> => {
  const row = await tx.one<{ n: number }>(
    `select sum(seq_scan + idx_scan)::integer as n from pg_stat_xact_user_tables where relname like 'verifications\\_%'`,
  )
  return row?.n ?? 0
}

/** The portal itself asks for this; everything else is the worker's. */
const asked = 'what was disclosed in it'

const statements: Readonly<Record<string, (tx: Tx) => Promise<unknown>>> = {
  'what is recorded of it': (tx) =>
    recordEvents(tx, { kind: 'participant', id: randomUUID() }, of.verificationId, [
      {
        type: 'code.tried',
        object: { kind: 'verification', id: of.verificationId },
        payload: { accepted: false, tries: 1, ordinal: 1 },
      },
    ]),
  [asked]: (tx) =>
    addDisclosure(tx, {
      verificationId: of.verificationId,
      family: 'manager',
      factDigest: randomUUID().replaceAll('-', ''),
      list: null,
    }),
  'what a decider is shown of it': (tx) => readScreenHashes(tx, of.verificationId),
  'what its score is made of': (tx) => readRiskRows(tx, of.verificationId),
  'who may vouch in it': (tx) => readCandidates(tx, of.verificationId),
}

describe('a statement about one case', () => {
  it.each(Object.keys(statements))('%s looks for the case once, not once for each person', async (name) => {
    const made = await inTenant(name === asked ? database.api : database.worker, of.tenantId, async (tx) => {
      // A prepared statement gets its lasting plan with the sixth time.
      for (let time = 0; time < 6; time += 1) await statements[name]?.(tx)
      const before = await looks(tx)
      await statements[name]?.(tx)
      return (await looks(tx)) - before
    })
    expect(made).toBeGreaterThan(0)
    expect(made).toBeLessThan(people)
  })
})
