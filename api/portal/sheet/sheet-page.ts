import { mayMakeSheet, mostSheetTries } from '#domain/recovery-sheet.ts'
import type { Policy } from '#domain/policy/policy.ts'
import { isActing, type Purpose } from '#domain/verification/verification.ts'
import type { ActionState, Outcome } from '#domain/verification/outcome.ts'
import { isThreatElevated } from '#services/policy/elevated-threats.ts'
import { readRecoveryCodeRequest } from '#services/recovery-sheets/recovery-code-requests.ts'
import { readSheetCase } from '#services/recovery-sheets/recovery-sheets.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { PortalCaller } from '../../http/callers.ts'

/** Beside the case itself, the page shows this of recovery sheets. */
export type SheetPage = {
  /** Tries left where a code is asked for. */
  readonly triesLeft: number
  /** At the end of a case that passed: a sheet may be made, or was. */
  readonly end: 'offered' | 'made' | null
}

/** At every other step. */
export const noSheetPage: SheetPage = { triesLeft: 0, end: null }

/** The page of sheets looks at this of a case. */
type Shown = {
  readonly verification: {
    readonly state: string
    readonly outcome: Outcome | null
    readonly purpose: Purpose
  }
  readonly action: { readonly state: ActionState } | null
  readonly plan: { readonly route: string } | null
  readonly policy: Omit<Policy, 'version'>
}

/** The case passed, and what it was about is done: a sheet never keeps anybody from what they came for. */
const isDone = ({ verification: { state, outcome, purpose }, action }: Shown): boolean =>
  state === 'closed' && outcome === 'passed' && (!isActing(purpose) || action?.state === 'completed')

const triesLeft = async (tx: Tx, verificationId: string): Promise<SheetPage> => {
  const request = await readRecoveryCodeRequest(tx, verificationId)
  return { ...noSheetPage, triesLeft: Math.max(0, mostSheetTries - (request?.tries ?? 0)) }
}

const end = async (
  tx: Tx,
  { verificationId, isLive }: PortalCaller,
  { policy, verification }: Shown,
): Promise<SheetPage> => {
  const [found, isElevatedThreat] = await Promise.all([
    readSheetCase(tx, verificationId),
    isThreatElevated(tx),
  ])
  if (found === undefined) return noSheetPage
  if (found.made === 'live' && !found.isDisputed) return { ...noSheetPage, end: 'made' }
  const isOffered =
    isLive &&
    found.made === null &&
    found.isHandled &&
    mayMakeSheet({ ...found, policy, outcome: verification.outcome, isElevatedThreat })
  return { ...noSheetPage, end: isOffered ? 'offered' : null }
}

/** Reads it where the case is at a step that speaks of sheets; null elsewhere: it costs nothing there. */
export const sheetPageOf = (caller: PortalCaller, found: Shown): ((tx: Tx) => Promise<SheetPage>) | null => {
  if (found.plan?.route === 'recovery_sheet' && found.verification.state !== 'closed')
    return (tx) => triesLeft(tx, caller.verificationId)
  return isDone(found) ? (tx) => end(tx, caller, found) : null
}
