import { generateKeyPairSync, createPrivateKey, createPublicKey, randomBytes } from 'node:crypto'
import { chownSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { derOf, keyFilesIn } from './key-files.ts'
import { loadKeys } from './keys.ts'
import { SecretError } from './secrets.ts'

/** One key of a list, as a file holds it. */
type Entry = { id: string; key?: string; publicKey?: string; privateKey?: string }
type Lists = Record<string, Entry[]>
type Both = { readonly api: Lists; readonly worker: Lists }

/** A list in both files, and its name. */
type List = { readonly name: string; readonly api: Entry[]; readonly worker: Entry[] }

const idsOf = (list: readonly Entry[] | undefined): string => JSON.stringify(list?.map(({ id }) => id))

/** The lists of both files. @throws SecretError where the two do not name the same keys */
const listsOf = ({ api, worker }: Both): readonly List[] =>
  Object.entries(worker)
    .filter(([, list]) => Array.isArray(list))
    .map(([name, list]) => {
      const other = api[name]
      if (other === undefined || idsOf(other) !== idsOf(list))
        throw new SecretError(`${name} names other keys for the API than for the worker: restore both files.`)
      return { name, api: other, worker: list }
    })

/** The id after those of a list: `d2` after `d1`. */
const nextId = (list: readonly Entry[]): string => {
  const numbers = list.map(({ id }) => Number(/\d+$/.exec(id)?.[0] ?? 0))
  return `${list[0]?.id.replace(/\d+$/, '') ?? 'k'}${String(Math.max(...numbers) + 1)}`
}

/** A new key of the kind that a list has: for the API without its private half. */
const newEntries = (id: string, like: string | undefined): { api: Entry; worker: Entry } => {
  if (like === undefined) {
    const key = randomBytes(32).toString('base64')
    return { api: { id, key }, worker: { id, key } }
  }
  const known = createPrivateKey({ key: Buffer.from(like, 'base64'), format: 'der', type: 'pkcs8' })
  const { privateKey } = generateKeyPairSync(known.asymmetricKeyType as 'ed25519')
  return {
    api: { id, publicKey: derOf(createPublicKey(privateKey), 'spki') },
    worker: { id, privateKey: derOf(privateKey, 'pkcs8') },
  }
}

/** Changes both files, which keep their owner and mode. Each is whole at every moment. */
const change = (folder: string, edit: (list: List) => void): void => {
  const files = keyFilesIn(folder)
  const both = { api: {} as Lists, worker: {} as Lists }
  for (const holder of ['api', 'worker'] as const) {
    loadKeys(files[holder], holder)
    both[holder] = JSON.parse(readFileSync(files[holder], 'utf8')) as Lists
  }
  for (const list of listsOf(both)) edit(list)
  for (const holder of ['api', 'worker'] as const) {
    const { mode, uid, gid } = statSync(files[holder])
    const partial = `${files[holder]}.partial`
    rmSync(partial, { force: true })
    writeFileSync(partial, `${JSON.stringify(both[holder], null, 2)}\n`, { mode: mode & 0o777 })
    chownSync(partial, uid, gid)
  }
  for (const holder of ['api', 'worker'] as const) renameSync(`${files[holder]}.partial`, files[holder])
}

/**
 * First half of a rotation: a new key at the end of every list. It reads and does not write yet, so processes with and
 * without it understand each other (E4).
 * @throws SecretError where the files are not two of a kind
 */
export const addKeys = (folder: string): void => {
  change(folder, ({ api, worker }) => {
    const entries = newEntries(nextId(worker), worker[0]?.privateKey)
    api.push(entries.api)
    worker.push(entries.worker)
  })
}

/**
 * Second half, once every process has the new keys: the last key of every list comes first, and writes from now on.
 * @throws SecretError where the files are not two of a kind
 */
export const useNewestKeys = (folder: string): void => {
  change(folder, ({ api, worker }) => {
    for (const list of [api, worker]) list.unshift(...list.splice(-1))
  })
}
