import { searchableDirectories } from '#platform/server/db/directory-syncs.ts'
import { searchPeople as search } from '#platform/server/db/people.ts'
import { recordEvents } from '#platform/server/db/record-events.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { bind } from '../bind.ts'
import type { ApiDeps } from '../deps.ts'
import { directoryNote } from './directory-note.ts'
import { actorOf, excludedPeople } from './scope.ts'

/** At least three characters, at most 20 people, audited (security.md D9). */
export const searchPeople = ({ db }: ApiDeps) =>
  bind('console.searchPeople', ({ staff, body }) =>
    inTenant(db, staff.tenantId, async (tx) => {
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
