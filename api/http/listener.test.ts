import Koa from 'koa'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { listenFor, type Listener } from './listener.ts'

let listener: Listener | undefined
afterEach(() => listener?.stop())

const app = (): Koa => {
  const koa = new Koa()
  koa.use((ctx) => {
    ctx.body = 'here'
  })
  return koa
}

/** Sends bytes and gives what comes back until the server closes. */
const send = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.on('error', reject)
    socket.on('close', () => {
      resolve(answer)
    })
  })

describe('a listener', () => {
  it('H9: answers headers over 16 KiB with 431 and cuts the connection', async () => {
    listener = await listenFor(app(), 0, '127.0.0.1')
    const answer = await send(listener.port, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
  })

  it.each([
    ['a request that is none', 400, 'what is this\r\n\r\n'],
    ['a header that is none', 400, 'GET / HTTP/1.1\r\nHost: x\r\nno colon here\r\n\r\n'],
    ['two lengths', 400, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['headers that are too long', 431, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['an expectation', 417, 'POST / HTTP/1.1\r\nHost: x\r\nExpect: a miracle\r\nContent-Length: 0\r\n\r\n'],
  ])('F9: %s is answered with every header, too', async (_name, status, text) => {
    listener = await listenFor(app(), 0, '127.0.0.1')
    const answer = await send(listener.port, text)
    expect(answer.startsWith(`HTTP/1.1 ${status} `), answer).toBe(true)
    for (const header of [
      /^Strict-Transport-Security: max-age=63072000; includeSubDomains\r$/m,
      /^Content-Security-Policy: default-src 'none'; .*frame-ancestors 'none'.*\r$/m,
      /^X-Content-Type-Options: nosniff\r$/m,
      /^Referrer-Policy: no-referrer\r$/m,
      /^Cross-Origin-Opener-Policy: same-origin\r$/m,
      /^Cross-Origin-Resource-Policy: same-origin\r$/m,
      /^Permissions-Policy: .+\r$/m,
      /^Cache-Control: no-store\r$/m,
    ])
      expect(answer).toMatch(header)
    expect(answer).not.toMatch(/^access-control/im)
  })

  it('says which address is taken instead of starting', async () => {
    listener = await listenFor(app(), 0, '127.0.0.1')
    await expect(listenFor(app(), listener.port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('ends with idle connections still open', async () => {
    listener = await listenFor(app(), 0, '127.0.0.1')
    await fetch(`http://127.0.0.1:${listener.port}/`)
    await listener.stop()
    await expect(fetch(`http://127.0.0.1:${listener.port}/`)).rejects.toThrow()
    listener = undefined
  })
})
