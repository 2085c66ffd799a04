/**
 * A sync of a realm. Without rights over its log of events, Keycloak does not say what changed since when, nor who was
 * deleted: so everybody is read each time, and compared with the last time, of which a digest for each person is kept in
 * memory. A caller with another cursor than the last one given here gets everybody.
 */
import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { DirectoryError } from '../directory-error.ts'
import type { SyncOptions, SyncPart } from '../port.ts'
import { patience, readAs } from '../rest/api.ts'
import type { KeycloakOptions } from './options.ts'
import { isPerson, keycloakAccount, personOf, type KeycloakAccount } from './people.ts'
import type { KeycloakApi } from './session.ts'

const pageSize = 500
/** Each page begins so many people before the end of the last one, which shows whether the list moved meanwhile. */
const overlap = 20
const page = z.array(keycloakAccount)

/** The people that the last reading gave, and the cursor that was given for it. */
type Memory = { readonly cursor: string; readonly digests: ReadonlyMap<string, string> }

/** Gives syncs of one realm. */
export const createSync = (api: KeycloakApi, options: KeycloakOptions) => {
  let memory: Memory = { cursor: '', digests: new Map() }
  return async function* sync({ since, signal }: SyncOptions): AsyncGenerator<SyncPart> {
    const before: ReadonlyMap<string, string> = since === memory.cursor ? memory.digests : new Map()
    const digests = new Map<string, string>()
    let isWhole = true
    for await (const { users, hasGap } of pages(api, options, signal)) {
      isWhole &&= !hasGap
      const unseen = users.filter(({ id }) => !digests.has(id))
      for (const user of unseen) digests.set(user.id, digestOf(user))
      const changed = unseen.filter(({ id }) => before.get(id) !== digests.get(id))
      yield { kind: 'people', people: changed.map((user) => personOf(user, options)) }
      yield { kind: 'present', ids: unseen.map(({ id }) => id) }
    }
    isWhole &&= (await countOf(api, options, signal)) === digests.size
    memory = { cursor: randomUUID(), digests }
    // A list that moved while it was read proves nobody gone; the next sync finds out.
    yield { kind: 'end', cursor: memory.cursor, isWhole }
  }
}

const digestOf = (user: KeycloakAccount): string =>
  createHash('sha256').update(JSON.stringify(user)).digest('base64').slice(0, 22)

type Page = { readonly users: readonly KeycloakAccount[]; readonly hasGap: boolean }

async function* pages(
  api: KeycloakApi,
  options: KeycloakOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<Page> {
  let tail: readonly string[] = []
  for (let first = 0; ;) {
    const users = await pageOf(api, options, first, signal)
    const ids = new Set(users.map(({ id }) => id))
    const hasGap = tail.length > 0 && !tail.some((id) => ids.has(id))
    yield { users: users.filter((user) => isPerson(user, options)), hasGap }
    if (users.length < pageSize) return
    tail = users.slice(-overlap).map(({ id }) => id)
    first += pageSize - overlap
  }
}

const pageOf = async (
  api: KeycloakApi,
  options: KeycloakOptions,
  first: number,
  signal: AbortSignal | undefined,
): Promise<readonly KeycloakAccount[]> => {
  if (signal?.aborted === true) throw new DirectoryError('unreachable')
  const question = new URLSearchParams({
    briefRepresentation: 'false',
    first: String(first),
    max: String(pageSize),
    ...onlyPeople(options),
  })
  const answer = await api.read(`/users?${question}`, { signal, patienceMs: patience.sync })
  if (answer === null) throw new DirectoryError('answer')
  return readAs(page, answer.json)
}

const onlyPeople = ({ people }: KeycloakOptions): Readonly<Record<string, string>> =>
  people === undefined ? {} : { q: `${people.attribute}:${people.value}` }

const countOf = async (
  api: KeycloakApi,
  options: KeycloakOptions,
  signal: AbortSignal | undefined,
): Promise<number> => {
  const question = new URLSearchParams(onlyPeople(options))
  const answer = await api.read(`/users/count?${question}`, { signal })
  if (answer === null) throw new DirectoryError('answer')
  return readAs(z.number(), answer.json)
}
