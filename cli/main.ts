/**
 * The operator's shell: `npm run cli -- <command>` in a clone, `node dist/server/cli.js <command>` in production.
 * Commands read the same environment as the processes.
 */
import { UsageError } from './command.ts'
import { commands } from './commands.ts'
import { sentenceOf } from './sentence-of.ts'

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
    console.error(sentenceOf(name, error))
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}
