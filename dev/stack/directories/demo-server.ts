/**
 * A demo on a real directory, whatever its kind: started, filled once with people of `lab`, told to the operator's
 * file.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoDirectory, DemoDirectoryOptions } from '../demo/demo-directory.ts'
import { movedTenant, openDemoRows, type MovedPerson } from '../demo/demo-people.ts'

/** Wrong passwords that lock an account (samba.sh, keycloak-realm.ts). */
const triesToLock = 5

export type People = { readonly all: readonly MovedPerson[]; readonly admin: MovedPerson }
type Seeded = { readonly locked: readonly string[]; readonly admin: string; readonly ordinary: string }

/** Kinds differ in these parts. */
type DemoKind<Server> = {
  /** The folder is `directory-<short>`. */
  readonly short: string
  /** The directory's name in the operator's file and in every person's row. */
  readonly name: string
  readonly longestLogin?: number
  start(folder: string): Promise<Server>
  /** Puts people there, one as an administrator by a group within a group. Some may be there already. @returns ids by login */
  fill(server: Server, folder: string, people: People): Promise<ReadonlyMap<string, string>>
  tryWrongPassword(server: Server, login: string): Promise<unknown>
  secretOf(server: Server): string
  /** The entry of the operator's file; `secretFile` is the file with that secret. */
  entryOf(server: Server, secretFile: string): object
  /** Where it is, and a command that looks from outside, as this person. */
  linesOf(server: Server, login: string): readonly [where: string, look: string]
}

/** Starts it, fills it once, and writes the operator's file. */
export const startDemo = async <Server extends { stop(): Promise<void> }>(
  { dataFolder, databaseUrl }: DemoDirectoryOptions,
  kind: DemoKind<Server>,
): Promise<DemoDirectory> => {
  const folder = join(dataFolder, `directory-${kind.short}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const server = await kind.start(folder)
  try {
    const { locked, admin, ordinary } = await seedOnce(kind, server, folder, databaseUrl)
    const secretFile = join(folder, 'service-secret')
    writeFileSync(secretFile, `${kind.secretOf(server)}\n`, { mode: 0o600 })
    chmodSync(secretFile, 0o600)
    const DIRECTORIES = join(folder, 'directories.json')
    const entry = { tenant: movedTenant, name: kind.name, ...kind.entryOf(server, secretFile) }
    writeFileSync(DIRECTORIES, JSON.stringify({ directories: [entry] }, null, 2))
    const [where, look] = kind.linesOf(server, ordinary)
    const who = `locked out ${locked.join(', ')} · administrator by a group within a group ${admin} · neither ${ordinary}`
    const lines = [
      `${where}: people of ${movedTenant} have their accounts there`,
      `  ${who}`,
      `  look from outside: ${look}`,
    ]
    return { directoryEnv: { DIRECTORIES }, lines, stop: () => server.stop() }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** A person of an earlier start is as they were left. */
const seedOnce = async <Server>(
  kind: DemoKind<Server>,
  server: Server,
  folder: string,
  databaseUrl: string,
): Promise<Seeded> => {
  const note = join(folder, 'people-moved')
  if (existsSync(note)) return JSON.parse(readFileSync(note, 'utf8')) as Seeded
  const rows = await openDemoRows(databaseUrl, kind.longestLogin)
  try {
    const all = await rows.people()
    const [first, second, admin, ordinary] = all
    if (first === undefined || second === undefined || admin === undefined || ordinary === undefined)
      throw new Error('The demo organisation has too few people: npm run db:reset makes it anew.')
    await rows.move(kind.name, await kind.fill(server, folder, { all, admin }))
    const locked = [first.login, second.login]
    for (const login of locked)
      for (let tries = 0; tries < triesToLock; tries += 1) await kind.tryWrongPassword(server, login)
    const seeded = { locked, admin: admin.login, ordinary: ordinary.login }
    writeFileSync(note, JSON.stringify(seeded))
    return seeded
  } finally {
    await rows.close()
  }
}
