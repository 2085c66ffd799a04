/**
 * A sync by LDAP: everybody page by page; later, what changed since, and a sweep of all immutable ids, since a generic server
 * does not say who was deleted, moved or is no person any more.
 */
import type { Client } from 'ldapts'
import { DirectoryError } from '../directory-error.ts'
import type { SyncOptions, SyncPart } from '../port.ts'
import type { LdapOptions } from './options.ts'
import { before, idOf, newestOf, people, personOf } from './people.ts'
import { allOf, askAll, isFrom } from './questions.ts'
import type { Sessions } from './session.ts'

const pageSize = 500
/** A cursor goes back so much further, since the server's times are whole seconds. */
const marginMs = 2_000
const never = '19700101000000Z'

/** The place where the next page begins, and the newest change seen until then: no later change can be older than that. */
type Place = { readonly since: string; readonly seen: string }

/** Runs a sync. */
export const sync = (sessions: Sessions, options: LdapOptions, asked: SyncOptions): AsyncIterable<SyncPart> =>
  sessions.stream((client) => parts(client, options, asked), asked.signal)

/** @throws DirectoryError `cursor_over` for what is no cursor of ours */
const placeOf = (cursor: SyncOptions['since']): Place | null => {
  if (cursor === null) return null
  const [, since, seen] = /^(\d{14}Z)\/(\d{14}Z)$/.exec(cursor) ?? []
  if (since === undefined || seen === undefined) throw new DirectoryError('cursor_over')
  return { since, seen }
}

async function* parts(client: Client, options: LdapOptions, asked: SyncOptions): AsyncGenerator<SyncPart> {
  const place = placeOf(asked.since)
  const startedAt = performance.now()
  const question = people(options)
  const filter =
    place === null ? question.filter : allOf(question.filter, isFrom('modifyTimestamp', place.since))
  let newest = place?.seen ?? never
  for await (const entries of askAll(client, { ...question, filter }, pageSize)) {
    newest = newestOf(entries, newest)
    yield { kind: 'people', people: entries.map((entry) => personOf(entry, options)) }
  }
  if (place !== null) yield* sweep(client, options)
  // The server's clock cannot be asked. What changed behind a page that was read already did so within the time that this
  // took, and not before what was seen the last time.
  const began = before(newest, performance.now() - startedAt + marginMs)
  const since = place !== null && place.seen > began ? place.seen : began
  yield { kind: 'end', cursor: `${since}/${newest}`, isWhole: true }
}

/** The ids of everybody who is there. */
async function* sweep(client: Client, options: LdapOptions): AsyncGenerator<SyncPart> {
  const question = { ...people(options), attributes: ['entryUUID'] }
  for await (const entries of askAll(client, question, 2 * pageSize))
    yield { kind: 'present', ids: entries.map(idOf) }
}
