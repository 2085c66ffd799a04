import { beforeAll, describe, expect, it } from 'vitest'
import { plainPolicy } from '#activities/testing/play.ts'
import { until } from '#activities/testing/until.ts'
import { deviceCookie, portalCookie } from '#api/http/cookies.ts'
import { cookieOf } from '#api/testing/http.ts'
import { workflowId } from '#workflows/messages.ts'
import { textOf } from '#workflows/testing/history.ts'
import { createFlow, type Flow } from './testing/flow.ts'
import { dumpOf, formsOf, isIn, logPosition, logSince, placesOf } from './testing/traces.ts'
import { useWhole } from './testing/whole.ts'

const whole = useWhole()
const password = 'canary zeppelin 7731 over the harbour'

type Played = {
  readonly flow: Flow
  readonly id: string
  readonly code: string
  readonly link: string
  readonly resetId: string
  readonly secrets: Readonly<Record<string, string>>
  readonly places: ReadonlyMap<string, string>
  /** The write-ahead log of the database, from the start on. */
  readonly log: Buffer
}
let played: Played

/** Everything that the agent can look at afterwards. */
const lookAround = async (flow: Flow, id: string, personId: string): Promise<void> => {
  for (const path of [
    'session',
    'verifications',
    `verifications/${id}`,
    `verifications/${id}/transcript`,
    `verifications/${id}/evidence`,
    `verifications/${id}/match-code`,
    `people/${personId}`,
    `people/${personId}/send-options?purpose=password_reset`,
  ])
    await flow.ask(path)
}

beforeAll(async () => {
  const { world, api } = whole
  const position = await logPosition(world.database.owner)
  const { of, agent } = await whole.open({ policy: plainPolicy })
  const flow = createFlow(whole, of, agent)
  const id = await flow.start()
  const code = await flow.codeFor(id)
  const link = world.messenger.tokenFor(of.phone)
  const entered = await flow.enter(link, code)
  const session = /=([^;]+)/.exec(entered.cookies[0] ?? '')?.[1] ?? ''
  await flow.visit('portal/checks', { report: null })
  await flow.scored(id)
  await flow.approve(id)
  await flow.reaches('new_password')
  await flow.visit('portal/password/check', { password })
  await flow.visit('portal/password', { password })
  await flow.reaches('ended')
  const loops = whole.runLoops()
  await until(async () => {
    const row = await world.database.owner.one<{ n: number }>(
      `select count(*)::integer as n from notices where verification_id = $1 and status <> 'sent'`,
      [id],
    )
    return row?.n === 0
  })
  await loops.stop()
  await lookAround(flow, id, of.person.id)
  const row = await world.database.owner.one<{ resetId: string }>(
    'select workflow_id as "resetId" from actions where verification_id = $1',
    [id],
  )
  const resetId = row?.resetId ?? ''
  const { client } = world.temporal
  const histories = await Promise.all(
    [workflowId(of.tenantId, 'verification', id), resetId].map((name) =>
      client.workflow.getHandle(name).fetchHistory(),
    ),
  )
  const opened = await Promise.all(histories.map((history) => textOf(history, world.keys.worker.codec)))
  const dump = await dumpOf(world.database.owner)
  const places = new Map([
    ...dump,
    ['log of the API', api.lines.join('')],
    ['metrics', await api.deps.metrics.metrics()],
    ['log of the worker', world.lines.join('')],
    ['histories as stored', JSON.stringify(histories)],
    ['histories opened', opened.join('\n')],
    ['answers to the agent', flow.toAgent.map(({ text }) => text).join('\n')],
    ['messages', world.messenger.sent.map(({ text, subject }) => `${subject ?? ''} ${text}`).join('\n')],
  ])
  const [reportLink = ''] = [...(places.get('messages') ?? '').matchAll(/not-me#([\w-]{43})/g)].map(
    ([, token]) => token ?? '',
  )
  const secrets = {
    password,
    link,
    reportLink,
    session,
    staffSession: agent.token,
    phone: of.phone,
    email: of.email,
  }
  const log = await logSince(world.database.owner, position)
  played = { flow, id, code, link, resetId, secrets, places, log }
})

const heldAt = (name: string): readonly string[] => placesOf(played.secrets[name] ?? '', played.places)

describe('a password reset from the search to the new password', () => {
  it('went through: the account was written once', async () => {
    const { flow, id } = played
    expect(flow.toParticipant.at(-1)?.json.step).toMatchObject({ ending: 'password_changed' })
    const row = await whole.world.database.owner.one(
      'select state, sessions_ended from actions where verification_id = $1',
      [id],
    )
    expect(row).toEqual({ state: 'completed', sessions_ended: 'done' })
  })

  it('B2: nothing that the agent was answered holds the password, a link or a session', () => {
    expect(played.flow.toAgent.length).toBeGreaterThanOrEqual(12)
    for (const name of ['password', 'link', 'reportLink', 'session', 'staffSession'])
      expect(heldAt(name), name).not.toContain('answers to the agent')
    const withCode = played.flow.toAgent.filter(({ text }) => text.includes(played.code))
    expect(withCode.map(({ json }) => Object.keys(json as object).sort())).toEqual([
      ['code', 'expiresAt', 'linkOrdinal', 'phrase', 'triesLeft'],
    ])
  })

  it('B6: the match code goes out in no message, on no channel', () => {
    expect(played.code).toMatch(/^\d{6}$/)
    const { sent } = whole.world.messenger
    expect(sent.length).toBeGreaterThanOrEqual(3)
    for (const { text, subject } of sent)
      expect(`${subject ?? ''} ${text}`.replace(/[\s-]/g, '')).not.toContain(played.code)
  })

  it('B14: nothing signs the participant in anywhere: one session, a device that opens nothing, no address, and sessions are over', async () => {
    const { flow, id } = played
    const names = flow.toParticipant.flatMap(({ cookies }) => cookies.map((cookie) => cookie.split('=')[0]))
    expect(names).toEqual([portalCookie, deviceCookie])
    const device = flow.toParticipant.map((answer) => cookieOf(answer, deviceCookie)).find(Boolean) ?? ''
    for (const name of [deviceCookie, portalCookie]) {
      const asked = await flow.visit('portal/step', undefined, { cookie: `${name}=${device}` })
      expect([asked.status, asked.cookies], name).toEqual([401, []])
    }
    const ended = flow.toParticipant.filter(({ json }) => json?.step?.kind === 'ended')
    expect(ended.length).toBeGreaterThan(0)
    for (const { json, text, headers } of ended) {
      expect(Object.keys(json.step as object).sort()).toEqual(['ending', 'feedbackGiven', 'kind', 'passkey'])
      expect(json.step).toMatchObject({ passkey: 'offered' })
      expect(text).not.toMatch(/https?:|token|assertion/)
      expect(headers.location).toBeUndefined()
    }
    const { owner } = whole.world.database
    const recorded = await owner.query(
      `select payload from audit where object_id = $1::text and type = 'sessions.ended'`,
      [id],
    )
    expect(recorded).toEqual([{ payload: { result: 'done' } }])
  })

  it.each([
    // A message carries the one link that it is for.
    ['password', []],
    ['link', ['messages']],
    ['reportLink', ['messages']],
    ['session', []],
    ['staffSession', []],
    ['phone', []],
    // The case's own contact is never open; what people are searched by stays readable (E1).
    ['email', []],
  ])('M1: %s is found nowhere but in %j, in seven encodings', (name, allowed) => {
    expect(played.secrets[name]?.length).toBeGreaterThanOrEqual(12)
    expect(heldAt(name)).toEqual(allowed)
  })

  it('M1: none of them is in the database’s write-ahead log, which backups carry', () => {
    const { secrets, log, id } = played
    // The audit names the case as text, so it is there to be found.
    expect(isIn(id, log)).toBe(true)
    for (const [name, secret] of Object.entries(secrets))
      // The work e-mail is what people are searched by; the contact of the same words is sealed (E1).
      if (name !== 'email') expect(isIn(secret, log), name).toBe(false)
  })

  it('M1: the match code is nowhere as a number of its own', () => {
    const { code, places } = played
    const holding = [...places].filter(([, text]) => new RegExp(`(?<![\\w.:-])${code}(?![\\w.-])`).test(text))
    expect(holding.map(([name]) => name)).toEqual(['answers to the agent'])
  })

  it('M1: the search itself finds what is there', () => {
    const { places } = played
    expect(placesOf(played.id, places)).toContain('histories opened')
    expect(formsOf('a"b')).toContain('a%22b')
    expect([...places.keys()]).toContain('audit_' + new Date().toISOString().slice(0, 7).replace('-', '_'))
  })
})
