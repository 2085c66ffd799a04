import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { isActing } from '#domain/verification/verification.ts'
import type { Copy } from '../../copy/index.ts'

/** The way in which an approved action came to nothing. `tone`: of the verdict and of its badge. */
export type Undone = {
  readonly words: string
  readonly badge: string
  readonly mark: string
  readonly tone: 'high' | 'elevated' | 'plain'
}

const nameOfStopper = ({ timeline }: Panel): string =>
  timeline.findLast(({ event }) => event.key === 'event.action.stopped')?.actor ?? ''

/** Explains an action that failed: a report, a member of staff, or its own words alone. */
const failed = ({ undone }: Copy, panel: Panel, words: string): Undone => {
  const reason = panel.action.reason?.key
  if (reason === 'refusal.reported')
    return { words: undone.byReport, badge: undone.stopped, mark: '▲', tone: 'high' }
  return reason === 'refusal.stopped'
    ? { words: undone.by(nameOfStopper(panel)), badge: undone.stopped, mark: '–', tone: 'plain' }
    : { words, badge: undone.failed, mark: '■', tone: 'high' }
}

/** The head of a case that passed and whose action ended without being done; null for every other case. */
export const undoneOf = (copy: Copy, panel: Panel): Undone | null => {
  const { state } = panel.action
  const { purpose, outcome } = panel.row
  if (outcome !== 'passed' || !isActing(purpose)) return null
  const { undone } = copy
  const words = copy.actions[purpose][state]
  if (state === 'expired') return { words, badge: undone.expired, mark: '◷', tone: 'plain' }
  if (state === 'unknown') return { words, badge: undone.unknown, mark: '◇', tone: 'elevated' }
  return state === 'failed' || state === 'undone' ? failed(copy, panel, words) : null
}
