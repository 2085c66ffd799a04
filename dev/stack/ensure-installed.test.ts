import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('ensure-installed.mjs', import.meta.url))
let root: string

/** A clone with a fake npm that notes its calls and installs by leaving npm's own mark. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'countersign-install-'))
  mkdirSync(join(root, 'dev', 'stack'), { recursive: true })
  mkdirSync(join(root, 'bin'))
  cpSync(script, join(root, 'dev', 'stack', 'ensure-installed.mjs'))
  writeFileSync(join(root, 'package-lock.json'), '{}')
  setNpm('ok')
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

function setNpm(behaviour: 'ok' | 'ci fails' | 'fails'): void {
  const installs = `mkdir -p node_modules/tsx && echo {} | tee node_modules/tsx/package.json > node_modules/.package-lock.json`
  const first = behaviour === 'ok' ? '' : `[ "$1" = ci ] && exit 1\n`
  const last = behaviour === 'fails' ? 'exit 1' : installs
  writeFileSync(join(root, 'bin', 'npm'), `#!/bin/sh\necho "$1" >> calls\n${first}${last}\n`)
  chmodSync(join(root, 'bin', 'npm'), 0o755)
}

function run(): { status: number | null; calls: string[]; said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'dev', 'stack', 'ensure-installed.mjs')],
    { env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin` }, encoding: 'utf8' },
  )
  const file = join(root, 'calls')
  return {
    status,
    calls: existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [],
    said: stdout + stderr,
  }
}

describe('before the start', () => {
  it('a fresh clone is installed once', () => {
    expect(run()).toMatchObject({ status: 0, calls: ['ci'] })
    expect(run()).toMatchObject({ status: 0, calls: ['ci'], said: '' })
  })

  it('a changed lock file is installed again', () => {
    run()
    writeFileSync(join(root, 'package-lock.json'), '{"changed":true}')
    expect(run().calls).toEqual(['ci', 'ci'])
  })

  it('an install made by hand is left alone', () => {
    mkdirSync(join(root, 'node_modules', 'tsx'), { recursive: true })
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), '{}')
    writeFileSync(join(root, 'node_modules', 'tsx', 'package.json'), '{}')
    expect(run().calls).toEqual([])
    writeFileSync(join(root, 'package-lock.json'), '{"changed":true}')
    expect(run().calls).toEqual(['ci'])
  })

  it('an install without development packages is completed', () => {
    mkdirSync(join(root, 'node_modules'))
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), '{}')
    expect(run()).toMatchObject({ status: 0, calls: ['ci'] })
  })

  it('npm install is the second try, and said', () => {
    setNpm('ci fails')
    const { status, calls, said } = run()
    expect({ status, calls }).toEqual({ status: 0, calls: ['ci', 'install'] })
    expect(said).toContain('npm ci failed')
  })

  it('a failed install ends the start', () => {
    setNpm('fails')
    expect(run().status).toBe(1)
    expect(run().said).toContain('could not be installed')
  })
})

it('the script asks for the Node version of package.json', () => {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const wanted = /"node": ">=(\d+)\.(\d+)"/.exec(manifest)
  expect(readFileSync(script, 'utf8')).toContain(
    `OLDEST_NODE = [${String(wanted?.[1])}, ${String(wanted?.[2])}]`,
  )
})
