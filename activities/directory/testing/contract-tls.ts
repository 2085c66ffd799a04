import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { makeCertificates } from '#dev/stack/directories/certificates.ts'
import type { Directory } from '../port.ts'
import { problemOf } from './asking.ts'

/** A directory as the operator's file names it, with parts changed. */
export type TlsScene = {
  /** @throws where the file may not say so */
  open(change: Readonly<Record<string, unknown>>): Directory
  /** `ldaps://localhost`, `https://localhost`: the server's certificate is for this name. */
  readonly address: string
  readonly port: number
  /** The secret that proves our account; no server without the right certificate may get it. */
  readonly secret: string
  /** An id that an account there could have; absent: any UUID could. */
  readonly id?: string
}

const portOf = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as { port: number }).port
}

/** The certificate of the server, and nothing but TLS. */
export const describeTls = (open: () => TlsScene): void => {
  const problem = (change: Readonly<Record<string, unknown>>): Promise<unknown> =>
    problemOf(open().open(change), open().id)
  describe('J2: only a server whose certificate the named authority signed, and only by TLS', () => {
    it('another authority, none at all, a name that is not in it and one that is over are refused', async () => {
      const { address, port } = open()
      const folder = mkdtempSync(join(tmpdir(), 'countersign-tls-'))
      const other = makeCertificates(join(folder, 'other'), ['localhost'])
      expect(await problem({ caFile: other.ca })).toBe('untrusted')
      expect(await problem({ caFile: undefined })).toBe('untrusted')
      expect(await problem({ url: `${address}.localdomain:${String(port)}` })).not.toBe('answered')
      const past = makeCertificates(join(folder, 'past'), ['localhost'], -1)
      const server = createTlsServer({ cert: readFileSync(past.cert), key: readFileSync(past.key) })
      const url = `${address}:${String(await portOf(server))}`
      expect(await problem({ url, caFile: past.ca })).toBe('untrusted')
      server.close()
      expect(await problem({})).toBe('answered')
      rmSync(folder, { recursive: true, force: true })
    })

    it('what is no TLS cannot even be configured, and a port that speaks none hears no secret', async () => {
      const { open: of, address, port, secret } = open()
      const plain = address.replace(/s:/, ':')
      expect(() => of({ url: `${plain}:${String(port)}` })).toThrow()
      const heard: Buffer[] = []
      const server = createServer((socket) => {
        socket.on('data', (data) => {
          heard.push(data)
          socket.destroy()
        })
        socket.on('error', () => undefined)
      })
      const url = `${address}:${String(await portOf(server))}`
      expect(['unreachable', 'untrusted']).toContain(await problem({ url }))
      expect(heard.length).toBeGreaterThan(0)
      expect(Buffer.concat(heard).toString('latin1')).not.toContain(secret)
      server.close()
    })

    it('a server that is not there gives its own problem', async () => {
      const { address } = open()
      expect(await problem({ url: `${address}:1` })).toBe('unreachable')
    })
  })
}
