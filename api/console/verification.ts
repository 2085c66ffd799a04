import { readExercise } from '#platform/server/db/exercises.ts'
import { readShownHashes, type ShownHashes } from '#platform/server/db/shown.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { bind } from '../bind.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../errors.ts'
import { heldFor, withHeldPanel } from './held.ts'
import { directoryNote } from './directory-note.ts'
import { readPanelApproval } from './panel/approval.ts'
import { panelOf } from './panel/panel.ts'
import { readRaw, type RawVerification } from './panel/raw.ts'
import { readVouching } from './panel/vouching.ts'

/** The summary panel, from the first click on. */
export const verification = (deps: ApiDeps) =>
  bind('console.verification', async ({ staff, params: { verificationId } }) => {
    // The hash first: should the case move in between, a decision on the older screen is void, never the other way round.
    const { hashes, exercise } = await inTenant(deps.db, staff.tenantId, async (tx) => ({
      hashes: await readShownHashes(tx, verificationId),
      exercise: await readExercise(tx, verificationId),
    }))
    const read = await readRaw(deps, staff, verificationId)
    if (hashes === null) throw new Refused('not_found')
    const { raw, vouching, approval, note } = await inTenant(deps.db, staff.tenantId, async (tx) => {
      const found = withHeldPanel(read, await heldFor(tx, staff))
      return {
        raw: found,
        vouching: await readVouching(deps, tx, staff, found),
        approval: await readPanelApproval(deps, tx, staff, aboutOf(found, hashes)),
        note: isOver(found) ? null : await directoryNote(tx, found.person.id),
      }
    })
    const panel = panelOf(deps, staff, { ...raw, vouching, approval }, hashes.ofScreen, exercise ?? null)
    return { ...panel, directoryNote: note }
  })

/** Nothing is asked of the directory any more. */
const isOver = ({ verification, action }: RawVerification): boolean =>
  verification.state === 'closed' &&
  (action === null || ['none', 'completed', 'failed', 'expired', 'undone'].includes(action.state))

const aboutOf = ({ verification, person, scoring }: RawVerification, hashes: ShownHashes) => {
  const { id, purpose, tier, state, policy_version: policyVersion } = verification
  return {
    head: { id, purpose, tier, state },
    personTier: person.tier,
    scoring: scoring === null ? null : { decision: scoring.decision, policyVersion },
    hashes,
  }
}
