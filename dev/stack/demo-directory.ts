/** What a real directory under the demo stack is told and gives; demo-directories.ts starts them. */
import type { Environment } from './engines.ts'

/** What a directory's start is told. */
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
  /** What to tell the person who started: who is locked out, who is privileged, how to look from outside. */
  readonly lines: readonly string[]
  stop(): Promise<void>
}

/** Starts one, with the demo's people in it. @throws one sentence that says what to do when it cannot */
export interface DemoDirectoryModule {
  start(options: DemoDirectoryOptions): Promise<DemoDirectory>
}
