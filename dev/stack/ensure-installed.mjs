/**
 * Installs the dependencies when they are missing or the lock file has changed since the last time.
 *
 * Runs before `npm start` and `npm test`, on a fresh clone before anything is installed: Node's own modules only.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Keep in step with "engines" in package.json; a test compares them. */
const OLDEST_NODE = [20, 19]

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const installed = join(root, 'node_modules', '.package-lock.json')
/** The program that runs our sources: absent after an install without development packages. */
const runner = join(root, 'node_modules', 'tsx', 'package.json')
const note = join(root, 'node_modules', '.countersign-lock-hash')

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  console.error(`Countersign needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

const hash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

if (!isInstalled()) install()

function isInstalled() {
  if (!existsSync(installed) || !existsSync(runner)) return false
  if (existsSync(note)) return readFileSync(note, 'utf8') === hash
  // Installed by hand: believed once, compared from now on.
  return remember()
}

function install() {
  console.log('Installing the dependencies (npm ci) …')
  if (npm('ci') !== 0) {
    console.error('npm ci failed; trying npm install …')
    if (npm('install') !== 0) {
      console.error('The dependencies could not be installed: see the messages of npm above.')
      process.exit(1)
    }
  }
  remember()
}

function npm(command) {
  const options = ['--no-audit', '--no-fund', '--loglevel=error']
  const isWindows = process.platform === 'win32'
  return spawnSync('npm', [command, ...options], { cwd: root, stdio: 'inherit', shell: isWindows }).status
}

function remember() {
  try {
    writeFileSync(note, hash)
  } catch {
    // A read-only install is complete as it is; there is nothing to remember.
  }
  return true
}
