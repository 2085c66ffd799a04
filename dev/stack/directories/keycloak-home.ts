/** Keycloak's own distribution, from the registry of Java packages: fetched once, compared with its checksum, made ready once. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'

/** Not below the floor of known faults (L5). */
export const keycloakVersion = '26.7.3'
const checksum = '27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f'
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1'

/** Keycloak bakes this in before its first start; a part of the folder's name, so that a change makes a new one. */
const baked = { name: 'h2', options: ['--db=dev-file', '--health-enabled=true'] }

const run = promisify(execFile)

/**
 * The folder of a Keycloak that is ready to start, made where it is missing: 180 MB are fetched, and the processor works for
 * half a minute.
 * @throws when a program is missing, nothing can be fetched, or what came is not what was meant
 */
export const openKeycloakHome = async (cache: string): Promise<string> => {
  const home = join(cache, `keycloak-${keycloakVersion}-${baked.name}`)
  if (existsSync(home)) return home
  mkdirSync(cache, { recursive: true })
  // Beside where it is to be, and moved there when it is whole: another start may do the same.
  const folder = mkdtempSync(join(cache, 'keycloak-new-'))
  try {
    const made = await unpacked(folder)
    await run('/bin/bash', [join(made, 'bin/kc.sh'), 'build', ...baked.options])
    if (!existsSync(home)) renameSync(made, home)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return home
}

const unpacked = async (folder: string): Promise<string> => {
  const artifact = `org.keycloak:keycloak-quarkus-dist:${keycloakVersion}:zip`
  const goal = ['--batch-mode', '--quiet', `${plugin}:copy`, `-Dartifact=${artifact}`]
  await run('/usr/bin/mvn', [...goal, `-DoutputDirectory=${folder}`], { cwd: folder })
  const file = join(folder, `keycloak-quarkus-dist-${keycloakVersion}.zip`)
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  if (hash.digest('hex') !== checksum)
    throw new Error(`Keycloak ${keycloakVersion} came with another checksum than the one that is known`)
  await run('/usr/bin/unzip', ['-q', file, '-d', folder])
  return join(folder, `keycloak-${keycloakVersion}`)
}
