/** Servers under test: they end with the process that started them, however it ends. */
import { spawn, type ChildProcess } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as rest } from 'node:timers/promises'

/** Starts a program; what it complains of is shown. `secrets`: of its environment, since everybody may read a command line. */
export const startServer = (
  command: readonly string[],
  secrets: Readonly<Record<string, string>> = {},
): ChildProcess =>
  spawn('setpriv', ['--pdeathsig', 'TERM', ...command], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...secrets },
  })

/** Waits until a port takes connections. @throws when the process ended, or after ten seconds */
export const whenOpen = async (child: ChildProcess, port: number, withinMs = 10_000): Promise<void> => {
  const until = Date.now() + withinMs
  while (Date.now() < until) {
    if (child.exitCode !== null)
      throw new Error(`the directory ended with ${child.exitCode} instead of starting`)
    if (await isOpen(port)) return
    await rest(20)
  }
  child.kill('SIGKILL')
  throw new Error(`the directory did not open port ${port}`)
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => {
      resolve(false)
    })
  })

/** Ends a child that was started here. */
export const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const over = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await over
}
