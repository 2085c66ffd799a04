import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { TenantFacts } from '#domain/questions/facts.ts'
import { insertRow, makeTenant } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { useDeps } from '../testing/use-deps.ts'
import { countAhead, readTenantFacts } from './tenant-facts.ts'

const { database, deps, makeCaseOf, show, addTicket } = useDeps()

const ask = (tenantId: string, category: string): Promise<void> =>
  addTicket(tenantId, category, new Date(Date.now() - 20 * 86_400_000))

/** An organisation in which three people last asked about something else each. */
const makeOrganisation = async (isAsking: boolean) => {
  const { id } = await makeTenant(database.owner)
  for (const category of ['Printing', 'Wireless', 'Mailbox']) await ask(id, category)
  if (isAsking) await show(await makeCaseOf(id), 'ticket_category')
  return id
}

const read = (tenantId: string) => inTenant(database.worker, tenantId, (tx) => readTenantFacts(deps(), tx))
const distinct = async (tenantId: string) => (await read(tenantId)).spreadOf('ticket_category').distinct

describe('facts of a tenant', () => {
  it('are counted ahead where questions are asked, and the next plan finds them', async () => {
    const id = await makeOrganisation(true)
    expect(await countAhead(deps(), id)).toBe(1)
    expect(await countAhead(deps(), id)).toBe(0)
    // A row more, which the count that is ready does not know.
    await ask(id, 'Screens')
    expect(await distinct(id)).toBe(3)
  })

  it('are left alone where nobody is asked anything; the first plan counts them', async () => {
    const id = await makeOrganisation(false)
    expect(await countAhead(deps(), id)).toBe(0)
    expect(await distinct(id)).toBe(3)
  })

  it('are counted once for two plans at the same moment', async () => {
    const id = await makeOrganisation(false)
    const [first, second] = await Promise.all([read(id), read(id)])
    expect(second).toBe(first)
  })

  it('are counted again only where a row changed: a fact or a person; a retired list is none', async () => {
    const id = await makeOrganisation(true)
    const again = () => countAhead(deps(), id, 0)
    const { owner } = database
    expect([await again(), await again()]).toEqual([1, 0])
    await ask(id, 'Screens')
    expect([await again(), await again(), await distinct(id)]).toEqual([1, 0, 4])
    await owner.run(`update people set department = 'Sales' where tenant_id = $1`, [id])
    expect([await again(), await again()]).toEqual([1, 0])
    await insertRow(owner, 'question_blocks', {
      tenant_id: id,
      id: `list-of-${id}`,
      family: 'ticket_category',
      epoch: '2026-Q4',
      values_sealed: Buffer.from('sealed'),
      retired_at: new Date(),
    })
    expect(await again()).toBe(0)
    await owner.run(`update facts set valid_to = now() where tenant_id = $1 and value like '%Screens%'`, [id])
    expect([await again(), await distinct(id)]).toEqual([1, 3])
  })

  it('are no longer counted ahead where nobody was asked for two weeks', async () => {
    const id = await makeOrganisation(true)
    expect(await countAhead(deps(), id)).toBe(1)
    await database.owner.run(
      `update disclosures set shown_at = shown_at - interval '15 days' where tenant_id = $1`,
      [id],
    )
    await ask(id, 'Screens')
    expect(await countAhead(deps(), id, 0)).toBe(0)
    expect(await distinct(id)).toBe(4)
  })

  it('serve as they are while they are being counted again', async () => {
    const id = await makeOrganisation(true)
    await countAhead(deps(), id)
    const before = await read(id)
    await ask(id, 'Screens')
    const counting = countAhead(deps(), id, 0)
    expect(await read(id)).toBe(before)
    expect(await counting).toBe(1)
    expect(await read(id)).not.toBe(before)
  })

  it('are counted by the next one where a count broke off', async () => {
    const id = await makeOrganisation(false)
    let next: Promise<TenantFacts> | undefined
    const breakOff = async (): Promise<never> => {
      next ??= read(id)
      // Long enough for the next one to find this count under way.
      await setTimeout(200)
      throw new Error('the worker ends')
    }
    const broken = inTenant(database.worker, id, (tx) => readTenantFacts(deps(), { ...tx, query: breakOff }))
    await expect(broken).rejects.toThrow('the worker ends')
    expect((await next)?.spreadOf('ticket_category').distinct).toBe(3)
  })
})
