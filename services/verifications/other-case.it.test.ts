import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { insertRow, makePerson, makeTenant, makeVerification } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { readOtherCase } from './verifications.ts'

const database = useDatabase()

/** The same transaction, one statement after the other; `between` runs once the first is answered. */
const interrupted = (tx: Tx, between: () => Promise<unknown>): Tx => {
  let turn: Promise<unknown> = Promise.resolve()
  let isFirst = true
  return {
    ...tx,
    one: <Row extends object>(sql: string, params?: readonly unknown[], name?: string) => {
      const asked = turn.then(() => tx.one<Row>(sql, params, name))
      turn = isFirst ? asked.then(between) : asked
      isFirst = false
      return asked
    },
  }
}

it('B3: a start that is recorded between the two questions is seen, and one’s own is not', async () => {
  const tenant = await makeTenant(database.owner)
  const person = await makePerson(database.owner, tenant.id)
  const id = randomUUID()
  await insertRow(database.owner, 'staff_counters', {
    ...{ tenant_id: tenant.id, staff_id: randomUUID(), kind: 'start', subject: `${person.id}/${id}` },
  })
  const contact = { tenant_id: tenant.id, person_id: person.id, id: randomUUID() }
  const record = () => makeVerification(database.owner, contact, { id, state: 'link_sent' })
  const read = (ownId: string, between: () => Promise<unknown> = () => Promise.resolve()) =>
    inTenant(database.api, tenant.id, (tx) => readOtherCase(interrupted(tx, between), person.id, ownId))
  expect(await read(randomUUID())).toEqual({ open: null, isUnderWay: true })
  const raced = await read(randomUUID(), record)
  expect(raced.isUnderWay || raced.open !== null).toBe(true)
  expect(await read(randomUUID())).toMatchObject({ open: { id }, isUnderWay: false })
  expect(await read(id)).toEqual({ open: null, isUnderWay: false })
})
