import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { demoPeople, demoPerson } from '../seeds/answers.ts'
import { smoke } from './smoke.ts'
import { createBrowser } from './http.ts'
import { readSmokeSettings } from './settings.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void
const servers: { close: () => void }[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})
const serve = (handler: Handler): Promise<URL> =>
  new Promise((resolve) => {
    const server = createServer(handler).listen(0, '127.0.0.1', () => {
      resolve(new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`))
    })
    servers.push(server)
  })

describe('settings of smoke', () => {
  it('are those of npm start, moved with PORT_BASE, unless an address is named', () => {
    expect(readSmokeSettings({}).console.href).toBe('http://localhost:3700/')
    const moved = readSmokeSettings({ PORT_BASE: '4700', INBOX_URL: 'http://mail.test:1' })
    expect([moved.portal.href, moved.employee.href, moved.inbox.href]).toEqual([
      'http://portal.localhost:4710/',
      'http://127.0.0.1:4720/employee',
      'http://mail.test:1/',
    ])
  })

  it('name the variable that cannot be used', () => {
    expect(() => readSmokeSettings({ PORTAL_URL: 'nonsense' })).toThrow(/^PORTAL_URL cannot be used/)
    expect(() => readSmokeSettings({ PORT_BASE: '80' })).toThrow(/^PORT_BASE/)
  })
})

describe('the browser of smoke', () => {
  it('keeps cookies, drops ended ones and follows redirects', async () => {
    const seen: (string | undefined)[] = []
    const origin = await serve((request, response) => {
      seen.push(request.headers.cookie)
      if (request.url === '/a')
        response.writeHead(302, { location: '/b', 'set-cookie': ['one=1; Path=/', 'two=2; HttpOnly'] }).end()
      else response.writeHead(200, { 'set-cookie': 'one=; Max-Age=0' }).end('there')
    })
    const browser = createBrowser()
    const first = await browser.visit(new URL('/a', origin))
    expect([first.text, first.url.pathname]).toEqual(['there', '/b'])
    await browser.send(origin)
    expect(seen).toEqual([undefined, 'one=1; two=2', 'two=2'])
  })

  it('says what was refused, and what has another shape, without repeating the answer', async () => {
    const origin = await serve((request, response) => {
      const isRefused = request.url === '/refused'
      response.writeHead(isRefused ? 409 : 200).end(JSON.stringify({ code: 'step_over', secret: 'value-x' }))
    })
    const shape = z.object({ step: z.string() })
    const asked = createBrowser().call(shape, new URL('/refused', origin))
    await expect(asked).rejects.toThrow('/refused was refused: 409 (step_over).')
    const other = createBrowser().call(shape, new URL('/other', origin))
    await expect(other).rejects.toThrow('/other answered in another shape than expected, at "step".')
  })
})

describe('a call of smoke', () => {
  it('is repeated under its key while the service says when to try again, and not for ever', async () => {
    const keys: (string | string[] | undefined)[] = []
    const origin = await serve((request, response) => {
      keys.push(request.headers['idempotency-key'])
      const isBack = request.url === '/back' && keys.length === 3
      response.writeHead(isBack ? 200 : 503, isBack ? {} : { 'retry-after': '0.01' })
      response.end(JSON.stringify({ code: 'unavailable', done: true }))
    })
    const shape = z.object({ done: z.boolean() })
    const asked = { json: {}, headers: { 'idempotency-key': 'k' } }
    expect(await createBrowser().call(shape, new URL('/back', origin), asked)).toEqual({ done: true })
    expect(keys).toEqual(['k', 'k', 'k'])
    keys.length = 0
    await expect(createBrowser().call(shape, new URL('/away', origin), asked)).rejects.toThrow('503')
    expect(keys).toHaveLength(4)
  })
})

describe('smoke', () => {
  it('ends in one sentence when nothing runs there', async () => {
    const origin = await serve(() => undefined)
    for (const server of servers.splice(0)) server.close()
    await expect(smoke({ INBOX_URL: origin.href }, () => undefined)).rejects.toThrow(
      /does not answer at all: is the stack running\? \(npm start\)$/,
    )
  })

  it('has many people to play, each with what questions ask for', () => {
    const people = demoPeople('lab')
    expect(people.length).toBeGreaterThan(60)
    for (const person of people) {
      expect(person.managerName).not.toBeNull()
      expect(person.deviceModel).not.toBeNull()
      expect(person.assetTagEnd).toMatch(/^\d{4}$/)
      expect(person.addresses).toContain(person.workEmail)
      expect(person.addresses.some((address) => /^\+\d+$/.test(address))).toBe(true)
    }
    expect(() => demoPerson('lab', 'lab.mila.sorland')).toThrow('Nobody of lab who may be verified')
  })
})
