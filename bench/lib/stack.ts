/** `npm start` as a person starts it: a child process with a data folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { cacheFolder, openDataFolder } from '#dev/stack/data-folder.ts'
import { isPortFree } from '#dev/stack/ports.ts'

/** The project's folder. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url))

/** A stack that has said that it is ready. */
export type RunningStack = { readonly pid: number; readonly readyMs: number; stop(): Promise<void> }

/** A start that takes longer than this has failed. Milliseconds. */
const patienceMs = 300_000

/** A folder for the state of one stack, with the programs that were fetched already. */
export const makeDataFolder = (): { path: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  const fetched = cacheFolder(openDataFolder(process.env['COUNTERSIGN_DATA']))
  mkdirSync(cacheFolder(path), { recursive: true })
  if (existsSync(fetched)) cpSync(fetched, cacheFolder(path), { recursive: true })
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true })
    },
  }
}

/** Takes the highest port too: a free base with taken neighbours is none. */
const pickBase = async (): Promise<number> => {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const base = 21_000 + 100 * Math.floor(Math.random() * 80)
    const free = await Promise.all(
      [0, 10, 20, 30, 40, 60, 61, 70, 71].map((offset) => isPortFree(base + offset)),
    )
    if (free.every(Boolean)) return base
  }
  throw new Error('no free range of ports was found')
}

/** Starts the stack over a data folder. @throws with what it said when it does not get ready */
export const startStack = async (dataFolder: string): Promise<RunningStack> => {
  const env = { ...process.env, COUNTERSIGN_DATA: dataFolder, PORT_BASE: String(await pickBase()) }
  const begun = performance.now()
  const child = spawn('npm', ['start', '--silent'], {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await whenReady(child)
  const readyMs = performance.now() - begun
  return {
    pid: child.pid ?? 0,
    readyMs,
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGINT')
      await ended
    },
  }
}

const whenReady = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    const said: string[] = []
    const timer = setTimeout(() => {
      reject(new Error(`the stack was not ready in time; it said:\n${said.join('\n')}`))
    }, patienceMs)
    child.once('exit', () => {
      reject(new Error(`the stack ended; it said:\n${said.join('\n')}`))
    })
    if (child.stdout === null) throw new Error('no output to read')
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line)
      if (!line.startsWith('Countersign is ready')) return
      clearTimeout(timer)
      child.removeAllListeners('exit')
      resolve()
    })
  })

/** A process and all that it started, by their parents in /proc. */
export const familyOf = (pid: number): readonly { pid: number; command: string }[] => {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
        return [{ pid: Number(name), parent: Number(stat.replace(/^.*\) /, '').split(' ')[1]), command }]
      } catch {
        // It ended while we looked.
        return []
      }
    })
  const family = new Set([pid])
  for (let grew = true; grew;) {
    const before = family.size
    for (const one of parents) if (family.has(one.parent)) family.add(one.pid)
    grew = family.size > before
  }
  return parents.filter((one) => family.has(one.pid))
}
