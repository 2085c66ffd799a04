/** Global setup of the tests against real directories: installs the servers that are missing, by apt, and starts PostgreSQL. */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { pickFreePort } from '../ports.ts'
import { startPostgres } from '../postgres.ts'
import type {} from './stack.ts'

/** Programs, and the Debian packages that bring them. */
const programs: Readonly<Record<string, readonly string[]>> = {
  '/usr/sbin/slapd': ['slapd', 'ldap-utils'],
  '/usr/sbin/samba': ['samba-ad-dc', 'samba-ad-provision'],
  '/usr/bin/openssl': ['openssl'],
}

/** Makes ready what the tests need, and gives what ends it. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  install()
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'))
  // PostgreSQL's account must be able to enter it when the tests run as root.
  chmodSync(folder, 0o755)
  const port = await pickFreePort()
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), port, mode: 'test' })
  project.provide('databaseUrl', postgres.url)
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @throws with what to do, where it cannot install what is missing */
const install = (): void => {
  const missing = Object.keys(programs).filter((program) => !existsSync(program))
  if (missing.length === 0) return
  const packages = missing.flatMap((program) => programs[program] ?? [])
  const command = `apt-get install --yes --no-install-recommends ${packages.join(' ')}`
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(`Real directories are not installed: as root, ${command}`)
  process.stdout.write(`Installing ${packages.join(', ')} …\n`)
  // Run level 1: the packages' own services stay off; the tests start theirs.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  execFileSync('apt-get', ['update', '--quiet=2'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  execFileSync('apt-get', ['install', '--yes', '--no-install-recommends', '--quiet=2', ...packages], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
