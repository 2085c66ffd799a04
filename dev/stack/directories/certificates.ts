/** A certificate authority of a test or a demo, made by openssl: Node can check certificates, not make them. */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Files of an authority and of a server's certificate that it signed. */
export type Certificates = { readonly ca: string; readonly cert: string; readonly key: string }

const openssl = (folder: string, ...args: string[]): void => {
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
}

/**
 * Makes an authority and a certificate for the loopback address under the given names, good for 30 days; `days` may be
 * negative, for one that is over.
 */
export const makeCertificates = (folder: string, names: readonly string[], days = 30): Certificates => {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl(
    folder,
    'req',
    '-x509',
    ...newKey,
    '-days',
    '30',
    '-subj',
    '/CN=Test CA',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  )
  openssl(
    folder,
    'req',
    ...newKey,
    '-subj',
    `/CN=${names[0] ?? 'localhost'}`,
    '-keyout',
    'key.pem',
    '-out',
    'server.csr',
  )
  writeFileSync(
    join(folder, 'names'),
    `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')},IP:127.0.0.1\n`,
  )
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names']
  openssl(folder, 'x509', '-req', '-in', 'server.csr', ...signing, '-days', String(days), '-out', 'cert.pem')
  for (const secret of ['ca.key', 'key.pem']) chmodSync(join(folder, secret), 0o600)
  return { ca: join(folder, 'ca.pem'), cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
}
