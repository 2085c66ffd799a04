import { beforeAll, describe, expect, it, vi } from 'vitest'
import { ruleFor } from '#domain/policy/policy.ts'
import { preparePlan } from '#domain/questions/prepare.ts'
import { cancelImport, tidyImports } from '#services/imports/imports.ts'
import { listen, type Change } from '#platform/database/notify.ts'
import { currentVersion } from '#services/policy/policy-versions.ts'
import { readParticipantFacts } from '#services/questions/question-facts.ts'
import { readThinCount } from '#services/questions/thin-counts.ts'
import { makePerson, testKeys } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { performImport } from '#services/imports/port.ts'
import { confirm, importing, lookAt, makeOrganisation, ticketFile } from '../testing/source-files.ts'
import { planTools } from '../questions/plan-tools.ts'
import { readTenantFacts } from '../questions/tenant-facts.ts'
import { keepThinCounts } from './count-thin.ts'

const database = useDatabase()
const keys = testKeys()
const { deps, work, check, bring, facts, rowsLeft } = importing(database, keys)
const recently = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10)

/** A verification of this person would ask these questions now. */
const planOf = (tenantId: string, personId: string) =>
  inTenant(database.worker, tenantId, async (tx) => {
    const { policy } = await currentVersion(tx)
    const tools = planTools(deps(), tenantId)
    const known = await readParticipantFacts(tx, personId)
    if (known === undefined) throw new Error('no such person')
    return preparePlan(
      {
        verificationId: 'v',
        purpose: 'password_reset',
        facts: known,
        tenant: await readTenantFacts(deps(), tx),
        settings: policy.questions,
        rule: ruleFor(policy, 'password_reset', 'standard'),
        askedBefore: [],
        disclosures: [],
        isLimitReached: false,
        hasSecondContact: false,
        now: Date.now(),
      },
      tools,
    )
  })

describe('an import of tickets', () => {
  let tenantId: string
  let people: Awaited<ReturnType<typeof makeOrganisation>>['people']
  let logins: string[]
  beforeAll(async () => {
    ;({ tenantId, people } = await makeOrganisation(database, 120))
    logins = people.map(({ login }) => login)
  })

  it('makes thin people askable: before, in the preview, and for the verification itself', async () => {
    const personId = people[0]?.id ?? ''
    expect(await planOf(tenantId, personId)).toMatchObject({ route: 'none', reason: 'too_few_instances' })
    expect(await keepThinCounts(deps(), tenantId)).toBe(120)
    // Nobody asked, nothing changed: the old count is valid.
    expect(await keepThinCounts(deps(), tenantId)).toBe(0)
    const before = await inTenant(database.api, tenantId, readThinCount)
    expect(before.counts).toMatchObject({ people: 120, askable: 0, thin: { no_source: 120 } })

    const checked = await check(tenantId, ticketFile(logins, recently))
    expect(checked.figures).toMatchObject({
      rows: 120,
      added: 120,
      changed: 0,
      same: 0,
      gone: 0,
      people: 120,
      thin: { before: { askable: 0, thin: { no_source: 120 } }, after: { askable: 120 } },
    })
    // Looking changes nothing.
    expect(await facts(tenantId)).toEqual([])
    expect(await confirm(database, tenantId, checked.id)).toBe(true)
    expect(await work(tenantId)).toBe(1)
    expect((await lookAt(database, tenantId, checked.id)).state).toBe('imported')

    const plan = await planOf(tenantId, personId)
    expect(plan.route === 'questions' && plan.questions.map(({ family }) => family)).toContain(
      'ticket_category',
    )
    const told: Change[] = []
    const listener = await listen(database.api, { onChange: (change) => told.push(change) })
    expect(await keepThinCounts(deps(), tenantId)).toBe(120)
    // An admin who has the page open sees the new count without asking for it.
    await vi.waitFor(() => expect(told).toContainEqual({ channel: 'settings', tenantId, id: tenantId }))
    await listener.stop()
    const after = await inTenant(database.api, tenantId, readThinCount)
    expect(after).toMatchObject({
      isWanted: false,
      counts: { askable: 120, families: { ticket_category: 120 } },
    })
    expect(await keepThinCounts(deps(), tenantId)).toBe(0)
    // Sources grow old by themselves: an hour later the schedule has it counted again.
    await database.owner.run(
      `update thin_counts set counted_at = counted_at - interval '61 minutes', wanted_at = null where tenant_id = $1`,
      [tenantId],
    )
    expect(await keepThinCounts(deps(), tenantId)).toBe(0)
    expect(await keepThinCounts(deps(), tenantId, 60)).toBe(120)
    expect(await keepThinCounts(deps(), tenantId, 60)).toBe(0)
  })

  it('leaves neither file nor rows behind, and one event without anything personal', async () => {
    const row = await database.owner.one<{ payload: object; n: number }>(
      `select payload, count(*) over () as n from audit where tenant_id = $1 and type = 'source.imported'`,
      [tenantId],
    )
    const id = (row?.payload as { importId: string }).importId
    expect(row?.payload).toEqual({
      importId: id,
      kind: 'tickets',
      mode: 'replace',
      sha256: '07'.repeat(32),
      rows: 120,
      added: 120,
      changed: 0,
      same: 0,
      gone: 0,
      unknown: 0,
    })
    expect([row?.n, await rowsLeft(id)]).toEqual([1, 0])
  })

  it('changes nothing when it comes again, but for when the source was read', async () => {
    const before = await facts(tenantId)
    const again = await bring(tenantId, ticketFile(logins, recently))
    expect(again.figures).toMatchObject({ rows: 120, added: 0, changed: 0, same: 120, gone: 0 })
    const after = await facts(tenantId)
    expect(after.map(({ id, value }) => [id, value])).toEqual(before.map(({ id, value }) => [id, value]))
    for (const [index, { readAt, importId }] of after.entries()) {
      expect(readAt.getTime()).toBeGreaterThan(before[index]?.readAt.getTime() ?? 0)
      expect(importId).toBe(again.id)
    }
  })

  it('adds and updates, or replaces', async () => {
    const [first = '', second = ''] = logins
    const one = `person,ticket_id,category,opened\n${first},T-${first},Mailbox,${recently}\n${second},new,Screens,${recently}`
    const merged = await bring(tenantId, one, { mode: 'merge' })
    expect(merged.figures).toMatchObject({ rows: 2, added: 1, changed: 1, same: 0, gone: 0, known: 120 })
    expect(await facts(tenantId)).toHaveLength(121)
    const replaced = await bring(tenantId, one)
    expect(replaced.figures).toMatchObject({ rows: 2, same: 2, gone: 119 })
    expect((await facts(tenantId)).map(({ value }) => JSON.parse(value) as unknown)).toEqual([
      { id: `T-${first}`, category: 'Mailbox' },
      { id: 'new', category: 'Screens' },
    ])
  })
})

describe('what is asked for before much goes', () => {
  it('is a second yes; without it nothing is done, also when the facts changed since the preview', async () => {
    const { tenantId, people } = await makeOrganisation(database, 24)
    const logins = people.map(({ login }) => login)
    const few = await check(tenantId, ticketFile(logins.slice(0, 2), recently))
    await bring(tenantId, ticketFile(logins, recently))
    // Previewed when there was nothing to lose, confirmed without a word about losing anything.
    expect(few.figures?.gone).toBe(0)
    expect(await confirm(database, tenantId, few.id)).toBe(true)
    await work(tenantId)
    const ended = await lookAt(database, tenantId, few.id)
    expect([ended.state, ended.figures?.gone]).toEqual(['refused', 22])
    expect(await facts(tenantId)).toHaveLength(24)
    expect(await rowsLeft(few.id)).toBe(0)
  })
})

describe('all or nothing', () => {
  it('one faulty row keeps the whole file out', async () => {
    const { tenantId, people } = await makeOrganisation(database, 12)
    const logins = people.map(({ login }) => login)
    const refused = await check(
      tenantId,
      `${ticketFile(logins, recently)}\n${logins[0] ?? ''},x,,${recently}`,
    )
    expect(refused).toMatchObject({ state: 'refused', figures: { rows: 13, faults: 1 } })
    expect(await confirm(database, tenantId, refused.id)).toBe(false)
    expect([await facts(tenantId), await rowsLeft(refused.id)]).toEqual([[], 0])
  })

  it('rows that contradict each other are faults on the later line; the same row twice is one', async () => {
    const { tenantId, people } = await makeOrganisation(database, 3)
    const [one, two] = people
    const head = 'person,ticket_id,category,opened\n'
    // The same person by login and by e-mail.
    const lines = [`${one?.login},t1,Printing,${recently}`, `${one?.work_email},t1,Mailbox,${recently}`]
    const refused = await check(tenantId, head + lines.join('\n'))
    expect(refused).toMatchObject({ state: 'refused', figures: { faults: 1 } })
    const problems = await database.owner.one<{ problems: unknown }>(
      'select problems from imports where id = $1',
      [refused.id],
    )
    expect(problems?.problems).toEqual([{ line: 3, column: null, code: 'conflicting_rows' }])
    const twice = [
      lines[0],
      `${one?.work_email},t1,Printing,${recently}`,
      `${two?.login},t1,Printing,${recently}`,
    ]
    expect((await check(tenantId, head + twice.join('\n'))).figures).toMatchObject({
      rows: 3,
      added: 2,
      repeated: 1,
    })
  })

  it('unknown people are left out, or stop it where that is wished', async () => {
    const { tenantId, people } = await makeOrganisation(database, 3)
    await makePerson(database.owner, tenantId, { login: 'gone', account_state: 'deleted' })
    const content = ticketFile([people[0]?.login ?? '', 'nobody', 'gone'], recently)
    expect(await check(tenantId, content)).toMatchObject({
      state: 'checked',
      figures: { unknown: 2, added: 1 },
    })
    expect(await check(tenantId, content, { isStrict: true })).toMatchObject({ state: 'refused' })
    expect(await facts(tenantId)).toEqual([])
  })

  it('two workers that do the same import do it once, and the second takes nothing away', async () => {
    const { tenantId, people } = await makeOrganisation(database, 12)
    const content = ticketFile(
      people.map(({ login }) => login),
      recently,
    )
    const checked = await check(tenantId, content)
    await confirm(database, tenantId, checked.id, true)
    const row = await lookAt(database, tenantId, checked.id)
    const done = await Promise.all([1, 2, 3].map(() => performImport(database.worker, tenantId, row)))
    expect([...done].sort()).toEqual(['imported', 'over', 'over'])
    expect(await facts(tenantId)).toHaveLength(12)
  })

  it('a worker that dies in the middle of it leaves nothing half-done, and the next one does it', async () => {
    const { tenantId, people } = await makeOrganisation(database, 12)
    const content = ticketFile(
      people.map(({ login }) => login),
      recently,
    )
    const checked = await check(tenantId, content)
    expect(await confirm(database, tenantId, checked.id)).toBe(true)
    await database.owner
      .run(`create or replace function die_importing() returns trigger language plpgsql as $$
      begin if new.state = 'imported' then raise exception 'the worker dies here'; end if; return new; end $$`)
    await database.owner.run(
      'create trigger dies before update on imports for each row execute function die_importing()',
    )
    await expect(work(tenantId)).rejects.toThrow('dies here')
    expect(await facts(tenantId)).toEqual([])
    await database.owner.run('drop trigger dies on imports')
    expect(await work(tenantId)).toBe(1)
    expect(await facts(tenantId)).toHaveLength(12)
  })

  it('what was cancelled, or nobody confirmed in time, is thrown away', async () => {
    const { tenantId, people } = await makeOrganisation(database, 2)
    const content = ticketFile([people[0]?.login ?? ''], recently)
    const [one, two] = [await check(tenantId, content), await check(tenantId, content)]
    expect(await inTenant(database.api, tenantId, (tx) => cancelImport(tx, one.id))).toBe(true)
    await database.owner.run(`update imports set expires_at = now() - interval '1 second' where id = $1`, [
      two.id,
    ])
    expect((await lookAt(database, tenantId, two.id)).state).toBe('expired')
    expect(await confirm(database, tenantId, two.id)).toBe(false)
    expect(await inTenant(database.worker, tenantId, tidyImports)).toBe(1)
    expect([await rowsLeft(one.id), await rowsLeft(two.id)]).toEqual([0, 0])
  })
})
