/** A real Samba domain under the product: what it says itself, and how it goes away, for the journeys over it. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { sambaPasswords } from '#dev/stack/directories/samba.ts'
import { movedInto } from './moved.ts'

const { folder, seeded, place } = movedInto('ad')
export { seeded }

/**
 * True if the domain takes this password, asked by OpenLDAP's own program. It knows no "who am I"; 49 is a wrong one.
 */
export const signsIn = async (login: string, password: string): Promise<boolean> => {
  const { url, caFile } = place()
  const own = mkdtempSync(join(tmpdir(), 'countersign-journey-'))
  const file = join(own, 'password')
  writeFileSync(file, password, { mode: 0o600 })
  const as = ['-x', '-H', url.replace('localhost', '127.0.0.1'), '-D', `CORP\\${login}`, '-y', file]
  try {
    await promisify(execFile)('ldapsearch', [...as, '-s', 'base', '-b', 'DC=corp,DC=example', 'dn'], {
      env: { LDAPTLS_CACERT: caFile, PATH: '/usr/bin:/bin' },
    })
    return true
  } catch (error) {
    if ((error as { code?: unknown }).code === 49) return false
    throw error
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

/** An administrator creates a person in the domain, with a work address and a mobile number. */
export const addToDomain = async (login: string, given: string, family: string): Promise<void> => {
  const { url, caFile, base = '' } = place()
  const own = mkdtempSync(join(tmpdir(), 'countersign-journey-'))
  const [password, entry] = [join(own, 'password'), join(own, 'entry')]
  writeFileSync(password, sambaPasswords.admin, { mode: 0o600 })
  const lines = [
    ...[`dn: CN=${login},${base}`, 'objectClass: user', `sAMAccountName: ${login}`, `givenName: ${given}`],
    ...[`sn: ${family}`, `displayName: ${given} ${family}`, `mail: ${login}@lab.example`],
    ...['mobile: +44 7700 900123', 'title: Analyst', 'department: Finance', 'userAccountControl: 544', ''],
  ]
  writeFileSync(entry, lines.join('\n'))
  const as = ['-x', '-H', url.replace('localhost', '127.0.0.1'), '-D', 'CORP\\Administrator', '-y', password]
  try {
    await promisify(execFile)('ldapadd', [...as, '-f', entry], {
      env: { LDAPTLS_CACERT: caFile, PATH: '/usr/bin:/bin' },
    })
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

/** A lockout of the domain ends by itself after ten minutes. */
export const lockOut = async (login: string): Promise<void> => {
  for (let tries = 0; tries < 5; tries += 1) expect(await signsIn(login, 'not the password')).toBe(false)
}

/** The program that carries every connection to the domain controller (dev/stack/directories/relay.mjs). */
const relay = (): number => {
  const socket = join(folder, 'dc', 'ldaps.sock')
  const found = readdirSync('/proc').find((pid) => {
    try {
      const [, program = '', place = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      return program.endsWith('relay.mjs') && place.endsWith(socket)
    } catch {
      // It ended while we looked, or is no process.
      return false
    }
  })
  if (found === undefined) throw new Error('nothing carries connections to the domain controller')
  return Number(found)
}

/** From now on connections are taken, and what is sent over them is swallowed. Returns the function that ends it. */
export const blackHole = (): (() => void) => {
  const pid = relay()
  process.kill(pid, 'SIGSTOP')
  return () => {
    process.kill(pid, 'SIGCONT')
  }
}
