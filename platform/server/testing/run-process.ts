/** API and worker as processes, started from the sources as production starts them from the build. */
import { spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Environment } from '../config.ts'

const entry = { api: '../../../api/main.ts', worker: '../../../activities/main.ts' } as const

/** One line of a process's log. */
export type LogLine = Readonly<Record<string, unknown>>

/** A process and what it writes: standard output and standard error alike. */
export const runProcessOf = (kind: 'api' | 'worker', env: Environment) => {
  const main = fileURLToPath(new URL(entry[kind], import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => (text += more))
  // Not `exit`: what was written last may still be on its way.
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const ready = async () => {
    const url = `http://127.0.0.1:${env['METRICS_PORT'] ?? ''}/health/ready`
    const answer = await fetch(url).catch(() => undefined)
    return answer === undefined
      ? { status: 0, parts: {} }
      : { ...((await answer.json()) as { parts: object }), status: answer.status }
  }
  return {
    child,
    ended,
    ready,
    text: () => text,
    /** @throws where a line is no JSON */
    lines: (): readonly LogLine[] =>
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as LogLine),
  }
}

/** A server that takes connections and never says a word. */
export const listenSilently = async (): Promise<{ readonly port: number; close(): Promise<void> }> => {
  const open = new Set<{ destroy(): void }>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => {
          resolve()
        })
      }),
  }
}
