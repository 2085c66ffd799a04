/**
 * A sync by LDAP: everybody page by page; later, what changed since, and a sweep of all immutable ids, since a generic server
 * tells nobody what was deleted, moved or is no person any more.
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

/** Runs a sync; the cursor is the server's own time of the newest change seen, less the time that this sync took. */
export const sync = (sessions: Sessions, options: LdapOptions, asked: SyncOptions): AsyncIterable<SyncPart> =>
  sessions.stream((client) => parts(client, options, asked), asked.signal)

async function* parts(
  client: Client,
  options: LdapOptions,
  { since }: SyncOptions,
): AsyncGenerator<SyncPart> {
  if (since !== null && !/^\d{14}Z$/.test(since)) throw new DirectoryError('cursor_over')
  const startedAt = performance.now()
  const question = people(options)
  const filter = since === null ? question.filter : allOf(question.filter, isFrom('modifyTimestamp', since))
  let newest = since ?? never
  for await (const entries of askAll(client, { ...question, filter }, pageSize)) {
    newest = newestOf(entries, newest)
    yield { kind: 'people', people: entries.map((entry) => personOf(entry, options)) }
  }
  if (since !== null) yield* sweep(client, options)
  // What changed behind a page that was read already changed within this time.
  const tookMs = performance.now() - startedAt
  yield { kind: 'end', cursor: before(newest, tookMs + marginMs), isWhole: true }
}

/** The ids of everybody who is there. */
async function* sweep(client: Client, options: LdapOptions): AsyncGenerator<SyncPart> {
  const question = { ...people(options), attributes: ['entryUUID'] }
  for await (const entries of askAll(client, question, 2 * pageSize))
    yield { kind: 'present', ids: entries.map(idOf) }
}
