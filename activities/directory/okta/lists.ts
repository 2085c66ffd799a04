/** Lists of Okta: page by page, by the address of the next one in the `Link` header. */
import { z } from 'zod'
import { DirectoryError } from '../directory-error.ts'
import { leastSearch, type DirectoryPerson, type SyncOptions, type SyncPart } from '../port.ts'
import { patience, readAs, type Api, type ReadOptions } from '../rest/api.ts'
import type { Answered } from '../rest/client.ts'
import type { OktaOptions } from './options.ts'
import { isPerson, oktaAccount, personOf, type OktaAccount } from './people.ts'

const pageSize = 200
const users = z.array(oktaAccount)
/** A list may be behind what was written; a sync goes back so much further. Milliseconds. */
const marginMs = 5 * 60_000

/** The address of the next page, or null. */
export const nextOf = (link: string | string[] | undefined): string | null => {
  const links = [link ?? '']
    .flat()
    .join(', ')
    .split(/,\s*(?=<)/)
  return links.map((one) => /^<([^>]+)>;.*\brel="next"/.exec(one)?.[1]).find(Boolean) ?? null
}

/** Every page of a list. */
export async function* pagesOf(api: Api, first: string, options: ReadOptions = {}): AsyncGenerator<Answered> {
  for (let place: string | null = first; place !== null;) {
    if (options.signal?.aborted === true) throw new DirectoryError('unreachable')
    const answer = await api.read(place, options)
    if (answer === null) throw new DirectoryError('answer')
    yield answer
    place = nextOf(answer.headers.link)
  }
}

/**
 * A sync gives everybody; later, who changed. A deactivated account counts as gone. Okta deletes only deactivated accounts;
 * the daily reading of everybody finds an account that was deactivated and deleted between two syncs.
 */
export async function* sync(
  api: Api,
  options: OktaOptions,
  { since, signal }: SyncOptions,
): AsyncGenerator<SyncPart> {
  const filter = since === null ? '' : `&filter=${encodeURIComponent(`lastUpdated gt "${placeOf(since)}"`)}`
  const first = `/api/v1/users?limit=${String(pageSize)}${filter}`
  let began: string | null = null
  const seen = new Set<string>()
  for await (const { json, headers } of pagesOf(api, first, { signal, patienceMs: patience.sync })) {
    began ??= beganAt(headers.date)
    const unseen = readAs(users, json).filter(({ id }) => !seen.has(id))
    for (const { id } of unseen) seen.add(id)
    const isThere = (user: OktaAccount): boolean => user.status !== 'DEPROVISIONED' && isPerson(user, options)
    yield { kind: 'people', people: unseen.filter(isThere).map((user) => personOf(user, options)) }
    yield { kind: 'gone', ids: unseen.filter((user) => !isThere(user)).map(({ id }) => id) }
  }
  yield { kind: 'end', cursor: began ?? '', isWhole: since === null }
}

/** The time by the server's own clock. @throws DirectoryError when it does not say */
const beganAt = (date: string | undefined): string => {
  const ms = Date.parse(date ?? '')
  if (Number.isNaN(ms)) throw new DirectoryError('answer')
  return new Date(ms - marginMs).toISOString()
}

/** @throws DirectoryError `cursor_over` for what is no cursor of ours */
const placeOf = (cursor: string): string => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(cursor)) throw new DirectoryError('cursor_over')
  return cursor
}

const searched = ['login', 'email', 'firstName', 'lastName'] as const

/** People whose name, login or address has every word of the text, which is quoted (K2). */
export const search = async (
  api: Api,
  options: OktaOptions,
  text: string,
  limit: number,
  signal?: AbortSignal,
): Promise<readonly DirectoryPerson[]> => {
  const words = text.split(/\s+/).filter((word) => word !== '')
  if ([...text].length < leastSearch || words.length === 0) return []
  const question = words
    .map((word) => searched.map((name) => `profile.${name} co ${JSON.stringify(word)}`).join(' or '))
    .map((one) => `(${one})`)
    .join(' and ')
  const most = String(Math.min(limit, pageSize))
  const answer = await api.read(`/api/v1/users?search=${encodeURIComponent(question)}&limit=${most}`, {
    signal,
  })
  return (answer === null ? [] : readAs(users, answer.json))
    .filter((user) => user.status !== 'DEPROVISIONED' && isPerson(user, options))
    .slice(0, limit)
    .map((user) => personOf(user, options))
}
