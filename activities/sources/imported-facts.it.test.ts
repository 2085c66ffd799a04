import { describe, expect, it } from 'vitest'
import { refreshBuiltin } from '#services/housekeeping/housekeeping.ts'
import { readParticipantFacts } from '#services/questions/question-facts.ts'
import { testKeys } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { importing, makeOrganisation, subjects, ticketFile } from '../testing/source-files.ts'

type Person = Awaited<ReturnType<typeof makeOrganisation>>['people'][number]

const database = useDatabase()
const { bring, facts } = importing(database, testKeys())
const recently = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10)

describe('imported facts', () => {
  it('are read by the families exactly as the others are, kind by kind', async () => {
    const { tenantId, people } = await makeOrganisation(database, 4)
    const [one, boss] = people as [Person, Person]
    await database.owner.run('update people set manager_id = $2 where id = $1', [one.id, boss.id])
    const monday = '2026-11-16'
    const files = {
      managers: `person,manager,since\n${one.login},${boss.login},2020-05-04`,
      offices: `person,office,country\n${one.login},"Mill House, London",GB`,
      start_dates: `person,start_date,by_merger\n${one.login},2019-03-04,no`,
      groups: `person,group_id,name,kind,last_active\n${one.login},g1,Choir Practice,list,${recently}`,
      weekly_meetings: `person,meeting_id,weekday,hour,attendees\n${one.login},w1,2,10,6`,
      meetings: `person,meeting_id,organiser,held,attendees,accepted\n${one.login},m1,${boss.login},${recently},5,yes`,
      busy_days: `person,week_of,weekdays\n${one.login},${monday},1 2 3 5`,
      sign_ins: `person,password_changed,second_step_changed\n${one.login},2026-08-01,`,
      networks: `person,network,country,sign_ins,last_seen\n${one.login},AS2856,GB,12,${recently}`,
      devices: `person,device_id,kind,model,asset_tag,last_seen\n${one.login},d9,desktop,Norda Slate 13,NB-77777,${recently}`,
      tickets: `person,ticket_id,category,opened\n${one.login},t1,Printing,${recently}`,
    } as const
    for (const [kind, content] of Object.entries(files))
      expect((await bring(tenantId, content, { kind: kind as keyof typeof files })).state).toBe('imported')
    const read = await inTenant(database.worker, tenantId, (tx) => readParticipantFacts(tx, one.id))
    const at = (day: string) => Date.parse(day)
    expect(read).toMatchObject({
      directory: {
        manager: { id: boss.id, since: at('2020-05-04') },
        office: { name: 'Mill House, London', country: 'GB' },
      },
      hr: { startYear: 2019, startMonth: 3, isByMerger: false },
      groups: { groups: [{ id: 'g1', name: 'Choir Practice', kind: 'list', activeAt: at(recently) }] },
      calendar: {
        weekly: [{ id: 'w1', weekday: 2, hour: 10, attendees: 6 }],
        joined: [{ id: 'm1', organiserId: boss.id, isAccepted: true, isCancelled: false, attendees: 5 }],
        week: { startsAt: at(monday), busy: [1, 2, 3, 5] },
      },
      signIn: { passwordChangedAt: at('2026-08-01'), secondStepChangedAt: null },
      inventory: { devices: [{ id: 'd9', kind: 'desktop', model: 'Norda Slate 13', assetTag: 'NB-77777' }] },
      tickets: { last: { id: 't1', category: 'Printing', openedAt: at(recently) } },
    })
  })

  it('grow old with their file, in the demo too, and what a later file no longer says is no longer true', async () => {
    const { tenantId, people } = await makeOrganisation(database, 2)
    const [one] = people as [Person]
    const group = (id: string) =>
      `person,group_id,name,kind,last_active\n${one.login},${id},Choir ${id},list,${recently}`
    await bring(tenantId, group('g1'), { kind: 'groups' })
    await database.owner.run(
      `update facts set read_at = now() - interval '30 hours' where tenant_id = $1 and family = 'group'`,
      [tenantId],
    )
    await inTenant(database.worker, tenantId, refreshBuiltin)
    const [old] = await facts(tenantId, 'group')
    expect(Date.now() - (old?.readAt.getTime() ?? 0)).toBeGreaterThan(29 * 3_600_000)
    await bring(tenantId, group('g2'), { kind: 'groups', mode: 'merge' })
    const read = await inTenant(database.worker, tenantId, (tx) => readParticipantFacts(tx, one.id))
    expect(read?.groups?.groups.map(({ id }) => id)).toEqual(['g2'])
  })

  it('K5: hold a formula as the text it is', async () => {
    const { tenantId, people } = await makeOrganisation(database, 1)
    const [{ login }] = people as [Person]
    const formula = '=HYPERLINK("https://example.org","click")'
    await bring(
      tenantId,
      JSON.stringify([{ person: login, ticket_id: 't', category: formula, opened: recently }]),
      { format: 'json' },
    )
    const [fact] = await facts(tenantId)
    expect(JSON.parse(fact?.value ?? '')).toEqual({ id: 't', category: formula })
  })

  it('of former computers and managers are kept as what was', async () => {
    const { tenantId, people } = await makeOrganisation(database, 1)
    const [{ login }] = people as [Person]
    const file = `person,device_id,kind,model,last_seen\n${login},new,laptop,Norda Slate 15,${recently}`
    await bring(tenantId, file, { kind: 'devices' })
    const past = await database.owner.query(
      `select value from facts where tenant_id = $1 and family = 'device' and valid_to is not null`,
      [tenantId],
    )
    expect(past).toHaveLength(1)
    await bring(tenantId, ticketFile([login], recently))
    await bring(tenantId, ticketFile([login], recently, 1))
    const tickets = await database.owner.query(
      `select value from facts where tenant_id = $1 and family = 'ticket'`,
      [tenantId],
    )
    expect(tickets).toEqual([{ value: JSON.stringify({ id: `T-${login}`, category: subjects[1] }) }])
  })
})
