/** Real directories come from the system's packages; what is missing is installed, or it is said how. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Programs, and the Debian packages that bring them. */
export type Programs = Readonly<Record<string, readonly string[]>>

/** A Samba domain controller, and what shows from outside that a password works. */
export const sambaPrograms: Programs = {
  '/usr/sbin/samba': ['samba-ad-dc', 'samba-ad-provision'],
  '/usr/bin/ldapsearch': ['ldap-utils'],
  '/usr/bin/openssl': ['openssl'],
}

/** OpenLDAP's server. */
export const slapdPrograms: Programs = {
  '/usr/sbin/slapd': ['slapd', 'ldap-utils'],
  '/usr/bin/openssl': ['openssl'],
}

/** These programs fetch, unpack and run Keycloak. */
export const keycloakPrograms: Programs = {
  '/usr/bin/java': ['openjdk-17-jre-headless'],
  '/usr/bin/mvn': ['maven'],
  '/usr/bin/unzip': ['unzip'],
  '/usr/bin/openssl': ['openssl'],
}

/** Installs the programs that are missing, by apt. @throws with what to do, where it cannot */
export const installPrograms = (programs: Programs, notify: (sentence: string) => void): void => {
  const missing = Object.keys(programs).filter((program) => !existsSync(program))
  if (missing.length === 0) return
  const packages = [...new Set(missing.flatMap((program) => programs[program] ?? []))]
  const command = `apt-get install --yes --no-install-recommends ${packages.join(' ')}`
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(`Real directories are not installed: as root, ${command}`)
  notify(`Installing ${packages.join(', ')} …`)
  // Run level 1: the packages' own services stay off; ours are started here.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const run = (...args: string[]): void => {
    execFileSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  }
  try {
    run('update', '--quiet=2')
    run('install', '--yes', '--no-install-recommends', '--quiet=2', ...packages)
  } catch (error) {
    throw new Error(`Real directories could not be installed here; this does it: ${command}`, {
      cause: error,
    })
  }
}
