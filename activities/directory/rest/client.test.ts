import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificates } from '#dev/stack/directories/certificates.ts'
import { createApi, retryAfter } from './api.ts'
import { createAsk, NotSent, type Asked } from './client.ts'
import { createTokens } from './tokens.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

let folder = ''
let caFile = ''
let server: Server
let handle: Handler = () => undefined
let origin = ''
const heard: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-rest-'))
  const tls = makeCertificates(folder, ['localhost'])
  caFile = tls.ca
  server = createServer({ cert: readFileSync(tls.cert), key: readFileSync(tls.key) }, (request, response) => {
    heard.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? '-'}`)
    handle(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `https://localhost:${String((server.address() as { port: number }).port)}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

const short = { connectMs: 400, operationMs: 400, mostBytes: 1000 }
const ask = (more: Partial<Asked> = {}) =>
  createAsk(caFile, short)({ method: 'GET', url: `${origin}/x`, ...more })
const problemOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'answered',
    (error: unknown) => (error as { problem?: string }).problem,
  )

describe('what a server may do to a request', () => {
  it('N8: one that says nothing, or one byte at a time, keeps it no longer than its time', async () => {
    handle = () => undefined
    const startedAt = performance.now()
    expect(await problemOf(ask())).toBe('unreachable')
    handle = (_request, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write(' '), 50)
      response.once('close', () => {
        clearInterval(drip)
      })
    }
    expect(await problemOf(ask())).toBe('unreachable')
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })

  it('K2: what is no JSON, too long, cut short or a redirect is no answer', async () => {
    const bodies: readonly Handler[] = [
      (_request, response) => response.end('<html>'),
      (_request, response) => response.end(`"${'x'.repeat(2000)}"`),
      (_request, response) => response.end('{"a":'),
    ]
    for (const body of bodies) {
      handle = body
      expect(await problemOf(ask())).toBe('answer')
    }
    handle = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{')
      setTimeout(() => response.destroy(), 20)
    }
    expect(await problemOf(ask())).toBe('unreachable')
    handle = (_request, response) => response.writeHead(302, { location: `${origin}/elsewhere` }).end()
    heard.length = 0
    expect(await ask()).toMatchObject({ status: 302 })
    expect(heard).toHaveLength(1)
  })

  it('R13: a late request is not sent, although the connection is open', async () => {
    heard.length = 0
    await expect(ask({ method: 'POST', body: '{}', mayGo: () => false })).rejects.toBeInstanceOf(NotSent)
    await rest(50)
    expect(heard).toEqual([])
  })

  it('N8: ends when its signal fires, before it began and while it waits', async () => {
    handle = () => undefined
    expect(await problemOf(ask({ signal: AbortSignal.abort() }))).toBe('unreachable')
    expect(await problemOf(ask({ signal: AbortSignal.timeout(50) }))).toBe('unreachable')
  })
})

describe('an API under a token', () => {
  const apiOf = (values: string[], seconds = 3600) => {
    const tokens = createTokens(async () => {
      await rest(5)
      return { value: values.shift() ?? 'none', seconds }
    })
    return createApi(`${origin}/v1`, createAsk(caFile, short), tokens, retryAfter)
  }

  it('asks for one token for all who wait for it, keeps it, and takes another when the server wants one', async () => {
    handle = (request, response) => {
      response
        .writeHead(request.headers.authorization === 'Bearer old' && heard.length > 3 ? 401 : 200)
        .end('{}')
    }
    heard.length = 0
    const api = apiOf(['old', 'new'])
    await Promise.all([api.read('/a'), api.read('/b'), api.read('/c')])
    await api.read('/d')
    expect(heard.map((line) => line.split(' ').at(-1))).toEqual(['old', 'old', 'old', 'old', 'new'])
  })

  it('J4: shows its token to no other address than its own', async () => {
    heard.length = 0
    const api = apiOf(['secret'])
    for (const place of [`${origin}/v2/x`, `${origin}/v1x`, 'https://localhost:1/v1/x', `${origin}/v1/../v2`])
      await expect(api.read(place)).rejects.toMatchObject({ problem: 'answer' })
    expect(heard).toEqual([])
  })

  it.each([
    [403, 'rights'],
    [410, 'cursor_over'],
    [418, 'answer'],
    [429, 'throttled'],
    [500, 'unreachable'],
    [503, 'unreachable'],
  ])('%d is reported as %s', async (status, problem) => {
    handle = (_request, response) => response.writeHead(status).end('{}')
    await expect(apiOf(['x']).read('/x')).rejects.toMatchObject({ problem })
  })

  it('waits as long as the server asks, and no longer than it may', async () => {
    heard.length = 0
    handle = (_request, response) => {
      const isFirst = heard.length === 1
      response.writeHead(isFirst ? 429 : 200, { 'retry-after': '0' }).end('{}')
    }
    expect(await apiOf(['x']).read('/x')).toMatchObject({ status: 200 })
    expect(heard).toHaveLength(2)
    handle = (_request, response) => response.writeHead(503, { 'retry-after': '3600' }).end('{}')
    await expect(apiOf(['x']).read('/x')).rejects.toMatchObject({ problem: 'unreachable' })
    expect(heard).toHaveLength(3)
  })

  it('R4: sends a write once, whatever comes of it', async () => {
    heard.length = 0
    handle = (_request, response) => response.writeHead(503, { 'retry-after': '0' }).end()
    expect(await apiOf(['x']).send('/x', { method: 'POST', body: {} })).toMatchObject({ status: 503 })
    handle = (_request, response) => response.destroy()
    await expect(apiOf(['x']).send('/x', { method: 'POST' })).rejects.toMatchObject({
      problem: 'unreachable',
    })
    expect(heard).toHaveLength(2)
  })
})
