/** Each side of a comparison carries verifications from start to decision on a real Temporal server. */
import type { Client } from '@temporalio/client'

/** The times of the steps of one verification, in milliseconds. */
export type FlowTimes = { readonly openMs: number; readonly codeMs: number; readonly allMs: number }

/** One flow that was carried through. */
export type Flow = FlowTimes & { readonly workflowId: string }

/** The options of a flow. */
export type FlowOptions = {
  /** Answers that the participant gives. */
  readonly answers: number
  /** Pause before the decision, so that no two messages share a workflow task and counts repeat exactly. Milliseconds. */
  readonly settleMs: number
  /** Gives one answer otherwise than by the API's functions. */
  readonly answerBy?: (asked: {
    readonly tenantId: string
    readonly verificationId: string
    readonly session: string
  }) => Promise<void>
}

/** A side of a comparison. */
export type Side = {
  readonly name: string
  readonly client: Client
  /** Makes ready what `count` flows need, outside of any measurement. */
  prepare(count: number): Promise<void>
  flow(options: FlowOptions): Promise<Flow>
  close(): Promise<void>
}

/** Things that happen in a worker of this process, by workflow id; the player of the flow waits for them. */
export const createOccurrences = () => {
  const waiting = new Map<string, () => void>()
  const seen = new Set<string>()
  return {
    happened: (id: string): void => {
      const resume = waiting.get(id)
      if (resume === undefined) seen.add(id)
      else resume()
      waiting.delete(id)
    },
    wait: (id: string): Promise<void> =>
      seen.delete(id) ? Promise.resolve() : new Promise((resolve) => waiting.set(id, resolve)),
  }
}

/** Runs `count` flows, `concurrency` at a time. @throws what a flow throws */
export const runFlows = async (
  side: Side,
  count: number,
  concurrency: number,
  options: FlowOptions,
): Promise<Flow[]> => {
  const flows: Flow[] = []
  let left = count
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      flows.push(await side.flow(options))
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  return flows
}
