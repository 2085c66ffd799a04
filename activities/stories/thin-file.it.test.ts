import { beforeAll, describe, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { openPlan } from '#platform/crypto/case-inputs.ts'
import { readContacts } from '#services/people/contacts.ts'
import { northwind } from '#dev/seeds/charts.ts'
import { writeOrganisation } from '#dev/seeds/organisation.ts'
import { tenantIdOf } from '#dev/seeds/people.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { TestCase } from '../testing/case.ts'
import { openIn } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const world = useTestWorld()
const tenantId = tenantIdOf(northwind)

type Row = TestCase['person']

/** People of the demo whose first weeks are not over: they are not asked anything. */
const newcomers = (): Promise<Row[]> =>
  world.database.owner.query(
    `select p.* from people p where p.tenant_id = $1 and p.account_state = 'active' and p.tier = 'standard'
       and not p.never_via_help_desk and p.hired_on > now() - interval '30 days'
       and not exists (select from verifications v where v.tenant_id = p.tenant_id and v.person_id = p.id and v.state <> 'closed')
     order by p.login`,
    [tenantId],
  )

const staff = async (role: string) =>
  world.database.owner.one<{ id: string }>(
    'select id from staff where tenant_id = $1 and role = $2 limit 1',
    [tenantId, role],
  )

const contactsOf = (person: Row) =>
  inTenant(world.database.worker, tenantId, (tx) => readContacts(tx, world.keys.worker, person.id))

/** Where a contact's messages go. */
const valueOf = async (person: Row, contactId: unknown): Promise<string> =>
  (await contactsOf(person)).find(({ id }) => id === contactId)?.value ?? ''

/** A seeded person as the player knows one; null for those without a mobile and a private address. */
const caseOf = async (person: Row): Promise<TestCase | null> => {
  const contacts = await contactsOf(person)
  const phone = contacts.find(({ kind, label }) => kind === 'phone' && label === 'mobile')
  const email = contacts.find(({ kind, label }) => kind === 'email' && label === 'private')
  if (phone === undefined || email === undefined) return null
  return {
    tenantId,
    person,
    phone: phone.value,
    email: email.value,
    phoneContact: phone,
    emailContact: email,
    agent: await staff('agent'),
    supervisor: await staff('supervisor'),
  } as unknown as TestCase
}

beforeAll(async () => {
  const passwordHash = 'nobody signs in'
  const context = { keys: world.keys.worker, at: new Date(), issuer: 'http://127.0.0.1:20999', passwordHash }
  await inTenant(world.database.ownerDb, tenantId, (tx) => writeOrganisation(tx, northwind, context))
})

describe('challenges 9: a person of the demo with too little data', () => {
  it('is asked nothing and goes another way, which ends in a decision like every other', async () => {
    const found = await Promise.all((await newcomers()).map(caseOf))
    const of = found.find((one) => one !== null)
    if (of == null) throw new Error('the demo has newcomers with a mobile and a private address')
    const play = await openIn(world, of, { policyVersion: defaultPolicy().version })
    expect(await play.typeCode()).toMatchObject({ kind: 'answered', value: { accepted: true } })
    const plan = await play.row('plans')
    expect(plan).toMatchObject({ route: 'second_contact', question_count: 0 })
    expect(
      openPlan(world.keys.api, tenantId, play.ref.verificationId, plan['plan_sealed'] as Buffer),
    ).toMatchObject({ route: 'second_contact', reason: 'short_tenure' })
    const sent = `select contact_id as "contactId" from deliveries
      where verification_id = $1 and kind = 'second_code' and status = 'accepted'`
    await until(async () => (await play.rows(sent)).length > 0)
    const [second] = await play.rows(sent)
    expect(second?.['contactId']).not.toBe(of.phoneContact.id)
    const other = await valueOf(of.person, second?.['contactId'])
    const code = await world.messenger.codeFor(other)
    expect(
      await world.verifications.submitSecondCode(play.ref, await play.portal.typeSecondCode(code)),
    ).toMatchObject({ kind: 'answered', value: { accepted: true } })
    await play.complete()
    expect(await play.rows('select 1 from disclosures where verification_id = $1')).toEqual([])
    const scoring = await play.row('scorings')
    expect(scoring['decision']).toMatchObject({ answer: 'approve', next: 'agent', missingCount: 0 })
    expect(await play.decide()).toMatchObject({ kind: 'answered', value: { outcome: 'passed' } })
  })
})
