/**
 * The operator's shell: `npm run cli -- <command>` in a clone, `node dist/server/cli.js <command>` in production.
 * Commands read the same environment as the processes.
 */
import { ConfigError } from '../config.ts'
import { MigrationError } from '../db/migration-checksums.ts'
import { StepError } from '../db/migration-failure.ts'
import { SecretError } from '../secrets.ts'
import { CommandError, UsageError } from './command.ts'
import { commands } from './commands.ts'

const [name = '', ...args] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined

if (command === undefined) {
  const lines = Object.entries(commands).map(([known, { usage }]) => `  ${known.padEnd(13)} ${usage}`)
  console.error(['Commands:', ...lines].join('\n'))
  process.exitCode = 2
} else {
  try {
    console.log(await command.run(args, process.env))
  } catch (error) {
    console.error(sentenceOf(error))
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}

/** Messages of drivers may quote an address with its password: only sentences of our own are shown. */
function sentenceOf(error: unknown): string {
  const ours = [ConfigError, SecretError, CommandError, MigrationError, StepError]
  if (error instanceof Error && ours.some((kind) => error instanceof kind)) return error.message
  if (!(error instanceof Error)) return `${name} failed.`
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  return `${name} failed: ${error.name}${code}.`
}
