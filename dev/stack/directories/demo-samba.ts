/** `npm run demo:ad`: a real Active Directory under the demo, with people of `lab`, two of them locked out and one a nested admin. */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { demoPassword } from '../../seeds/demo.ts'
import type { DemoDirectory, DemoDirectoryOptions } from '../demo/demo-directory.ts'
import type { MovedPerson } from '../demo/demo-people.ts'
import { startDemo, type People } from './demo-server.ts'
import { guidTextOf, readEntries } from './ldif.ts'
import { installPrograms, sambaPrograms } from './install.ts'
import { startSamba, type Samba } from './samba.ts'

const run = promisify(execFile)
/** `sAMAccountName` takes no more. */
const longestLogin = 20

/** Starts the domain, fills it once, and writes the operator's file. */
export const start = (options: DemoDirectoryOptions): Promise<DemoDirectory> =>
  startDemo<Samba>(options, {
    short: 'ad',
    name: 'corp',
    longestLogin,
    start: (folder) => {
      installPrograms(sambaPrograms, options.notify)
      if (process.getuid?.() !== 0)
        throw new Error('Samba gets a network of its own, which only root can make: sudo npm run demo:ad')
      options.notify('Starting a Samba domain controller …')
      return startSamba(join(folder, 'dc'))
    },
    fill,
    tryWrongPassword: (samba, login) =>
      run(
        'ldapsearch',
        ['-x', '-H', addressOf(samba), '-D', `CORP\\${login}`, '-w', 'wrong'],
        env(samba),
      ).catch(() => undefined),
    secretOf: ({ passwords }) => passwords.service,
    entryOf: ({ url, caFile, serviceName, suffix }, passwordFile) => ({
      ...{ kind: 'active_directory', url, caFile, bindDn: serviceName, passwordFile },
      base: `OU=People,${suffix}`,
    }),
    linesOf: (samba, login) => [
      `Active Directory (Samba) corp.example at ${samba.url}, where a lockout ends after ten minutes`,
      `LDAPTLS_CACERT=${samba.caFile} ldapsearch -x -H ${addressOf(samba)} -D 'CORP\\${login}' -w '${demoPassword}' -s base -b ${samba.suffix} dn`,
    ],
  })

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
  samba: Samba,
  folder: string,
  { all, admin }: People,
): Promise<ReadonlyMap<string, string>> => {
  const [entries, groups] = [join(folder, 'people.ldif'), join(folder, 'groups.ldif')]
  writeFileSync(entries, all.map((person) => entryOf(samba, person)).join('\n'), { mode: 0o600 })
  writeFileSync(groups, nestedAdmin(samba, admin), { mode: 0o600 })
  await run('ldapadd', [...asAdmin(folder, samba), '-c', '-f', entries], env(samba)).catch(already)
  await run('ldapmodify', [...asAdmin(folder, samba), '-c', '-f', groups], env(samba)).catch(already)
  return idsOf(folder, samba)
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
