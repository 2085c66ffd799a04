/** Syncs by Graph's delta, and search. */
import { z } from 'zod'
import { DirectoryError } from '../directory-error.ts'
import { leastSearch, type DirectoryPerson, type SyncOptions, type SyncPart } from '../port.ts'
import { patience, readAs, type Api } from '../rest/api.ts'
import type { EntraOptions } from './options.ts'
import { entraAccount, isPerson, listed, pagesOf, personOf, accountOf, type EntraAccount } from './people.ts'

const changes = z.object({
  value: z.array(z.union([z.object({ id: z.string(), '@removed': z.unknown() }).required(), entraAccount])),
  '@odata.deltaLink': z.string().optional(),
})
type Change = z.output<typeof changes>['value'][number]

/**
 * A sync gives everybody; later, who changed and who was deleted. Graph may list only the changed attributes of a person, and
 * may list a person twice, so each changed person is read anew, as they are now.
 */
export async function* sync(
  api: Api,
  options: EntraOptions,
  { since, signal }: SyncOptions,
): AsyncGenerator<SyncPart> {
  const seen = new Set<string>()
  const isTold = (id: string): boolean => {
    const isFirst = since === null && !seen.has(id)
    seen.add(id)
    return isFirst
  }
  let cursor: string | undefined
  for await (const { json } of pagesOf(api, firstOf(options, since), { signal, patienceMs: patience.sync })) {
    const page = readAs(changes, json)
    const gone = page.value.filter(isRemoved).map(({ id }) => id)
    const people: EntraAccount[] = []
    for (const one of page.value) {
      if (isRemoved(one)) continue
      const user = isTold(one.id) ? one : await accountOf(api, options, one.id, signal)
      if (user !== null && isPerson(user, options)) people.push(user)
      else gone.push(one.id)
    }
    yield { kind: 'people', people: people.map((user) => personOf(user, options)) }
    yield { kind: 'gone', ids: gone }
    cursor = page['@odata.deltaLink'] ?? cursor
  }
  if (cursor === undefined) throw new DirectoryError('answer')
  yield { kind: 'end', cursor, isWhole: since === null }
}

/** @throws DirectoryError `cursor_over` for an address that another Graph gave, or none */
const firstOf = ({ url }: EntraOptions, since: SyncOptions['since']): string => {
  if (since?.startsWith(`${url}/v1.0/`) === false) throw new DirectoryError('cursor_over')
  return since ?? `/users/delta?$select=${listed},manager`
}

const isRemoved = (one: Change): one is Extract<Change, { '@removed': unknown }> => '@removed' in one

const searched = ['displayName', 'givenName', 'surname', 'mail', 'userPrincipalName'] as const

/** People of whose name, login or address a word begins with each word of the text. Graph can look for beginnings alone. */
export const search = async (
  api: Api,
  options: EntraOptions,
  text: string,
  limit: number,
  signal?: AbortSignal,
): Promise<readonly DirectoryPerson[]> => {
  const words = text.split(/\s+/).filter((word) => word !== '')
  if ([...text].length < leastSearch || words.length === 0) return []
  const filter = words
    .map((word) => searched.map((name) => `startswith(${name},'${word.replaceAll("'", "''")}')`).join(' or '))
    .map((one) => `(${one})`)
    .join(' and ')
  const question = `$filter=${encodeURIComponent(filter)}&$select=${listed}&$top=${String(Math.min(limit, 999))}`
  const answer = await api.read(`/users?${question}`, { signal })
  const found = answer === null ? [] : readAs(z.object({ value: z.array(entraAccount) }), answer.json).value
  return found
    .filter((user) => isPerson(user, options))
    .slice(0, limit)
    .map((user) => personOf(user, options))
}
