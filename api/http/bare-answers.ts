import { STATUS_CODES, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { contentSecurityPolicy, fixedHeaders } from './middleware/security-headers.ts'

/** No page: nothing may run, be framed or be asked for. */
const headers = fixedHeaders(contentSecurityPolicy({ scriptHashes: [], styleHashes: [], trustedTypes: [] }))

/** Statuses of what cannot be read, by the error that Node gives it; anything else is a 400. */
const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

const refuse = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = statuses[error.code ?? ''] ?? 400
  const lines = Object.entries({ ...headers, 'Content-Length': '0', Connection: 'close' })
  socket.end(
    [
      `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
      ...lines.map(([name, value]) => `${name}: ${value}`),
      '\r\n',
    ].join('\r\n'),
  )
}

/** Gives the headers of every other answer to those that Node makes before a surface sees the request (F9). */
export const dressBareAnswers = (server: Server): void => {
  server.on('clientError', refuse)
  server.on('checkExpectation', (_request, response) => {
    response.writeHead(417, { ...headers, Connection: 'close' }).end()
  })
}
