import { MigrationError } from '#platform/database/migration-checksums.ts'
import { StepError } from '#platform/database/migration-failure.ts'
import { ConfigError } from '#platform/process/config.ts'
import { SecretError } from '#platform/crypto/secrets.ts'
import { CommandError } from './command.ts'

/**
 * The sentence that the operator reads when a command fails. Messages of drivers may quote an address with its
 * password, so only our own are shown.
 * @param name of the command, which begins the sentence where the error is not ours
 */
export function sentenceOf(name: string, error: unknown): string {
  const ours = [ConfigError, SecretError, CommandError, MigrationError, StepError]
  if (error instanceof Error && ours.some((kind) => error instanceof kind)) return error.message
  if (!(error instanceof Error)) return `${name} failed.`
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  return `${name} failed: ${error.name}${code}.`
}
