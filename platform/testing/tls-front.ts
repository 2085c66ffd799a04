/**
 * A TLS proxy for tests. It tells what the proxies named in docs/runbook.md tell: the JA4 of each client, by FoxIO's public
 * description (github.com/FoxIO-LLC/ja4).
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, request } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { TLSSocket, createSecureContext } from 'node:tls'

const isGrease = (code: number): boolean => (code & 0x0f0f) === 0x0a0a && code >> 8 === (code & 0xff)
const hex = (code: number): string => code.toString(16).padStart(4, '0')
const hashOf = (text: string): string =>
  text === '' ? '000000000000' : createHash('sha256').update(text).digest('hex').slice(0, 12)
const two = (count: number): string => String(Math.min(count, 99)).padStart(2, '0')
const versions: Readonly<Record<number, string>> = { 0x0304: '13', 0x0303: '12', 0x0302: '11', 0x0301: '10' }

/** Two-byte codes of a list, without GREASE. */
const codesIn = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length >> 1 }, (_, at) => bytes.readUInt16BE(at * 2)).filter(
    (code) => !isGrease(code),
  )

type Hello = {
  readonly version: number
  readonly ciphers: readonly number[]
  readonly extensions: ReadonlyMap<number, Buffer>
}

/** Reads one ClientHello; `record` begins with its TLS record. */
const readHello = (record: Buffer): Hello => {
  const body = record.subarray(9)
  // Behind version and random.
  let at = 34
  const take = (lengthBytes: 1 | 2): Buffer => {
    const length = body.readUIntBE(at, lengthBytes)
    const taken = body.subarray(at + lengthBytes, at + lengthBytes + length)
    at += lengthBytes + length
    return taken
  }
  take(1)
  const ciphers = codesIn(take(2))
  take(1)
  const all = take(2)
  const extensions = new Map<number, Buffer>()
  for (let from = 0; from + 4 <= all.length;) {
    const length = all.readUInt16BE(from + 2)
    extensions.set(all.readUInt16BE(from), all.subarray(from + 4, from + 4 + length))
    from += 4 + length
  }
  return { version: body.readUInt16BE(0), ciphers, extensions }
}

const [serverName, signatureAlgorithms, alpn, supportedVersions] = [0x00, 0x0d, 0x10, 0x2b]
const none = Buffer.alloc(0)

/** First and last letter of the first protocol that the client offers. */
const protocolOf = (offered: Buffer): string => {
  const first = offered.subarray(3, 3 + (offered[2] ?? 0)).toString('latin1')
  return first === '' ? '00' : `${first.slice(0, 1)}${first.slice(-1)}`
}

/** JA4 of one ClientHello over TCP; `record` begins with its TLS record. */
export const ja4Of = (record: Buffer): string => {
  const { version, ciphers, extensions } = readHello(record)
  const listOf = (code: number, skip: number) => codesIn((extensions.get(code) ?? none).subarray(skip))
  const newest = Math.max(version, ...listOf(supportedVersions, 1))
  const types = [...extensions.keys()].filter((code) => !isGrease(code))
  const kept = types.filter((code) => code !== serverName && code !== alpn)
  const signatures = listOf(signatureAlgorithms, 2).map(hex).join(',')
  const sorted = (codes: readonly number[]): string => codes.map(hex).sort().join(',')
  return [
    `t${versions[newest] ?? '00'}${extensions.has(serverName) ? 'd' : 'i'}${two(ciphers.length)}${two(types.length)}`,
    `${protocolOf(extensions.get(alpn) ?? none)}_${hashOf(sorted(ciphers))}_`,
    hashOf([sorted(kept), signatures].filter((part) => part !== '').join('_')),
  ].join('')
}

/** Stands before an HTTP server on this machine and tells it, in `header`, the JA4 of each client. */
export const startTlsFront = async (
  upstream: number,
  certificate: { readonly key: string; readonly cert: string },
  told: Readonly<Record<string, string>>,
  header: string,
): Promise<{ readonly port: number; readonly stop: () => void }> => {
  const secureContext = createSecureContext({
    key: readFileSync(certificate.key),
    cert: readFileSync(certificate.cert),
  })
  const fingerprints = new WeakMap<object, string>()
  const inner = createHttpServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, ...told, [header]: fingerprints.get(incoming.socket) }
    const { method, url } = incoming
    const forwarded = request({ host: '127.0.0.1', port: upstream, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    forwarded.on('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  })
  const front = createServer((socket) => {
    let bytes = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    const gather = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk])
      // A large key share comes in two packets.
      if (bytes.length < 5 || bytes.length < 5 + bytes.readUInt16BE(3)) return
      socket.off('data', gather)
      socket.pause()
      socket.unshift(bytes)
      const secure = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] })
      fingerprints.set(secure, ja4Of(bytes))
      secure.on('error', () => socket.destroy())
      secure.on('secure', () => inner.emit('connection', secure))
    }
    socket.on('data', gather)
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  return {
    port: (front.address() as AddressInfo).port,
    stop: () => {
      inner.closeAllConnections()
      front.close()
    },
  }
}
