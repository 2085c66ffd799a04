/** Kills one API and one worker by their process, as a crash would, and asks the proxy until both are back. */
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { type Engine, run } from './engine.ts'

/** Requests by each method at least. */
const requests = 40
const longestMs = 300_000

/** 0 while it does not run. */
const pidOf = async ({ program }: Engine, name: string): Promise<number> =>
  Number(await run(program, ['inspect', '--format', '{{.State.Pid}}', name]))

/** The status of one request to the console; a refused or broken one counts as 0. */
const ask = (method: string, agent: Agent): Promise<number> =>
  new Promise((resolve) => {
    const options = {
      agent,
      method,
      host: '127.0.0.1',
      servername: 'desk.localhost',
      path: method === 'GET' ? '/' : '/api/console/session',
    }
    const sent = request(
      { ...options, headers: { host: 'desk.localhost', 'content-length': '0' } },
      (answer) => {
        answer.resume().once('end', () => {
          resolve(answer.statusCode ?? 0)
        })
      },
    )
    sent.once('error', () => {
      resolve(0)
    })
    sent.end()
  })

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** One container of each service; what takes its place is another process. */
const kill = async (engine: Engine, services: readonly string[]) => {
  const killed: { readonly name: string; readonly pid: number }[] = []
  for (const service of services) {
    const [name = ''] = await engine.containers(service)
    killed.push({ name, pid: await pidOf(engine, name) })
  }
  for (const { pid } of killed) process.kill(pid, 'SIGKILL')
  // A POST to a process that is just dying is answered with 502, and its caller repeats it under the same key.
  for (let turn = 0; killed.some(({ pid }) => isThere(pid)); turn += 1) {
    if (turn > 1000) throw new Error('What was killed does not end.')
    await new Promise((resume) => setTimeout(resume, 20))
  }
  return killed
}

/** @throws when the proxy could not answer one of the requests, or the engine starts a container no more */
export const killAndAsk = async (
  engine: Engine,
  authorities: string,
  say: (line: string) => void,
): Promise<void> => {
  const agent = new Agent({ keepAlive: true, ca: readFileSync(authorities) })
  const killed = await kill(engine, ['api', 'worker'])
  const end = Date.now() + longestMs
  const seen = new Map<string, number>()
  const isBack = async (): Promise<boolean> => {
    const pids = await Promise.all(killed.map(({ name }) => pidOf(engine, name)))
    return pids.every((pid, index) => pid !== 0 && pid !== killed[index]?.pid)
  }
  for (let turn = 0; turn < requests || !(await isBack()); turn += 1) {
    if (Date.now() > end) throw new Error('What was killed was not started again.')
    for (const method of ['GET', 'POST']) {
      const status = `${method} ${String(await ask(method, agent))}`
      seen.set(status, (seen.get(status) ?? 0) + 1)
    }
  }
  agent.destroy()
  const told = [...seen].map(([status, count]) => `${String(count)} × ${status}`).join(', ')
  say(`killed ${killed.map(({ name }) => name).join(' and ')}; asked meanwhile: ${told}`)
  if ([...seen.keys()].some((status) => !/^(GET 200|POST 4\d\d)$/.test(status)))
    throw new Error(`Requests were lost: ${told}`)
}
