import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createIsBreached } from './password-range.ts'

/** Keeps to the public interface: five digits in the path, lines of the rest of a SHA-1 and a count, padding with 0. */
let answer: (request: IncomingMessage, response: ServerResponse) => void
const server = createServer((request, response) => {
  asked.push(`${String(request.url)} ${String(request.headers['add-padding'])}`)
  answer(request, response)
})
const asked: string[] = []
let base: string
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/range/`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})
const problems: string[] = []
beforeEach(() => {
  asked.length = 0
  problems.length = 0
})

const other = '0'.repeat(35)
/** SHA-1 of "password". */
const found = ['5BAA6', '1E4C9B93F3F0682250B6CF8331B7EE68FD8'] as const
const isBreached = (password: string, longestMs?: number) =>
  createIsBreached(base, (sentence) => problems.push(sentence), longestMs)(password)
const say =
  (text: string, status = 200): typeof answer =>
  (_request, response) => {
    response.writeHead(status).end(text)
  }

describe('N5: a service for breached passwords', () => {
  it('gets five digits of the SHA-1 and no more, and asks for padding', async () => {
    answer = say(`${other}:7\r\n${found[1]}:52372\r\n`)
    expect(await isBreached('password')).toBe(true)
    expect(asked).toEqual([`/range/${found[0]} true`])
    expect(problems).toEqual([])
  })

  it('says no of a password that is not there, or is there as padding', async () => {
    answer = say(`${other}:7`)
    expect(await isBreached('password')).toBe(false)
    answer = say(`${found[1]}:0`)
    expect(await isBreached('password')).toBe(false)
    answer = say('')
    expect(await isBreached('password')).toBe(false)
  })

  it.each([
    ['an error', say('', 503), 'the service answered 503'],
    ['another page', say('<html>sign in</html>'), 'the answer is no list of SHA-1'],
    ['an answer without end', say(`${other}:7\n`.repeat(30_000)), 'the answer is too long'],
    [
      'a way to another host',
      (_request, response) => {
        response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
      },
      'fetch failed',
    ],
    ['a connection that ends', (_request, response) => response.destroy(), 'fetch failed'],
  ])('%s is no answer, and names no password', async (_name, how, problem) => {
    answer = how
    expect(await isBreached('password')).toBeNull()
    expect(problems).toEqual([problem])
  })

  it('is given up when it says nothing', async () => {
    answer = () => undefined
    expect(await isBreached('password', 20)).toBeNull()
    expect(problems).toHaveLength(1)
  })
})
