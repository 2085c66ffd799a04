/** API and worker as processes, bundled as production starts them. */
import { spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import type { Environment } from '../process/config.ts'
import { useProgram } from './use-program.ts'

/** One line of a process's log. */
export type LogLine = Readonly<Record<string, unknown>>

const entries = {
  api: new URL('../../api/main.ts', import.meta.url),
  worker: new URL('../../activities/main.ts', import.meta.url),
} as const

/** Starts one of these processes, for a test file. */
export const useProcess = (kind: keyof typeof entries): ((env: Environment) => RunningProcess) => {
  const program = useProgram(entries[kind])
  return (env) => runProcess(program(), env)
}

/** A process and what it writes: standard output and standard error alike. */
export type RunningProcess = ReturnType<typeof runProcess>

const runProcess = (program: string, env: Environment) => {
  const child = spawn(process.execPath, [program], {
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
