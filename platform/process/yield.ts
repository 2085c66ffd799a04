import { setImmediate as pause } from 'node:timers/promises'

/** Long work yields to whatever else the process has to do. */
export type Yield = {
  /** True once the work has run long enough since the last rest. */
  isDue(): boolean
  /** Resolves after everything that waits has run. */
  rest(): Promise<void>
}

/** Milliseconds of work without a rest: far less than anybody notices. */
const defaultPieceMs = 5

/** Ask `isDue` between small steps, and rest where it is. Pieces are bounded by time, whatever a step costs here. */
export const createYield = (pieceMs = defaultPieceMs): Yield => {
  let begun = performance.now()
  return {
    isDue: () => performance.now() - begun >= pieceMs,
    rest: async () => {
      await pause()
      begun = performance.now()
    },
  }
}
