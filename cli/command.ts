import type { Environment } from '#platform/process/config.ts'

/** The reason why a command cannot run, as a sentence for the operator. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'
}

/** A command that was not understood; the process ends with 2. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError'
}

/** One command: what it does, and the sentence it ends with. */
export interface Command {
  readonly usage: string
  /** The login of the demo stack's database that a clone uses where DATABASE_URL names none; null: none. */
  readonly demoLogin: 'owner' | 'api' | null
  readonly run: (args: readonly string[], env: Environment) => Promise<string>
}
