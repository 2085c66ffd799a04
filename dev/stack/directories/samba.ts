/** A real Active Directory domain controller on any free port: Samba's, with the service account that Countersign needs. */
import { mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { carry } from './carry.ts'
import { ended, startServer } from './child.ts'
import { makeCertificates } from './certificates.ts'

/** A running domain controller. */
export type Samba = {
  readonly url: string
  readonly port: number
  readonly caFile: string
  /** For `samba-tool -s`, which works on the files without a network. */
  readonly configuration: string
  readonly suffix: string
  readonly adminName: string
  readonly serviceName: string
  readonly passwords: { readonly admin: string; readonly service: string }
  stop(): Promise<void>
}

/** Provisioning takes about five seconds on an idle machine. */
const withinMs = 110_000
/** The passwords of the demo's and the tests' own domain, which nobody else reaches. */
export const sambaPasswords = { admin: 'Adm1n-Passw0rd-demo', service: 'Svc-Passw0rd-demo-1' }

/** Some systems have the program without what makes it a domain controller. */
const partsMissing =
  'Where a module is missing: apt-get install --no-install-recommends samba-ad-dc samba-ad-provision'

/** Provisions and starts a domain controller in a folder of its own. */
export const startSamba = async (folder: string): Promise<Samba> => {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const { ca } = makeCertificates(join(folder, 'tls'), ['dc1.corp.example', 'localhost'])
  const script = join(import.meta.dirname, 'samba.sh')
  const relay = join(import.meta.dirname, 'relay.mjs')
  const command = ['unshare', '-n', '-m', 'bash', script, folder, process.execPath, relay]
  const child = startServer(command, { ADMIN_PW: sambaPasswords.admin, SVC_PW: sambaPasswords.service })
  const socket = join(folder, 'ldaps.sock')
  const until = Date.now() + withinMs
  while (!(await answers(socket))) {
    if (child.exitCode !== null)
      throw new Error(`Samba ended with ${child.exitCode}: see ${folder}/provision.log. ${partsMissing}`)
    if (Date.now() > until) throw new Error(`Samba did not start: see ${folder}/samba.log`)
    await rest(100)
  }
  const carrier = await carry(socket)
  const { port } = carrier
  return {
    url: `ldaps://localhost:${port}`,
    port,
    caFile: ca,
    configuration: join(folder, 'etc/smb.conf'),
    suffix: 'DC=corp,DC=example',
    adminName: 'CORP\\Administrator',
    serviceName: 'CORP\\svc-reset',
    passwords: sambaPasswords,
    stop: async () => {
      await ended(child)
      await carrier.stop()
    },
  }
}

/** True if the controller answers behind the relay: the relay alone takes a connection and ends it at once. */
const answers = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const client = connect(socket)
    const timer = setTimeout(() => {
      client.destroy()
      resolve(true)
    }, 300)
    const no = (): void => {
      clearTimeout(timer)
      resolve(false)
    }
    client.once('error', no)
    client.once('close', no)
  })
