import { replayCase, replayPolicy, type Replayed, type ReplayPolicy } from '#domain/policy/replay.ts'
import { currentVersion, readVersion } from '#services/policy/policy-versions.ts'
import { replayPage, storedCaseOf, type ReplayPlace, type ReplayRow } from '#services/policy/stored-cases.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { BackTested } from '../../contract/console-policy.ts'
import type { ApiDeps } from '../../deps.ts'
import { InvalidInput } from '../../http/errors.ts'
import { draftOf } from './drafts.ts'
import { createCalculationQueue, withBreaks } from './calculation-queue.ts'

const days = 90
/** Cases of one part: a fraction of a second of work, so that a caller who leaves stops it soon. */
const partSize = 250
/** Cases named at most in one part; the counts tell of all. */
const mostNamed = 10

const rank = { refuse: 0, hold: 1, approve: 2 }

const placeOf = (text: string | null): ReplayPlace | null => {
  if (text === null) return null
  const [startedAt = '', id = ''] = text.split(' ')
  const isPlace = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(startedAt) && /^[0-9a-f-]{36}$/.test(id)
  if (!isPlace || Number.isNaN(Date.parse(startedAt)))
    throw new InvalidInput(422, [{ path: 'after', code: 'custom', message: 'not where a part ended' }])
  return { startedAt, id }
}

/** The policies that the cases were decided by. */
const ownPolicies = async (
  tx: Tx,
  rows: readonly ReplayRow[],
): Promise<ReadonlyMap<number, ReplayPolicy>> => {
  const policies = new Map<number, ReplayPolicy>()
  for (const version of new Set(rows.map(({ policyVersion }) => policyVersion))) {
    const found = await readVersion(tx, version)
    if (found !== undefined) policies.set(version, replayPolicy(found.policy))
  }
  return policies
}

const add = (found: BackTested, row: ReplayRow, { before, after, isReplayable }: Replayed): void => {
  found.cases += 1
  if (!isReplayable) {
    found.notReplayable += 1
    return
  }
  const step = rank[after.answer] - rank[before.answer]
  if (step > 0) found.better += 1
  if (step < 0) found.worse += 1
  if (after.band !== before.band) found.bandChanged += 1
  const isChanged = step !== 0 || after.band !== before.band
  if (!isChanged || found.changed.length >= mostNamed) return
  const { id, participant, purpose, outcome } = row
  const startedAt = new Date(row.startedAt).toISOString()
  found.changed.push({ verificationId: id, participant, purpose, startedAt, outcome, before, after })
}

const doneAt = (place: ReplayPlace | null, now: number): number => {
  if (place === null) return 1
  const begun = now - days * 86_400_000
  return Math.min(1, Math.max(0, (Date.parse(place.startedAt) - begun) / (now - begun)))
}

/**
 * One part of a back-test: stored cases of the last 90 days decided again under a draft. The caller asks for part after
 * part; who leaves asks for no more, and the part under way stops.
 */
export const backTestPolicy = ({ db }: ApiDeps) => {
  const calculations = createCalculationQueue()
  return bind('console.backTestPolicy', ({ staff, body, http }) =>
    calculations.run(staff.tenantId, async () => {
      const after = placeOf(body.after)
      const { rows, own, draft } = await inTenant(db, staff.tenantId, async (tx) => {
        const { policy } = await currentVersion(tx)
        const page = await replayPage(tx, days, after, partSize)
        return {
          rows: page,
          own: await ownPolicies(tx, page),
          draft: replayPolicy(draftOf(body.policy, policy)),
        }
      })
      const last = rows.length === partSize ? rows.at(-1) : undefined
      const place = last === undefined ? null : { startedAt: last.startedAt, id: last.id }
      const found: BackTested = {
        cases: 0,
        notReplayable: 0,
        better: 0,
        worse: 0,
        bandChanged: 0,
        changed: [],
        done: doneAt(place, Date.now()),
        next: place === null ? null : `${place.startedAt} ${place.id}`,
      }
      await withBreaks(rows, http.hasLeft, (row) => {
        const policy = own.get(row.policyVersion)
        if (policy !== undefined) add(found, row, replayCase(storedCaseOf(row), policy, draft))
      })
      return found
    }),
  )
}
