/** The contract of a real directory under the demo stack; demo-directories.ts starts them. */
import type { Environment } from '../engines.ts'

/** The options of a directory's start. */
export interface DemoDirectoryOptions {
  /** The stack's data folder; the directory keeps its state in one of its own below it. */
  readonly dataFolder: string
  /** Address of the database's owner: demo people become people of the directory, once. */
  readonly databaseUrl: string
  readonly notify: (sentence: string) => void
  /** Ends the stack with this message. */
  readonly fail: (reason: string) => void
}

/** A directory that runs. */
export interface DemoDirectory {
  /** For the two processes: `DIRECTORIES`, and what goes with it. */
  readonly directoryEnv: Environment
  /** Lines for the person who started: who is locked out, who is privileged, how to look from outside. */
  readonly lines: readonly string[]
  stop(): Promise<void>
}

/** Starts one, with the demo's people in it. @throws one sentence that says what to do when it cannot */
export interface DemoDirectoryModule {
  start(options: DemoDirectoryOptions): Promise<DemoDirectory>
}
