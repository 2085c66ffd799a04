import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { carry, type Carrier } from './carry.ts'

/** A server behind a Unix socket, and the port that leads to it. */
describe('what carries connections to a directory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-carry-'))
  const path = join(folder, 'ldaps.sock')
  const inside: Socket[] = []
  let server: Server
  let carrier: Carrier

  beforeEach(async () => {
    server = createServer({ allowHalfOpen: true }, (socket) => inside.push(socket))
    await once(server.listen(path), 'listening')
    carrier = await carry(path)
  })

  afterEach(async () => {
    for (const socket of inside.splice(0)) socket.destroy()
    await new Promise((done) => server.close(done))
    rmSync(path, { force: true })
  })

  /** A connection through the port, and its end behind the socket. */
  const connected = async (): Promise<{ client: Socket; behind: Socket }> => {
    const client = connect({ host: '127.0.0.1', port: carrier.port, allowHalfOpen: true })
    await Promise.all([once(server, 'connection'), once(client, 'connect')])
    const behind = inside[0]
    if (behind === undefined) throw new Error('nothing came')
    return { client, behind }
  }

  it('brings what either end says to the other, also what was said just before the end', async () => {
    const { client, behind } = await connected()
    client.write('who is there')
    expect(String(await once(behind, 'data'))).toBe('who is there')
    behind.end('nobody')
    expect(String(await once(client, 'data'))).toBe('nobody')
    client.destroy()
    await carrier.stop()
  })

  const openSockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length

  it('keeps no connection open for a client who says farewell after the directory has hung up', async () => {
    const { client, behind } = await connected()
    client.resume()
    behind.destroy()
    await once(client, 'end')
    client.end('farewell')
    await once(client, 'close')
    await expect.poll(openSockets).toBe(0)
    await carrier.stop()
  })

  it('ends although neither end hangs up', async () => {
    const { client } = await connected()
    client.on('error', () => undefined)
    await carrier.stop()
    client.destroy()
  })
})
