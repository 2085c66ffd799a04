import { readExercise } from '#services/verifications/remarks.ts'
import { readScreenHashes, type ScreenHashes } from '#services/verifications/screen-hash.ts'
import { inSnapshot } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { readOnHold, panelWithoutHold } from './on-hold.ts'
import { directoryNote } from '../people/directory-note.ts'
import { readPanelApproval } from './panel/approval.ts'
import { panelOf } from './panel/panel.ts'
import { readRaw, type RawVerification } from './panel/raw.ts'
import { readVouching } from './panel/vouching.ts'

/**
 * The summary panel, from the first click on. All of it is of one moment: a case that moves meanwhile must not be shown
 * with the hash of the screen before (D4), on which no decision would be taken.
 */
export const verification = (deps: ApiDeps) =>
  bind('console.verification', ({ staff, params: { verificationId } }) =>
    inSnapshot(deps.db, staff.tenantId, async (tx) => {
      const hashes = await readScreenHashes(tx, verificationId)
      if (hashes === null) throw new Refused('not_found')
      const read = await readRaw(tx, staff, verificationId)
      const raw = panelWithoutHold(read, await readOnHold(tx, staff))
      const vouching = await readVouching(deps, tx, staff, raw)
      const approval = await readPanelApproval(deps, tx, staff, aboutOf(raw, hashes))
      const exercise = (await readExercise(tx, verificationId)) ?? null
      return {
        ...panelOf(deps, staff, { ...raw, vouching, approval }, hashes.ofScreen, exercise),
        directoryNote: isOver(raw) ? null : await directoryNote(tx, raw.person.id),
      }
    }),
  )

/** Nothing is asked of the directory any more. */
const isOver = ({ verification, action }: RawVerification): boolean =>
  verification.state === 'closed' &&
  (action === null || ['none', 'completed', 'failed', 'expired', 'undone'].includes(action.state))

const aboutOf = ({ verification, person, scoring }: RawVerification, hashes: ScreenHashes) => {
  const { id, purpose, tier, state, policy_version: policyVersion } = verification
  return {
    head: { id, purpose, tier, state },
    personTier: person.tier,
    scoring: scoring === null ? null : { decision: scoring.decision, policyVersion },
    hashes,
  }
}
