/**
 * The replacement for a ClickHouse server under test of the container files: the engine front of `npm start`, behind the
 * name, the user and the password that docker-compose.yml gives. The only part of that test that is not the real program.
 */
import { timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { openEngine } from '../stack/clickhouse/clickhouse-engine.ts'
import { createFront } from '../stack/clickhouse/clickhouse-front.ts'

const { CLICKHOUSE_DB = '', CLICKHOUSE_USER = '', CLICKHOUSE_PASSWORD_FILE = '' } = process.env
const password = readFileSync(CLICKHOUSE_PASSWORD_FILE, 'utf8').trim()

const engine = openEngine('/var/lib/clickhouse')
const front = createFront(engine)

const isAllowed = ({ headers, url }: IncomingMessage): boolean => {
  if (url?.startsWith('/ping')) return true
  const expected = Buffer.from(`Basic ${Buffer.from(`${CLICKHOUSE_USER}:${password}`).toString('base64')}`)
  const given = Buffer.from(headers.authorization ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const server = createServer((message, response) => {
  if (!isAllowed(message)) {
    response.writeHead(403).end('Authentication failed\n')
    return
  }
  // The front answers to this machine's own name only.
  message.headers.host = 'localhost'
  front.emit('request', message, response)
})

const end = (): void => {
  server.close()
  // A regular exit hangs or crashes while a native query runs; what was acknowledged is on disk.
  void engine.close().finally(() => process.kill(process.pid, 'SIGKILL'))
}
process.on('SIGTERM', end)
process.on('SIGINT', end)

await engine.run(
  {
    queryId: 'first',
    query: `create database if not exists ${CLICKHOUSE_DB}`,
    defaultFormat: 'TabSeparated',
    settings: new Map(),
    params: new Map(),
    wantsGzip: false,
    mayWrite: true,
  },
  async () => undefined,
)
server.listen(8123, '0.0.0.0')
