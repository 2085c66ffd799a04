import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Lock } from '../repair-lock.ts'
import { buildServers } from './server.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const install = mkdtempSync(join(tmpdir(), 'production-'))

/** An install as `npm ci --omit=dev` makes it: only the packages that the lock file does not mark as development. */
beforeAll(async () => {
  await buildServers(root, join(install, 'dist/server'))
  cpSync(join(root, 'package.json'), join(install, 'package.json'))
  cpSync(
    join(root, 'platform/temporal/failure-converter.cjs'),
    join(install, 'platform/temporal/failure-converter.cjs'),
  )
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
  for (const [path, { dev }] of Object.entries(lock.packages)) {
    if (path === '' || dev === true || path.split('node_modules/').length > 2) continue
    mkdirSync(dirname(join(install, path)), { recursive: true })
    symlinkSync(join(root, path), join(install, path))
  }
})
afterAll(() => {
  rmSync(install, { recursive: true })
})

function start(script: string, ...args: readonly string[]) {
  // Links are not followed, so that nothing outside this install is found.
  const flags = ['--preserve-symlinks', '--preserve-symlinks-main']
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, script, ...args], {
    cwd: install,
    env: { NODE_ENV: 'production' },
    encoding: 'utf8',
    timeout: 30_000,
  })
  return { status, said: stdout + stderr }
}

describe('an install without development packages', () => {
  it.each(['api', 'worker'])('loads the %s up to the point where it asks for its configuration', (name) => {
    const { status, said } = start(`dist/server/${name}.js`)
    expect(said).toContain('DATABASE_URL is missing')
    expect(said).not.toMatch(/ERR_MODULE_NOT_FOUND|Cannot find/)
    expect(status).not.toBe(0)
  })

  it.each(['cli', 'analytics'])('loads the commands of %s', (name) => {
    const { status, said } = start(`dist/server/${name}.js`, 'migrate')
    expect(said).toContain('DATABASE_URL is missing')
    expect(status).toBe(1)
  })

  it('would notice a package that is missing', () => {
    rmSync(join(install, 'node_modules/zod'))
    expect(start('dist/server/cli.js').said).toContain('ERR_MODULE_NOT_FOUND')
  })
})
