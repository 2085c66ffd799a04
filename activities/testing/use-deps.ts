import { addDisclosure } from '#services/questions/blocks.ts'
import type { QuestionFamily } from '#domain/questions/plan.ts'
import {
  insertRow,
  makeContact,
  makePerson,
  makeVerification,
  testKeys,
  type Row,
} from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { createFakeMessenger } from './fakes.ts'
import { testWorldDeps } from './test-world-deps.ts'

/** A database, and what activities are made of over it, for tests without Temporal. Call at the top level. */
export const useDeps = () => {
  const database = useDatabase()
  const keys = testKeys()
  return {
    database,
    keys,
    deps: () => testWorldDeps(database.worker, keys.worker, createFakeMessenger()),
    /** A case of the given person, or of a new one. */
    makeCaseOf: async (
      tenantId: string,
      row: Row = {},
      person?: { readonly tenant_id: string; readonly id: string },
    ) => {
      const who = person ?? (await makePerson(database.owner, tenantId))
      return makeVerification(database.owner, await makeContact(database.owner, keys.worker, who), row)
    },
    /** A new person who asked the desk about something. */
    addTicket: async (tenantId: string, category: string, at: Date): Promise<void> => {
      const person = await makePerson(database.owner, tenantId)
      await insertRow(database.owner, 'facts', {
        tenant_id: tenantId,
        person_id: person.id,
        family: 'ticket',
        source: 'tickets',
        value: JSON.stringify({ id: person.id, category }),
        valid_from: at,
      })
    },
    /** A question of a case, as the API writes down that it was shown; `blockId`: the list it offered, null for none. */
    show: (of: { tenant_id: string; id: string }, family: QuestionFamily, blockId: string | null = 'list') =>
      inTenant(database.api, of.tenant_id, (tx) =>
        addDisclosure(tx, {
          verificationId: of.id,
          family,
          factDigest: 'ab',
          list: blockId === null ? null : { blockId, epoch: '2026-Q4', values: 5, valueDigest: 'cd' },
        }),
      ),
  }
}
