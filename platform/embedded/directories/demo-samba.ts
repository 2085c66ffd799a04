/** `npm run demo:ad`: a real Active Directory under the demo, with people of `lab`, two of them locked out and one a nested admin. */
import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { demoPassword } from '#platform/server/db/seeds/demo.ts'
import type { DemoDirectory, DemoDirectoryOptions } from '../demo-directory.ts'
import { movedTenant, openDemoRows, type MovedPerson } from '../demo-people.ts'
import { guidTextOf, readEntries } from './ldif.ts'
import { installPrograms, sambaPrograms } from './install.ts'
import { startSamba, type Samba } from './samba.ts'

const run = promisify(execFile)
const name = 'corp'
/** `sAMAccountName` takes no more. */
const longestLogin = 20
/** Wrong passwords that lock an account (samba.sh). */
const triesToLock = 5

/** Starts the domain, fills it once, and writes the operator's file. */
export const start = async ({
  dataFolder,
  databaseUrl,
  notify,
}: DemoDirectoryOptions): Promise<DemoDirectory> => {
  installPrograms(sambaPrograms, notify)
  if (process.getuid?.() !== 0)
    throw new Error('Samba gets a network of its own, which only root can make: sudo npm run demo:ad')
  const folder = join(dataFolder, 'directory-ad')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  notify('Starting a Samba domain controller …')
  const samba = await startSamba(join(folder, 'dc'))
  try {
    const seeded = await seedOnce(folder, samba, databaseUrl)
    return {
      directoryEnv: { DIRECTORIES: writeFile(folder, samba) },
      lines: linesOf(samba, seeded),
      stop: () => samba.stop(),
    }
  } catch (error) {
    await samba.stop()
    throw error
  }
}

const writeFile = (folder: string, samba: Samba): string => {
  const passwordFile = join(folder, 'service-password')
  writeFileSync(passwordFile, `${samba.passwords.service}\n`, { mode: 0o600 })
  chmodSync(passwordFile, 0o600)
  const path = join(folder, 'directories.json')
  const directory = {
    ...{ kind: 'active_directory', tenant: movedTenant, name, url: samba.url, caFile: samba.caFile },
    ...{ bindDn: samba.serviceName, passwordFile, base: `OU=People,${samba.suffix}` },
  }
  writeFileSync(path, JSON.stringify({ directories: [directory] }, null, 2))
  return path
}

type Seeded = { readonly locked: readonly string[]; readonly admin: string; readonly ordinary: string }

/** Whoever is there after an earlier start is as they were left. */
const seedOnce = async (folder: string, samba: Samba, databaseUrl: string): Promise<Seeded> => {
  const rows = await openDemoRows(databaseUrl, longestLogin)
  try {
    const people = await rows.people()
    const note = join(folder, 'people-moved')
    const [first, second, admin, ordinary] = people
    if (!existsSync(note)) {
      if (first === undefined || second === undefined || admin === undefined || ordinary === undefined)
        throw new Error('The demo organisation has too few people: npm run db:reset makes it anew.')
      await fill(folder, samba, people, admin)
      await rows.move(name, await idsOf(folder, samba))
      for (const { login } of [first, second]) await lockOut(samba, login)
      const seeded = { locked: [first.login, second.login], admin: admin.login, ordinary: ordinary.login }
      writeFileSync(note, JSON.stringify(seeded))
    }
    return JSON.parse(readFileSync(note, 'utf8')) as Seeded
  } finally {
    await rows.close()
  }
}

const dnOf = (samba: Samba, login: string): string => `CN=${login},OU=People,${samba.suffix}`
const base64 = (text: string, encoding: BufferEncoding = 'utf8'): string =>
  Buffer.from(text, encoding).toString('base64')

/** Every value in base64, whatever letters it has. */
const entryOf = (samba: Samba, person: MovedPerson): string => {
  const values: Readonly<Record<string, string | null>> = {
    sAMAccountName: person.login,
    userPrincipalName: `${person.login}@corp.example`,
    userAccountControl: '512',
    displayName: person.displayName,
    givenName: person.givenName,
    sn: person.familyName,
    mail: person.workEmail,
    title: person.title,
    department: person.department,
    physicalDeliveryOfficeName: person.office,
    c: person.country,
    preferredLanguage: person.language,
  }
  return [
    `dn: ${dnOf(samba, person.login)}`,
    'objectClass: user',
    ...Object.entries(values).flatMap(([key, value]) =>
      value === null || value === '' ? [] : [`${key}:: ${base64(value)}`],
    ),
    `unicodePwd:: ${base64(`"${demoPassword}"`, 'utf16le')}`,
    '',
  ].join('\n')
}

/** A group within the domain's administrators, with one member: nothing on the person's own entry says so. */
const nestedAdmin = (samba: Samba, { login }: MovedPerson): string => {
  const group = `CN=Server Room,OU=People,${samba.suffix}`
  return [
    `dn: ${group}\nchangetype: add\nobjectClass: group\nsAMAccountName: server-room\nmember: ${dnOf(samba, login)}\n`,
    `dn: CN=Domain Admins,CN=Users,${samba.suffix}\nchangetype: modify\nadd: member\nmember: ${group}\n`,
  ].join('\n')
}

/** OpenLDAP's own programs take this machine's own name for `localhost`, and check the certificate against it. */
const addressOf = ({ port }: Samba): string => `ldaps://127.0.0.1:${String(port)}`

/** Options of OpenLDAP's own programs. Everybody may read a command line, so the password is in a private file. */
const asAdmin = (folder: string, samba: Samba): string[] => {
  const file = join(folder, 'admin-password')
  // All of it is the password: no line ends it.
  writeFileSync(file, samba.passwords.admin, { mode: 0o600 })
  return ['-x', '-H', addressOf(samba), '-D', samba.adminName, '-y', file]
}
const env = (samba: Samba) => ({ env: { PATH: process.env['PATH'], LDAPTLS_CACERT: samba.caFile } })

const fill = async (
  folder: string,
  samba: Samba,
  people: readonly MovedPerson[],
  admin: MovedPerson,
): Promise<void> => {
  const [entries, groups] = [join(folder, 'people.ldif'), join(folder, 'groups.ldif')]
  writeFileSync(entries, people.map((person) => entryOf(samba, person)).join('\n'), { mode: 0o600 })
  writeFileSync(groups, nestedAdmin(samba, admin), { mode: 0o600 })
  await run('ldapadd', [...asAdmin(folder, samba), '-c', '-f', entries], env(samba)).catch(already)
  await run('ldapmodify', [...asAdmin(folder, samba), '-c', '-f', groups], env(samba)).catch(already)
}

/** A start that was cut short left some of it there (result codes 20 and 68). */
const already = (error: unknown): void => {
  const { code } = error as { code?: unknown }
  if (code !== 68 && code !== 20) throw error
}

const idsOf = async (folder: string, samba: Samba): Promise<ReadonlyMap<string, string>> => {
  const asked = ['-LLL', '-o', 'ldif-wrap=no', '-b', `OU=People,${samba.suffix}`, '(objectClass=user)']
  const { stdout } = await run(
    'ldapsearch',
    [...asAdmin(folder, samba), ...asked, 'sAMAccountName', 'objectGUID'],
    {
      ...env(samba),
      maxBuffer: 16 * 2 ** 20,
    },
  )
  return new Map(
    readEntries(stdout).flatMap((entry) => {
      const [login, guid] = [entry.get('sAMAccountName'), entry.get('objectGUID')]
      return login === undefined || guid === undefined ? [] : [[login.toString('utf8'), guidTextOf(guid)]]
    }),
  )
}

const lockOut = async (samba: Samba, login: string): Promise<void> => {
  for (let tries = 0; tries < triesToLock; tries += 1)
    await run(
      'ldapsearch',
      ['-x', '-H', addressOf(samba), '-D', `CORP\\${login}`, '-w', 'wrong'],
      env(samba),
    ).catch(() => undefined)
}

const linesOf = (samba: Samba, { locked, admin, ordinary }: Seeded): string[] => [
  `Active Directory (Samba) corp.example at ${samba.url}: people of ${movedTenant} have their accounts there`,
  `  locked out for ten minutes ${locked.join(', ')} · Domain Admin by a group within the group ${admin} · neither ${ordinary}`,
  `  look from outside: LDAPTLS_CACERT=${samba.caFile} ldapsearch -x -H ${addressOf(samba)} -D 'CORP\\${ordinary}' -w '${demoPassword}' -s base -b ${samba.suffix} dn`,
]
