/** Global setup of the tests against real directories: installs the servers that are missing, by apt. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Programs, and the Debian packages that bring them. */
const programs: Readonly<Record<string, readonly string[]>> = {
  '/usr/sbin/slapd': ['slapd', 'ldap-utils'],
  '/usr/sbin/samba': ['samba-ad-dc', 'samba-ad-provision'],
  '/usr/bin/openssl': ['openssl'],
}

/** Installs what is missing. @throws with what to do, where it cannot */
export const setup = (): void => {
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
