/** The container engine of `npm run test:compose`: Docker with Compose where it works, else Podman with podman-compose. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** Every command of Podman needs the same settings: with others it neither sees nor frees what it made. */
export const setPodman = (root: string): void => {
  Object.assign(process.env, {
    CONTAINERS_CONF: join(root, 'dev/containers/containers.conf'),
    DISABLE_HC_SYSTEMD: 'true',
  })
}

/** Runs a program to its end. @throws with the end of what it said */
export const run = (command: string, args: readonly string[], options: RunOptions = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, ...options.env }
    const child = spawn(command, args, { env, cwd: options.cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-6000)))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(printed.trim())
      else reject(new Error(`${command} ${args.join(' ')} ended with ${String(code)}:\n${said}`))
    })
  })
type RunOptions = { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string }

/** The test asks these of an engine. */
export type Engine = {
  readonly name: string
  /** `docker` or `podman`. */
  readonly program: string
  /** One Compose command over the files under test. */
  readonly compose: (...args: string[]) => Promise<string>
  /** Starts everything in the order that the file states, and waits until all of it is healthy. */
  readonly up: () => Promise<void>
  /** Waits until containers find each other by name again, after some were started. */
  readonly namesSettled: () => Promise<void>
  /** Names of the containers of one service. */
  readonly containers: (service: string) => Promise<readonly string[]>
}

/** Where an install under test is. */
export type Install = {
  readonly root: string
  readonly folder: string
  readonly cache: string
  readonly project: string
}

type Service = {
  readonly configs?: readonly { readonly source: string; readonly target: string }[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: unknown
  readonly ulimits?: unknown
}
type File = {
  readonly services: Readonly<Record<string, Service>>
  readonly configs?: Readonly<Record<string, { readonly content: string }>>
}

export const hasDocker = (): boolean =>
  spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0 &&
  spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0

/** Compose of either engine writes these labels on its containers. */
const labels = ({ project }: Install, service?: string): readonly string[] => [
  ...['--filter', `label=com.docker.compose.project=${project}`],
  ...(service === undefined ? [] : ['--filter', `label=com.docker.compose.service=${service}`]),
]

const list = async (program: string, args: readonly string[]): Promise<readonly string[]> =>
  (await run(program, args)).split('\n').filter(Boolean)

/** Ends and removes all that this install has made, whatever state it is in. */
export const removeAll = (install: Install, program: string): void => {
  const filters = labels(install).join(' ')
  const remove = `xargs --no-run-if-empty ${program}`
  const lines = [
    `${program} ps --all --quiet ${filters} | ${remove} rm --force --volumes`,
    ...['volume', 'network'].map((kind) => `${program} ${kind} ls --quiet ${filters} | ${remove} ${kind} rm`),
    // A volume that a container made by itself has no label.
    `${program} volume ls --quiet --filter name=^${install.project}_ | ${remove} volume rm`,
  ]
  spawnSync('sh', ['-c', lines.join('\n')], { stdio: 'ignore' })
}

/** @throws naming the containers, volumes and networks that `down --volumes` has left */
export const mustBeGone = async (install: Install, { program }: Engine): Promise<void> => {
  const kinds = [
    ['ps', '--all', '--format', '{{.Names}}'],
    ['volume', 'ls', '--format', '{{.Name}}'],
    ['network', 'ls', '--format', '{{.Name}}'],
  ]
  const left: string[] = []
  for (const kind of kinds) left.push(...(await list(program, [...kind, ...labels(install)])))
  if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}`)
}

const filesOf = ({ root }: Install): readonly string[] => [
  join(root, 'docker-compose.yml'),
  join(root, 'dev/containers/doubles.yml'),
]

export const docker = (install: Install): Engine => {
  const files = filesOf(install).flatMap((file) => ['-f', file])
  const base = ['compose', '-p', install.project, '--env-file', join(install.folder, '.env'), ...files]
  const compose = (...args: string[]): Promise<string> => run('docker', [...base, ...args])
  const up = async (): Promise<void> => void (await compose('up', '--detach', '--wait'))
  const containers = (service: string): Promise<readonly string[]> =>
    list('docker', ['ps', '--all', ...labels(install, service), '--format', '{{.Names}}'])
  const namesSettled = (): Promise<void> => Promise.resolve()
  return { name: 'docker compose', program: 'docker', compose, up, containers, namesSettled }
}

/**
 * podman-compose mounts no `configs` with content, and Podman of this age starts no health checks by itself and waits for none:
 * all three are done here, from what the files say.
 */
export const podman = (install: Install, read: (path: string) => string): Engine => {
  const parsed = filesOf(install).map((file) => parse(read(file), { merge: true }) as File)
  const services: Record<string, Service> = {}
  for (const file of parsed)
    for (const [name, service] of Object.entries(file.services))
      services[name] = { ...services[name], ...service }
  const files = [...filesOf(install), writeConfigs(install, parsed)].flatMap((file) => ['-f', file])
  const base = ['-p', install.project, '--env-file', join(install.folder, '.env'), ...files]
  const compose = (...args: string[]): Promise<string> =>
    run(join(install.cache, 'venv/bin/podman-compose'), [...base, ...args])
  const containers = (service: string): Promise<readonly string[]> =>
    list('podman', ['ps', '--all', ...labels(install, service), '--format', '{{.Names}}'])
  const reached = async (service: string): Promise<void> => {
    const isJob = services[service]?.healthcheck === undefined
    for (const name of await containers(service)) await (isJob ? ended(name) : healthy(name))
  }
  const started = new Map<string, Promise<void>>()
  // One at a time: two that both find the pod or a network missing both make it, and the second fails.
  let last: Promise<unknown> = Promise.resolve()
  const create = (service: string): Promise<unknown> => {
    last = last.then(() => compose('up', '--detach', '--no-build', '--no-deps', service))
    return last
  }
  const start = (service: string): Promise<void> => {
    const known = started.get(service)
    if (known !== undefined) return known
    const work = (async () => {
      await Promise.all(Object.keys(services[service]?.depends_on ?? {}).map(start))
      await create(service)
      await reached(service)
    })()
    started.set(service, work)
    return work
  }
  const up = async (): Promise<void> => {
    started.clear()
    last = Promise.resolve()
    await Promise.all(Object.keys(services).map(start))
    await namesSettled()
  }
  const namesSettled = async (): Promise<void> => {
    for (const name of await containers('api')) await findsOthers(name)
  }
  return { name: 'podman-compose', program: 'podman', compose, up, containers, namesSettled }
}

const writeConfigs = ({ folder }: Install, files: readonly File[]): string => {
  const configs = join(folder, 'configs')
  mkdirSync(configs, { recursive: true })
  const [file] = files
  for (const [name, { content }] of Object.entries(file?.configs ?? {}))
    writeFileSync(join(configs, name), content.replaceAll('$$', '$'), { mode: 0o644 })
  const mounts = Object.entries(file?.services ?? {}).flatMap(([name, service]) => {
    const volumes = (service.configs ?? []).map(
      ({ source, target }) => `${join(configs, source)}:${target}:ro`,
    )
    // Where Podman itself runs in a container, nobody may raise these limits.
    const limits = service.ulimits === undefined ? {} : { ulimits: { nofile: 1024, nproc: 4096 } }
    return [[name, { volumes, ...limits }]]
  })
  const path = join(folder, 'configs.yml')
  writeFileSync(path, JSON.stringify({ services: Object.fromEntries(mounts) as object }))
  return path
}

const longestMs = 600_000
const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms))

/** Waits until something is so. @throws with the given sentence, and what the container said last */
const until = async (what: string, name: string, look: () => Promise<boolean>): Promise<void> => {
  const end = Date.now() + longestMs
  while (!(await look())) {
    if (Date.now() > end) throw new Error(`${name} ${what}:\n${await logOf(name)}`)
    await pause(500)
  }
}

const logOf = (name: string): Promise<string> => run('sh', ['-c', `podman logs --tail 30 ${name} 2>&1`])

/** The command of the file's own health check. */
const healthy = (name: string): Promise<void> =>
  until('did not become healthy', name, () =>
    run('podman', ['healthcheck', 'run', name]).then(
      () => true,
      () => false,
    ),
  )

/**
 * Podman's name server loads its lists anew after each start of a container, and loses questions meanwhile. Fifty of them in a
 * row must have had their answer at once.
 */
const findsOthers = (name: string): Promise<void> =>
  until('does not find the others by name', name, () =>
    run('podman', ['exec', name, '/nodejs/bin/node', '-e', askForNames]).then(
      () => true,
      () => false,
    ),
  )

const askForNames = `
  const { lookup } = require('node:dns').promises
  const ask = async (left) => {
    const begun = Date.now()
    await lookup(left % 2 ? 'postgres' : 'clickhouse')
    if (Date.now() - begun > 900) process.exit(1)
    if (left > 0) setTimeout(ask, 20, left - 1)
  }
  ask(50).catch(() => process.exit(1))`

const ended = (name: string): Promise<void> =>
  until('did not end well', name, async () => {
    const what = '{{.State.Status}} {{.State.ExitCode}} {{.HostConfig.RestartPolicy.Name}}'
    const [status, code, restart] = (await run('podman', ['inspect', '--format', what, name])).split(' ')
    // A container that is never started again has failed for good.
    if (status === 'exited' && code !== '0' && !restart?.startsWith('on-failure'))
      throw new Error(`${name} ended with ${String(code)}:\n${await logOf(name)}`)
    return status === 'exited' && code === '0'
  })

/** Where images and tools are kept between runs. */
export const openCache = (home: string): string => {
  const cache = join(home, 'countersign/containers')
  if (!existsSync(cache)) mkdirSync(cache, { recursive: true })
  return cache
}
