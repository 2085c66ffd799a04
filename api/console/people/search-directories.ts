import { createHmac, randomUUID } from 'node:crypto'
import { searchableDirectories } from '#services/people/directory-syncs.ts'
import { readHits } from '#services/people/people.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused, Unavailable } from '../../http/errors.ts'
import { countOrRefuse } from '../../http/limit-reached.ts'
import { valueOf } from '../../http/replies.ts'
import { actorOf, excludedPeople } from '../scope.ts'

/**
 * Asks the directories themselves, by way of the worker, and shows whom it stored: as a search of our own rows, at most 20
 * people, masked and audited (D9), and each counted as a look-up (D8), since it asks others for people.
 */
export const searchDirectories = (deps: ApiDeps) =>
  bind('console.searchDirectories', async ({ staff, body }) => {
    await permit(deps, staff, body.q)
    const { personIds, more, silent } = await ask(deps, staff.tenantId, body.q)
    return inTenant(deps.db, staff.tenantId, async (tx) => {
      const people = await readHits(tx, personIds, await excludedPeople(tx, staff))
      await recordEvents(tx, actorOf(staff), null, [
        {
          type: 'people.searched',
          object: { kind: 'staff', id: staff.staffId },
          // The words searched for may be a name; the audit keeps how many were found.
          payload: {
            place: 'directory',
            characters: body.q.length,
            found: people.length,
            more,
            silent: silent.length,
          },
        },
      ])
      return { people: [...people], more, silent: [...silent] }
    })
  })

/** The same words again within the window cost nothing. @throws Refused */
const permit = (
  { db, rateSecret }: ApiDeps,
  { tenantId, staffId }: StaffCaller,
  words: string,
): Promise<void> =>
  inTenant(db, tenantId, async (tx) => {
    if ((await searchableDirectories(tx)).length === 0) throw new Refused('directory_cannot')
    const { lookUpsPerAgent: caps } = (await currentPolicy(tx)).limits
    const subject = createHmac('sha256', rateSecret).update(`directory-search/${words}`).digest('base64url')
    await countOrRefuse(tx, staffId, { kind: 'look_up', subject, caps })
  })

/** @throws Unavailable where no result arrives in time */
const ask = async ({ keys, verifications }: ApiDeps, tenantId: string, words: string) => {
  const searchId = randomUUID()
  const place = { tenantId, verificationId: searchId, kind: 'directory_search', row: searchId } as const
  const sealedWords = sealForWorker(keys, place, words).toString('base64')
  const answer = valueOf(await verifications.searchDirectories({ tenantId, searchId, sealedWords }))
  if (answer === null) throw new Unavailable()
  return answer
}
