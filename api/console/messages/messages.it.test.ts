import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ownTextOf } from '#services/sending/message-texts.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { write } from '#services/messages/write.ts'
import { addPerson, addTenant, callConsole, signIn, type SignedIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const { api, admin, second, supervisor } = useDesk({
  admin: 'admin',
  second: 'admin',
  supervisor: 'supervisor',
})

const call = (who: SignedIn, path: string, body?: unknown) =>
  callConsole(api, who, `/api/console/messages${path}`, {
    ...(body === undefined ? {} : { body, key: randomUUID() }),
  })
const link = { kind: 'link', channel: 'sms', language: 'en' } as const
const text = '{organisation}: within {minutes} min: {link} {warning}'
const propose = (messageText: unknown, who = admin, of: object = link) =>
  call(who, '', { ...of, messageText, reason: 'shorter' })
const decide = (id: string, decision: string, who: SignedIn) =>
  call(who, `/texts/${id}`, { decision, reason: 'as agreed' })
const templateOf = async (who: SignedIn, of: object = link) =>
  (await call(who, '')).json.templates.find((one: object) =>
    Object.entries(of).every(([key, value]) => one[key as never] === value),
  )
const values = { link: 'https://x.example/v#t', code: null, minutes: 5 }
const readBy = (language: string) => ({
  reader: { language, country: null, timeZone: null },
  of: null,
  at: new Date(),
})
const goesOut = async (language: string) => {
  const { content, textId } = await inTenant(api.db, admin.tenantId, (tx) =>
    write(tx, { kind: 'link', channel: 'sms', ...readBy(language), values }),
  )
  return { text: content.text, textId }
}
const events = () =>
  api.owner.query<{ type: string }>(
    `select type from audit where tenant_id = $1 and type like 'message_text.%' order by seq`,
    [admin.tenantId],
  )

describe('own texts of a message', () => {
  it('T9, D15: go out once a second admin accepted them, and stay in the history with who wrote and who accepted', async () => {
    const standard = await goesOut('en')
    const { status, json } = await propose({ subject: null, text })
    expect([status, json]).toMatchObject([200, { state: 'proposed', messageText: { text }, decidedBy: null }])
    expect(await goesOut('en')).toEqual(standard)
    expect((await decide(json.id, 'accept', admin)).json.code).toBe('second_person_required')
    expect((await decide(json.id, 'accept', second)).json).toMatchObject({ state: 'in_force' })
    expect(await goesOut('en-GB')).toMatchObject({
      text: 'Northwind: within 5 min: https://x.example/v#t Not you? Do nothing, or press No there. We will never ask you to read this link to anyone.',
      textId: json.id,
    })
    expect((await goesOut('de')).textId).toBeNull()
    expect(await templateOf(second)).toMatchObject({
      own: { id: json.id, messageText: { text } },
      proposal: null,
    })

    const reset = await propose(null, second)
    expect(reset.json).toMatchObject({ state: 'in_force', messageText: null })
    expect(await goesOut('en')).toEqual(standard)
    expect((await templateOf(admin)).own).toBeNull()
    const history = (await call(admin, '/history?kind=link&channel=sms&language=en')).json.versions
    expect(history).toMatchObject([
      { messageText: null, state: 'in_force' },
      { messageText: { text }, state: 'replaced', decidedBy: { id: second.staffId } },
    ])
    expect((await events()).map(({ type }) => type)).toEqual([
      'message_text.proposed',
      'message_text.accepted',
      'message_text.reset',
    ])
    const told = await api.owner.query(
      `select kind, count(*)::integer as n from staff_notices where tenant_id = $1 and kind like 'text_%' group by kind order by kind`,
      [admin.tenantId],
    )
    expect(told).toEqual([
      { kind: 'text_accepted', n: 2 },
      { kind: 'text_proposed', n: 2 },
      { kind: 'text_reset', n: 2 },
    ])
  })

  it('B22, K10: nothing that a message cannot do without can be left out, nor anything be added to press', async () => {
    const codes = async (messageText: unknown, of: object = link) =>
      ((await propose(messageText, admin, of)).json.issues ?? []).map(
        ({ path, code }: { path: string; code: string }) => `${path} ${code}`,
      )
    expect(await codes({ subject: null, text: text.replace('{warning}', '') })).toEqual([
      'messageText.text missing',
    ])
    expect(await codes({ subject: null, text: `${text} Call 0800 330 330` })).toEqual([
      'messageText.text number',
    ])
    expect(await codes({ subject: null, text: `${text} evil.example` })).toEqual(['messageText.text address'])
    expect(await codes({ subject: null, text: `${text} {constructor}` })).toEqual(['messageText.text braces'])
    expect(await codes({ subject: null, text: `${text} ${'a'.repeat(200)}` })).toEqual([
      'messageText.text segments',
    ])
    expect(await codes({ subject: 'x', text })).toEqual(['messageText.subject not_here'])
    expect(await codes({ subject: null, text }, { ...link, kind: 'approver_named' })).toEqual([
      'channel not_here',
    ])
    expect(
      await codes({ subject: '{organisation}\nBcc: all@corp.example', text }, { ...link, channel: 'email' }),
    ).toEqual(['messageText.subject letters', 'messageText.subject address'])
    expect(
      await inTenant(api.db, admin.tenantId, (tx) => ownTextOf(tx, { ...link, channel: 'email' })),
    ).toBeNull()
  })

  it('B12: are set aside where they lack what their message needs by now', async () => {
    const of = { kind: 'second_code', channel: 'sms', language: 'en' } as const
    const old = '{organisation}: {code}, {minutes} min. {warning}'
    await api.owner.run(
      `insert into message_texts (tenant_id, id, kind, channel, language, text, reason, proposed_by, proposed_by_name,
         accepted_by, accepted_by_name, accepted_at) values ($1, $2, $3, $4, $5, $6, 'old', $7, 'A', $8, 'B', now())`,
      [admin.tenantId, randomUUID(), of.kind, of.channel, of.language, old, admin.staffId, second.staffId],
    )
    const sent = await inTenant(api.db, admin.tenantId, (tx) =>
      write(tx, {
        kind: of.kind,
        channel: of.channel,
        ...readBy('en'),
        values: { ...values, code: '123456' },
      }),
    )
    expect(sent).toMatchObject({ textId: null, content: { text: expect.stringContaining(values.link) } })
    expect((await templateOf(admin, of)).own).toBeNull()
  })

  it('have one proposal at a time: the same admin’s newer one takes its place, another’s is refused', async () => {
    const of = { ...link, language: 'de' }
    const first = (await propose({ subject: null, text }, admin, of)).json
    const newer = (await propose({ subject: null, text: `${text} Danke.` }, admin, of)).json
    expect((await decide(first.id, 'accept', second)).json.code).toBe('proposal_over')
    expect((await propose({ subject: null, text }, second, of)).json.code).toBe('state_does_not_allow')
    const both = await Promise.all([decide(newer.id, 'accept', second), decide(newer.id, 'decline', second)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('the database holds the second person, too', async () => {
    const of = { ...link, channel: 'email' }
    const messageText = { subject: '{organisation}: hello', text: `${text}` }
    const { id } = (await propose(messageText, admin, of)).json
    await expect(
      api.owner.run('update message_texts set accepted_by = proposed_by, accepted_at = now() where id = $1', [
        id,
      ]),
    ).rejects.toThrow(/check constraint/)
    expect((await decide(id, 'withdraw', admin)).json).toMatchObject({ state: 'withdrawn' })
  })

  it('are of one organisation, read by supervisors and written by admins only', async () => {
    const foreign = await signIn(api, (await addTenant(api)).id, 'admin')
    const messageText = { subject: null, text: '{organisation}: something began. {link} {warning}' }
    const { json } = await propose(messageText, admin, { ...link, kind: 'started' })
    expect(json.state).toBe('proposed')
    expect((await decide(json.id, 'accept', foreign)).status).toBe(404)
    expect((await templateOf(foreign, { ...link, kind: 'started' })).proposal).toBeNull()
    expect((await call(supervisor, '')).status).toBe(200)
    expect((await propose({ subject: null, text }, supervisor)).status).toBe(403)
  })
})

describe('a test message', () => {
  const test = (who: SignedIn, channel = 'email', key = randomUUID()) =>
    callConsole(api, who, '/api/console/messages/test', {
      body: { ...link, channel, proposed: false },
      key,
    })
  const count = async (who: SignedIn) =>
    (await api.owner.query('select 1 from test_messages where staff_id = $1', [who.staffId])).length

  it('H3: goes to the caller’s own contact, five in ten minutes, whatever comes at once', async () => {
    const who = await signIn(api, admin.tenantId, 'admin')
    const all = await Promise.all(Array.from({ length: 9 }, () => test(who)))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(5)
    expect(all.find(({ status }) => status !== 200)?.json.code).toBe('send_limit_reached')
    expect(await count(who)).toBe(5)
  })

  it('R2: pressed twice under one key is one', async () => {
    const who = await signIn(api, admin.tenantId, 'admin')
    const key = randomUUID()
    await Promise.all([test(who, 'email', key), test(who, 'email', key)])
    expect(await count(who)).toBe(1)
  })

  it('by SMS needs a number of the person that the caller is', async () => {
    expect((await test(admin, 'sms')).json.code).toBe('contact_not_on_file')
    const person = await addPerson(api, admin.tenantId)
    const who = await signIn(api, admin.tenantId, 'admin', { person_id: person.id })
    expect((await call(who, '')).json.own.sms).toBe(person.phone.masked)
    expect((await test(who, 'sms')).status).toBe(200)
  })
})
