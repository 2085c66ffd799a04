import { setImmediate as pause } from 'node:timers/promises'

/** Rests within long work, so that whatever else the process does goes on. */
export type Breather = {
  /** Whether the piece since the last rest was long enough. */
  isDue(): boolean
  /** Lets everything run that waits. */
  rest(): Promise<void>
}

/** Milliseconds of work without a rest: far less than anybody notices. */
const defaultPieceMs = 5

/** Ask `isDue` between small steps, and rest where it is. Pieces are bounded by time, whatever a step costs here. */
export const createBreather = (pieceMs = defaultPieceMs): Breather => {
  let begun = performance.now()
  return {
    isDue: () => performance.now() - begun >= pieceMs,
    rest: async () => {
      await pause()
      begun = performance.now()
    },
  }
}
