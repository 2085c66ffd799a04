import { isCancellation, sleep } from '@temporalio/workflow'
import type { Inbox } from '../inbox.ts'
import type { Steps } from './sending.ts'

/** A link that is opened in its last moment is still opened. */
const graceMs = 5_000

/**
 * A start that anybody may have asked for keeps nobody from help longer than its link lives: unopened, the case ends with it
 * (T18). Once staff sent another link it is a case of theirs.
 */
export const endUnopened = async (
  { run, lifetimes, now }: Steps,
  inbox: Inbox,
  end: () => Promise<void>,
): Promise<void> => {
  if (run.case.referrer.kind !== 'self_service') return
  const untilMs = Date.parse(run.case.createdAt) + lifetimes.linkSeconds * 1000 + graceMs
  try {
    await sleep(Math.max(untilMs - now(), 1))
    inbox.leave(async () => {
      const { state, linkOrdinal } = run.snapshot
      if ((state === 'link_sent' || state === 'undelivered') && linkOrdinal <= 1) await end()
    })
  } catch (error) {
    if (!isCancellation(error)) throw error
  }
}
