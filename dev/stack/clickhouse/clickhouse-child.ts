/**
 * The process that holds the ClickHouse engine: `node clickhouse-child.ts FOLDER PORT`.
 *
 * It is a process of its own because queries block it and because the engine survives neither a worker thread nor a
 * regular exit while a query runs. It ends when its parent does.
 */
import { openEngine } from './clickhouse-engine.ts'
import { createFront } from './clickhouse-front.ts'

const [folder, port] = process.argv.slice(2)
if (!folder || !port) throw new Error('Usage: clickhouse-child.ts FOLDER PORT')

const engine = openEngine(folder)
const server = createFront(engine)
let isEnding = false

async function end(): Promise<void> {
  if (isEnding) return
  isEnding = true
  server.close()
  await engine.close()
  // A regular exit hangs or crashes while a native query runs; what was acknowledged is on disk.
  process.kill(process.pid, 'SIGKILL')
}

process.on('disconnect', () => void end())
process.on('SIGTERM', () => void end())
process.on('SIGINT', () => void end())
server.listen(Number(port), '127.0.0.1', () => {
  console.log(`listening on 127.0.0.1:${port}`)
})
