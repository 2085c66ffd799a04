import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen, notify } from '#platform/server/db/notify.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { consoleCookie } from '../cookies.ts'
import { addTenant, createTestApi, signIn, type SignedIn, type TestApi } from '../testing/test-api.ts'

let api: TestApi
let tenantId: string
beforeAll(async () => {
  api = await createTestApi()
  tenantId = (await addTenant(api)).id
})
afterAll(() => api.stop())

describe('live rows', () => {
  it('tells open consoles of the same tenant which rows changed, by id only, and ends with the session', async () => {
    const listener = await listen(api.db, { onChange: api.deps.live.change, onGap: api.deps.live.gap })
    const watcher = await signIn(api, tenantId)
    const { id: elsewhere } = await addTenant(api)
    const foreigner = await signIn(api, elsewhere)
    const open = (as: SignedIn) => {
      const seen: string[] = []
      const ended = new Promise<void>((resolve) => {
        const sent = request(
          {
            host: '127.0.0.1',
            port: api.ports.console,
            path: '/api/console/live',
            setHost: false,
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
      return { seen, ended }
    }
    const here = open(watcher)
    const there = open(foreigner)
    const until = async (done: () => boolean) => {
      for (let n = 0; n < 400 && !done(); n += 1) await new Promise((resolve) => setTimeout(resolve, 50))
    }
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
    await listener.stop()
  })
})
