import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadConfig, variablesOf } from '../../process/config.ts'
import type { ProcessKind } from '../../process/config.ts'
import { writeInstallFiles } from '#cli/install-files.ts'
import { unknownNames } from '../../process/config-names.ts'
import { deploymentVariables, secretVariables, variables } from '../../process/config-variables.ts'
import floors from './floors.json' with { type: 'json' }

interface Service {
  readonly image?: string
  readonly build?: string
  readonly ports?: readonly string[]
  readonly user?: string
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly healthcheck?: { readonly timeout?: string }
  readonly logging?: { readonly options?: Readonly<Record<string, string>> }
  readonly mem_limit?: string
  readonly secrets?: readonly (string | { readonly source: string; readonly target: string })[]
  readonly deploy?: { readonly replicas: number }
  readonly command?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
}

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
const composeText = read('docker-compose.yml')
const compose = parse(composeText, { merge: true }) as {
  services: Readonly<Record<string, Service>>
  secrets: Readonly<Record<string, { readonly file: string }>>
}
const { services } = compose
const dockerfile = read('Dockerfile')

/** The processes of ours, by the service that runs them. */
const processes: Readonly<Record<string, ProcessKind>> = {
  api: 'api',
  worker: 'worker',
  migrate: 'migrator',
  'migrate-analytics': 'migrator',
}
/** Development only: production refuses them. */
const neverInProduction = new Set(['TWILIO_API_URL', 'OIDC_ALLOW_HTTP'])
/** Variables that compose fills in, with or without a default. */
const interpolated = new Set(
  [...composeText.matchAll(/(?<!\$)\$\{(\w+)(?::[-?+][^}]*)?\}/g)].map(([, name]) => name ?? ''),
)

/** An install as `init` writes it, for the secrets that compose mounts. */
const install = mkdtempSync(join(tmpdir(), 'countersign-deployment-'))
writeInstallFiles(install, {})
writeFileSync(join(install, 'secrets/smtp-url'), 'smtps://mail.example.org')
writeFileSync(join(install, 'secrets/oidc-client-secret'), 'q7Jx2mVt9Kd4Rw8Zb5Ny3Hc6Lf1Pg0Sa')
afterAll(() => {
  rmSync(install, { recursive: true })
})

/** The file on this machine behind `/run/secrets/NAME` of a service. */
const mounted = (service: string, path: string): string => {
  const found = services[service]?.secrets?.find(
    (secret) => (typeof secret === 'string' ? secret : secret.target) === basename(path),
  )
  const name = typeof found === 'string' ? found : (found?.source ?? 'no secret')
  const { file = 'no file' } = compose.secrets[name] ?? {}
  return join(install, file.replace('${SECRETS_DIR:-./secrets}', 'secrets'))
}

describe('configuration keys', () => {
  it('.env.example holds every variable of the schema and of docker-compose.yml, and no other', () => {
    const listed = [...read('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name ?? '')
    expect(listed.sort()).toEqual([...new Set([...Object.keys(variables), ...interpolated])].sort())
    expect(new Set(listed).size).toBe(listed.length)
  })

  it.each(['as it is', 'with every comment taken away'])('.env.example can be read by a shell, %s', (how) => {
    const text = read('.env.example')
    const file = how === 'as it is' ? text : text.replaceAll(/^#(?=[A-Z][A-Z0-9_]*=)/gm, '')
    const script = `set -aeu; ${file}\nexec env`
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin' },
    })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^MAIL_FROM=Northwind IT <it@example\.org>$/m)
    expect(stdout).toMatch(/^PORTAL_HOST=verify\.example\.org$/m)
  })

  it('a process takes an environment that holds all of .env.example', () => {
    const listed = [...Object.keys(variables), ...interpolated]
    expect(unknownNames(Object.fromEntries(listed.map((name) => [name, 'x'])))).toEqual([])
    // No name is known that nothing reads.
    const read = [...interpolated, 'COUNTERSIGN_DATA']
    expect(deploymentVariables.filter((name) => !read.includes(name))).toEqual([])
  })

  it('.env.example marks what may come from a file', () => {
    const marked = [...read('.env.example').matchAll(/^# \(secret\).*\n#?([A-Z0-9_]+)=/gm)].map(
      ([, name]) => name,
    )
    expect(marked.sort()).toEqual([...secretVariables].sort())
  })

  it.each(Object.entries(processes))(
    'docker-compose.yml gives %s the variables of its process',
    (service, kind) => {
      const given = Object.keys(services[service]?.environment ?? {}).map(
        (name) => secretVariables.find((secret) => name === `${secret}_FILE`) ?? name,
      )
      const wanted = variablesOf[kind].filter((name) => !neverInProduction.has(name))
      expect(given.sort()).toEqual([...wanted].sort())
    },
  )

  it.each(Object.entries(processes))(
    'the configuration accepts what docker-compose.yml gives %s',
    (service, kind) => {
      const example: Readonly<Record<string, string>> = {
        CONSOLE_HOST: 'desk.example.org',
        PORTAL_HOST: 'verify.example.org',
        OIDC_ISSUER: 'https://id.example.org',
        OIDC_CLIENT_ID: 'countersign',
        MAIL_FROM: 'it@example.org',
      }
      const fill = (value: string) =>
        value.replace(
          /\$\{(\w+)(?::([-?+])([^}]*))?\}/g,
          (_all, name: string, mark?: string, rest?: string) => {
            if (mark === '+') return example[name] === undefined ? '' : (rest ?? '')
            return mark === '-' ? (rest ?? '') : (example[name] ?? `${name} is not given`)
          },
        )
      const env = Object.entries(services[service]?.environment ?? {}).map(([name, value]) => [
        name,
        value.startsWith('/run/secrets/') ? mounted(service, value) : fill(value),
      ])
      expect(loadConfig(kind, Object.fromEntries(env) as Record<string, string>).mode).toBe('production')
    },
  )
})

describe('docker-compose.yml', () => {
  it('P5: publishes the port of the proxy only', () => {
    const published = Object.entries(services).filter(([, { ports = [] }]) => ports.length > 0)
    expect(published.map(([name, { ports }]) => [name, ports])).toEqual([
      ['proxy', ['443:443', '443:443/udp']],
    ])
  })

  it('P1: runs our processes as an ordinary user, read-only and without capabilities', () => {
    for (const name of Object.keys(processes)) {
      expect(services[name], name).toMatchObject({
        user: '10001:10001',
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      })
    }
  })

  it('runs two of each process and starts them after the migrations', () => {
    for (const name of ['api', 'worker']) {
      expect(services[name]?.deploy?.replicas).toBe(2)
      expect(services[name]?.depends_on).toMatchObject({
        migrate: { condition: 'service_completed_successfully' },
        'migrate-analytics': { condition: 'service_completed_successfully' },
        'temporal-namespace': { condition: 'service_completed_successfully' },
      })
    }
  })

  it('checks the health of everything that keeps running', () => {
    const endless = Object.entries(services).filter(([, { healthcheck }]) => {
      return healthcheck !== undefined && healthcheck.timeout === undefined
    })
    expect(endless.map(([name]) => name)).toEqual([])
    const jobs = ['migrate', 'migrate-analytics', 'temporal-schema', 'temporal-namespace']
    const unchecked = Object.entries(services).filter(
      ([name, { healthcheck }]) => !jobs.includes(name) && !healthcheck,
    )
    expect(unchecked.map(([name]) => name)).toEqual([])
  })

  it('P2: gives each process a database role of its own', () => {
    const roles = ['api', 'worker', 'migrate'].map((name) => {
      return new URL(readFileSync(mounted(name, '/run/secrets/database-url'), 'utf8')).username
    })
    expect(roles).toEqual(['countersign_api', 'countersign_worker', 'countersign_owner'])
  })

  it('bounds the log of every container, and the memory of everything that keeps running', () => {
    const unbounded = Object.entries(services).filter(([, { logging, healthcheck, mem_limit }]) => {
      return !logging?.options?.['max-size'] || (healthcheck !== undefined && mem_limit === undefined)
    })
    expect(unbounded.map(([name]) => name)).toEqual([])
  })

  it('M5: hands no secret over by environment', () => {
    const environments = Object.values(services).map(({ environment }) => environment ?? {})
    const inClear = environments
      .flatMap((environment) => Object.keys(environment))
      .filter((name) => secretVariables.some((secret) => secret === name) || /(PASSWORD|PWD)$/.test(name))
    expect(inClear).toEqual([])
  })

  it('names the release in the tag of our image, by default the version of package.json', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string }
    const own = Object.keys(processes).map((name) => services[name]?.image)
    expect(new Set(own)).toEqual(new Set([`countersign:\${VERSION:-${version}}`]))
  })

  it('holds no part of the development stack and no deprecated image', () => {
    expect(composeText).not.toMatch(/start-dev|auto-setup|temporalio\/temporal:|mailpit|tctl/)
  })

  it('names a fixed version of every image', () => {
    const images = Object.values(services).flatMap(({ image, build }) => (image && !build ? [image] : []))
    const base = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image ?? '')
    expect(images.filter((image) => !/:\d+\.\d+/.test(image))).toEqual([])
    expect(base.filter((image) => !/:(\d+\.\d+|nonroot)/.test(image))).toEqual([])
  })

  it.each(floors.images.filter(({ name }) => composeText.includes(`${name}:`)))(
    'L5: $name is $atLeast or newer ($why)',
    ({ name, atLeast }) => {
      const version = new RegExp(`${name}:([\\d.]+)`).exec(composeText)?.[1] ?? '0'
      const [found, floor] = [version, atLeast].map((text) =>
        text
          .split('.')
          .map((part) => part.padStart(6, '0'))
          .join('.'),
      )
      expect(found?.localeCompare(floor ?? '')).toBeGreaterThanOrEqual(0)
    },
  )
})

describe('Dockerfile', () => {
  const final = dockerfile.slice(dockerfile.lastIndexOf('FROM '))

  it('P1: ends in an image without shell, as an ordinary user, with nothing run in it', () => {
    expect(final).toMatch(/^FROM gcr\.io\/distroless\/nodejs\d+-debian\d+:nonroot/)
    expect(final).toContain('USER 10001:10001')
    expect(final).not.toMatch(/^RUN /m)
  })

  it('L1: runs no install scripts, and production carries no development packages', () => {
    expect(dockerfile.match(/npm (ci|install)[^\n&]*/g)).toEqual([
      'npm ci --omit=dev --ignore-scripts',
      'npm ci --ignore-scripts',
    ])
    expect(final).toContain('COPY --from=packages /app/node_modules node_modules')
  })

  it('keeps secrets and state out of the image', () => {
    const ignored = read('.dockerignore').split('\n')
    expect(ignored).toEqual(expect.arrayContaining(['.env', '.data', '.git', 'node_modules', 'secrets']))
  })
})
