/** A real slapd on any free port: a generic LDAP directory with password policy and its own log of writes (`cn=log`). */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pickFreePort } from '../ports.ts'
import { ended, startServer, whenOpen } from './child.ts'
import { makeCertificates } from './certificates.ts'
import { slapdConfiguration, suffix } from './slapd-configuration.ts'

/** Passwords of the accounts that a started slapd has. */
export type SlapdPasswords = { readonly admin: string; readonly service: string }

/** A running slapd. */
export type Slapd = {
  readonly url: string
  readonly port: number
  /** Speaks plain LDAP, and takes no password. */
  readonly plainPort: number
  /** PEM file of the authority. */
  readonly caFile: string
  readonly suffix: string
  readonly adminDn: string
  readonly serviceDn: string
  readonly logSuffix: string
  readonly passwords: SlapdPasswords
  stop(): Promise<void>
}

const program = '/usr/sbin/slapd'

/** Starts a slapd in a folder of its own, with the entries of an LDIF text below `dc=corp,dc=example`. */
export const startSlapd = async (folder: string, ldif: string): Promise<Slapd> => {
  const [port, plainPort] = [await pickFreePort(), await pickFreePort()]
  for (const name of ['log', 'db']) mkdirSync(join(folder, name), { recursive: true })
  const certificates = makeCertificates(join(folder, 'tls'), ['localhost', 'ldap.corp.example'])
  const passwords = { admin: 'Adm1n-Passw0rd-demo', service: 'Svc-Passw0rd-demo-1' }
  const configuration = join(folder, 'slapd.conf')
  writeFileSync(configuration, slapdConfiguration(folder, certificates, passwords.admin), { mode: 0o600 })
  writeFileSync(join(folder, 'seed.ldif'), ldif, { mode: 0o600 })
  execFileSync(
    '/usr/sbin/slapadd',
    ['-q', '-f', configuration, '-b', suffix, '-l', join(folder, 'seed.ldif')],
    {
      stdio: 'pipe',
    },
  )
  const url = `ldaps://localhost:${port}`
  const child = startServer([
    program,
    '-f',
    configuration,
    '-h',
    `ldap://127.0.0.1:${plainPort} ldaps://127.0.0.1:${port}`,
    '-d',
    '0',
  ])
  await whenOpen(child, port)
  return {
    url,
    port,
    plainPort,
    caFile: certificates.ca,
    suffix,
    adminDn: `cn=admin,${suffix}`,
    serviceDn: `cn=svc-reset,${suffix}`,
    logSuffix: 'cn=log',
    passwords,
    stop: () => ended(child),
  }
}
