/**
 * `npm start`: the whole product on one machine, for development and for a first look. What the environment names is
 * used; everything else is started here, on loopback, and ended again on Ctrl-C.
 */
import { knowLocalhostNames } from '#platform/process/localhost-names.ts'
import { directoryOf } from './demo/demo-directories.ts'
import { runStack } from './run-stack.ts'
import { killRemaining } from './supervise.ts'

if (process.env['NODE_ENV'] === 'production') {
  console.error(
    'npm start is for development: in production start dist/server/api.js and worker.js (see docker-compose.yml).',
  )
  process.exit(1)
}

knowLocalhostNames()
const stack = runStack({
  env: process.env,
  notify: (sentence) => {
    console.log(sentence)
  },
  watches: process.argv.includes('--watch'),
  directory: directoryOf(process.argv),
})
/** One Ctrl-C arrives twice: from the terminal, and passed on by npm. Milliseconds. */
const ECHO_MS = 1000
let endingSince: number | undefined

async function end(code: number): Promise<void> {
  if (endingSince !== undefined) {
    // A second Ctrl-C does not wait; the kernel takes the children along.
    if (Date.now() - endingSince > ECHO_MS) process.exit(1)
    return
  }
  endingSince = Date.now()
  await stack.stop()
  await killRemaining()
  process.exit(code)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0))
// A closed terminal ends the stack; a stack that was detached from its terminal on purpose keeps running.
if (process.stdin.isTTY) process.on('SIGHUP', () => void end(0))

stack.failed.then(
  async (reason) => {
    console.error(reason)
    await end(1)
  },
  () => end(1),
)
