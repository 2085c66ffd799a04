import { searchLimits } from '#domain/person.ts'
import { searchableDirectories } from '#services/people/directory-syncs.ts'
import { searchPeople as search } from '#services/people/people.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { pseudonymOf } from '#platform/crypto/sealing.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { countOrRefuse } from '../../http/limit-reached.ts'
import { directoryNote } from './directory-note.ts'
import { actorOf, excludedPeople } from '../scope.ts'

/** Each is counted as a keyed digest: the words may be a name. */
const digest = (keys: KeyRing, tenantId: string, words: string): string =>
  pseudonymOf(keys, tenantId, 'people_search', words)

/** The searches on the way to these words, since the console asks while one types. */
const beginningsOf = (words: string): readonly string[] => {
  const letters = [...words]
  const count = Math.max(0, letters.length - searchLimits.fewestCharacters)
  return Array.from({ length: count }, (_, index) =>
    letters
      .slice(0, index + searchLimits.fewestCharacters)
      .join('')
      .trim(),
  )
}

/** The same words again within the window cost nothing, nor do words that are typed on. @throws LimitReached */
const permit = async (
  tx: Tx,
  keys: KeyRing,
  { staffId, tenantId }: StaffCaller,
  q: string,
): Promise<void> => {
  const { searchesPerAgent: caps } = (await currentPolicy(tx)).limits
  const words = q.toLowerCase()
  const subject = digest(keys, tenantId, words)
  const replaces = beginningsOf(words).map((beginning) => digest(keys, tenantId, beginning))
  await countOrRefuse(tx, staffId, { kind: 'search', subject, caps, replaces })
}

/** At least three characters, at most 20 people, counted (D8) and audited (D9). */
export const searchPeople = ({ db, keys }: ApiDeps) =>
  bind('console.searchPeople', ({ staff, body }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      await permit(tx, keys, staff, body.q)
      const { people, more } = await search(tx, body.q, await excludedPeople(tx, staff))
      await recordEvents(tx, actorOf(staff), null, [
        {
          type: 'people.searched',
          object: { kind: 'staff', id: staff.staffId },
          // The words searched for may be a name; the audit keeps how many were found.
          payload: { characters: body.q.length, found: people.length, more },
        },
      ])
      const canAskDirectories = (await searchableDirectories(tx)).length > 0
      return { people: [...people], more, note: await directoryNote(tx, null), canAskDirectories }
    }),
  )
