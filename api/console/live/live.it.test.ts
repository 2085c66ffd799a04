import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listen, notify } from '#platform/database/notify.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { consoleCookie } from '../../http/cookies.ts'
import { addTenant, createTestApi, signIn, type SignedIn, type TestApi } from '../../testing/test-api.ts'

let api: TestApi
let tenantId: string
beforeAll(async () => {
  api = await createTestApi()
  tenantId = (await addTenant(api)).id
})
afterAll(() => api.stop())

const open = (as: SignedIn) => {
  const seen: string[] = []
  const left = new AbortController()
  const ended = new Promise<void>((resolve) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: api.ports.console,
        path: '/api/console/live',
        setHost: false,
        signal: left.signal,
        headers: { host: new URL(api.consoleUrl).host, cookie: `${consoleCookie}=${as.token}` },
      },
      (response) => {
        seen.push(String(response.headers['content-type']))
        response.on('data', (chunk: Buffer) => seen.push(chunk.toString()))
        response.on('end', resolve)
        response.on('close', resolve)
      },
    )
    sent.end()
  })
  return { seen, ended, leave: () => left.abort() }
}
const until = async (done: () => boolean) => {
  for (let n = 0; n < 400 && !done(); n += 1) await new Promise((resolve) => setTimeout(resolve, 50))
}

describe('live rows', () => {
  beforeEach(async () => {
    await until(() => api.deps.live.size === 0)
  })

  it('tells open consoles of the same tenant which rows changed, by id only, and ends with the session', async () => {
    const listener = await listen(api.db, { onChange: api.deps.live.change, onGap: api.deps.live.gap })
    const watcher = await signIn(api, tenantId)
    const { id: elsewhere } = await addTenant(api)
    const foreigner = await signIn(api, elsewhere)
    const here = open(watcher)
    const there = open(foreigner)
    await until(() => api.deps.live.size === 2)
    const id = randomUUID()
    const personId = randomUUID()
    await inTenant(api.db, tenantId, async (tx) => {
      await notify(tx, 'verification', id)
      await notify(tx, 'person', personId)
    })
    await until(() => here.seen.join('').includes(personId))
    expect(here.seen[0]).toContain('text/event-stream')
    expect(here.seen.join('')).toContain(`event: verifications\ndata: {"ids":["${id}"]}\n\n`)
    expect(here.seen.join('')).toContain(`event: people\ndata: {"ids":["${personId}"]}\n\n`)
    expect(there.seen.join('')).not.toMatch(new RegExp(`${id}|${personId}`))
    await api.owner.run('update staff_sessions set ended_at = now() where staff_id = $1', [watcher.staffId])
    await here.ended
    expect(api.deps.live.size).toBe(1)
    there.leave()
    await listener.stop()
  })

  it('a session has five streams; a sixth ends the oldest, which hears that its place was given away', async () => {
    const staff = await signIn(api, tenantId)
    const streams = []
    for (let n = 1; n <= 5; n += 1) {
      streams.push(open(staff))
      await until(() => api.deps.live.size === n)
    }
    const sixth = open(staff)
    await streams[0]?.ended
    await until(() => sixth.seen.length > 1)
    expect(streams[0]?.seen.join('')).toContain('event: pause\ndata: {}\n\n')
    expect(streams.slice(1).map(({ seen }) => seen.join('').includes('pause'))).toEqual(Array(4).fill(false))
    expect(api.deps.live.size).toBe(5)
    const colleague = open(await signIn(api, tenantId))
    await until(() => api.deps.live.size === 6)
    for (const one of [...streams, sixth, colleague]) one.leave()
  })
})
