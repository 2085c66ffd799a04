import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseOptions } from '#activities/testing/case.ts'
import { plainPolicy } from '#activities/testing/play.ts'
import { until } from '#activities/testing/until.ts'
import { callConsole } from '#api/testing/test-api.ts'
import { createFlow } from './testing/flow.ts'
import { useWhole, type Whole } from './testing/whole.ts'

const whole = useWhole()

/** An attacker in front of the API, or a broken proxy, could claim these. */
const claims: readonly (readonly [string, Record<string, string>])[] = [
  ['X-Forwarded-Host', { 'x-forwarded-host': 'evil.example' }],
  ['two X-Forwarded-Hosts', { 'x-forwarded-host': 'evil.example, localhost' }],
  ['X-Forwarded-Server', { 'x-forwarded-server': 'evil.example' }],
  ['X-Forwarded-Proto', { 'x-forwarded-proto': 'javascript' }],
  ['X-Forwarded-Port', { 'x-forwarded-port': '80' }],
  ['X-Forwarded-Prefix', { 'x-forwarded-prefix': '/evil' }],
  ['Forwarded', { forwarded: 'for=192.0.2.1;host=evil.example;proto=http' }],
  ['X-Host', { 'x-host': 'evil.example' }],
  ['X-Original-URL', { 'x-original-url': 'https://evil.example/' }],
  ['X-Rewrite-URL', { 'x-rewrite-url': 'https://evil.example/' }],
  ['Referer', { referer: 'https://evil.example/' }],
]

/** Hosts that are not ours, and ours written as something else. */
const hosts = (own: string): readonly string[] => [
  'evil.example',
  `evil@${own}`,
  `${own}.evil.example`,
  `${own}@evil.example`,
  'evil@evil.example:80',
  `${own}, evil.example`,
  '',
]

/** A message with what may differ between two sends taken out: its token and the moment. */
const fixed = (text: string): string =>
  text.replace(/#[\w-]{43}/g, '#').replace(/\d{1,2} \w{3} \d{4}, \d{2}:\d{2}/g, 'now')

/** A desk that may send as often as this file does. */
const manySends: CaseOptions = {
  policy: (policy) => {
    const plain = plainPolicy(policy)
    const many = [{ max: 1_000, seconds: 3_600 }]
    const limits = {
      ...plain.limits,
      sendsPerParticipant: many,
      sendsPerContact: many,
      sendsPerPrefix: many,
    }
    return { ...plain, limits }
  },
}

describe('C15: the host of a link comes from the configuration alone', () => {
  let desk: Awaited<ReturnType<Whole['open']>>
  let loops: ReturnType<Whole['runLoops']>
  let expected: readonly string[]

  /** Everything that is sent when a case is started, sent again and cancelled by requests with these headers. */
  const messagesWith = async (headers: Record<string, string>): Promise<readonly string[]> => {
    const { of, agent } = desk
    const { messenger } = whole.world
    const before = messenger.sent.length
    const flow = createFlow(whole, of, agent)
    const id = await flow.start(of.phoneContact.id, headers)
    const by = { contactId: of.emailContact.id }
    expect((await flow.ask(`verifications/${id}/resend`, by, headers)).status).toBe(200)
    expect((await flow.ask(`verifications/${id}/cancel`, { reason: 'again' }, headers)).status).toBe(200)
    // The link by SMS, the notice of the start, the link by mail, the notice of the end.
    await until(async () => messenger.sent.length >= before + 4)
    return messenger.sent
      .slice(before)
      .map(({ channel, to, subject, text, html, sender }) =>
        JSON.stringify([channel, to, subject, fixed(text), fixed(html ?? ''), sender]),
      )
      .sort()
  }
  beforeAll(async () => {
    desk = await whole.open(manySends)
    loops = whole.runLoops()
    expected = await messagesWith({})
  })
  afterAll(() => loops.stop())

  it('links and notices have ours', () => {
    expect(expected).toHaveLength(4)
    for (const message of expected) expect(message).toContain(`${whole.world.deps.portalUrl}/`)
  })

  it.each(claims)('%s changes no byte of any message', async (_name, headers) => {
    expect(await messagesWith(headers)).toEqual(expected)
  })

  it('a request for another host is answered by nobody and sends nothing', async () => {
    const { of, agent } = await whole.open()
    const before = whole.world.messenger.sent.length
    for (const host of hosts(new URL(whole.api.consoleUrl).host)) {
      const body = {
        personId: of.person.id,
        purpose: 'password_reset',
        contactId: of.phoneContact.id,
        ticket: null,
      }
      const answer = await callConsole(whole.api, agent, '/api/console/verifications', {
        key: randomUUID(),
        body,
        headers: { host },
      })
      expect([host, answer.status]).toEqual([host, 400])
    }
    expect(whole.world.messenger.sent.length).toBe(before)
  })
})
