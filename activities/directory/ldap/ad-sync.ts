/**
 * A sync of Active Directory by its own serial number of changes, which belongs to one domain controller, and a sweep of all
 * ids. Deleted objects are not asked for: an account like ours sees an empty list there, and is not told that it is kept from
 * it; nor would they say who was moved out of the unit.
 */
import type { Client, Entry } from 'ldapts'
import { DirectoryError } from '../directory-error.ts'
import type { SyncOptions, SyncPart } from '../port.ts'
import { readEntry } from './ad-groups.ts'
import type { ActiveDirectoryOptions } from './ad-options.ts'
import { adIdOf, adPeople, adPersonOf } from './ad-people.ts'
import { guidText } from './ad-values.ts'
import { bytesOf, textOf } from './entry.ts'
import { allOf, askAll, isFrom } from './questions.ts'
import type { Sessions } from './session.ts'

const pageSize = 500

/** The controller that is asked, and its newest change. */
type Place = { readonly controller: string; readonly usn: bigint }

/** Runs a sync; a cursor of another controller, or of a restored one, begins anew. */
export const adSync = (
  sessions: Sessions,
  options: ActiveDirectoryOptions,
  asked: SyncOptions,
): AsyncIterable<SyncPart> => sessions.stream((client) => parts(client, options, asked), asked.signal)

async function* parts(
  client: Client,
  options: ActiveDirectoryOptions,
  { since }: SyncOptions,
): AsyncGenerator<SyncPart> {
  // Taken before anything is read: what changes meanwhile is read again next time.
  const place = await placeOf(client)
  const people = adPeople(options)
  const filter =
    since === null ? people.filter : allOf(people.filter, isFrom('uSNChanged', firstNew(since, place)))
  for await (const page of askAll(client, { ...people, filter }, pageSize)) yield peopleOf(page)
  if (since !== null) yield* sweep(client, options)
  yield { kind: 'end', cursor: `${place.controller}/${place.usn}`, isWhole: true }
}

/** The ids of everybody who is there. */
async function* sweep(client: Client, options: ActiveDirectoryOptions): AsyncGenerator<SyncPart> {
  const question = { ...adPeople(options), attributes: ['objectGUID'] }
  for await (const page of askAll(client, question, 2 * pageSize))
    yield { kind: 'present', ids: page.map(adIdOf) }
}

const peopleOf = (page: readonly Entry[]): SyncPart => ({ kind: 'people', people: page.map(adPersonOf) })

/** The first serial number that is new. @throws DirectoryError `cursor_over` */
const firstNew = (since: string, { controller, usn }: Place): string => {
  const parsed = /^([0-9a-f-]{36})\/(\d{1,19})$/.exec(since)
  if (parsed?.[1] !== controller || BigInt(parsed[2] ?? 0) > usn) throw new DirectoryError('cursor_over')
  return String(BigInt(parsed[2] ?? 0) + 1n)
}

const placeOf = async (client: Client): Promise<Place> => {
  const root = await readEntry(client, '', ['dsServiceName', 'highestCommittedUSN'])
  const service = root === null ? null : textOf(root, 'dsServiceName')
  const usn = root === null ? null : textOf(root, 'highestCommittedUSN')
  if (service === null || usn === null) throw new DirectoryError('answer')
  const settings = await readEntry(client, service, ['invocationId'], ['invocationId'])
  const [invocation] = settings === null ? [] : bytesOf(settings, 'invocationId')
  if (invocation === undefined) throw new DirectoryError('answer')
  return { controller: guidText(invocation), usn: BigInt(usn) }
}
