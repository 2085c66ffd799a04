import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dropAddresses, repair } from '../repair-lock.ts'
import type { Lock } from '../repair-lock.ts'
import floors from './floors.json' with { type: 'json' }

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly allowScripts: Readonly<Record<string, boolean>>
}

const root = new URL('../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const lock = JSON.parse(read('package-lock.json')) as Lock
const manifest = JSON.parse(read('package.json')) as Manifest

/** Installed packages: name, lock entry. */
const installed = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ name: path.replace(/^.*node_modules\//, ''), entry }))
const runtime = installed.filter(({ entry }) => entry.dev !== true)

/** True where version `a` is `b` or newer; pre-release tags do not matter for floors. */
function isAtLeast(a: string, b: string): boolean {
  const parts = (version: string) => version.split(/[.-]/).slice(0, 3).map(Number)
  const [left, right] = [parts(a), parts(b)]
  for (let i = 0; i < 3; i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

describe('versions', () => {
  it('L1: every direct dependency is an exact version', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  it.each(floors.packages)('L5: $name is $atLeast or newer ($why)', ({ name, atLeast }) => {
    const found = installed.filter((one) => one.name === name).map(({ entry }) => entry.version)
    expect(found).not.toEqual([])
    expect(found.filter((version) => !isAtLeast(version, atLeast))).toEqual([])
  })

  it('L5: knows older from newer', () => {
    expect(isAtLeast('1.9.9', '1.10.0')).toBe(false)
    expect(isAtLeast('1.10.0', '1.9.9')).toBe(true)
    expect(isAtLeast('2.0.0-beta.1', '2.0.0')).toBe(true)
  })

  it('Temporal is one version and protobufjs 8 is at the root, or JSON histories cannot be read', () => {
    const temporal = installed.filter(({ name }) => name.startsWith('@temporalio/'))
    expect([...new Set(temporal.map(({ entry }) => entry.version))]).toEqual(['1.24.0'])
    expect(lock.packages['node_modules/protobufjs']?.version).toMatch(/^8\./)
  })
})

describe('the lock file', () => {
  it('carries no addresses', () => {
    expect(installed.filter(({ entry }) => entry.resolved !== undefined)).toEqual([])
  })

  it('L3: has a hash for every package but the engine of other platforms', () => {
    const without = installed.filter(({ entry }) => entry.integrity === undefined).map(({ name }) => name)
    expect(without.sort()).toEqual([
      '@chdb/lib-darwin-arm64',
      '@chdb/lib-darwin-x64',
      '@chdb/lib-linux-arm64-gnu',
    ])
  })

  it('holds the engine of every platform, and the repair script would add nothing', () => {
    const copy = structuredClone(lock)
    expect(repair(copy)).toEqual([])
    expect(copy).toEqual(lock)
  })

  it('is repaired where entries were dropped and addresses crept in', () => {
    const copy = structuredClone(lock)
    delete copy.packages['node_modules/@chdb/lib-darwin-x64']
    copy.packages['node_modules/koa'] = { version: '3.3.0', resolved: 'https://registry.test/koa.tgz' }
    expect(repair(copy)).toEqual(['@chdb/lib-darwin-x64'])
    expect(dropAddresses(copy)).toBe(1)
    expect(copy.packages['node_modules/@chdb/lib-darwin-x64']).toEqual(
      lock.packages['node_modules/@chdb/lib-darwin-x64'],
    )
    expect(copy.packages['node_modules/koa']).toEqual({ version: '3.3.0' })
  })

  it('L1: names every package with an install script in the allow-list', () => {
    const withScript = installed
      .filter(({ entry }) => entry.hasInstallScript === true)
      .map(({ name }) => name)
    expect([...new Set(withScript)].filter((name) => !(name in manifest.allowScripts))).toEqual([])
  })
})

describe('licences', () => {
  const allowed = /^(MIT|MIT-0|ISC|BSD-2-Clause|BSD-3-Clause|0BSD|Apache-2\.0|BlueOak-1\.0\.0|Unlicense)$/
  /** Reviewed by hand: what each is and why it is fine. */
  const reviewed = new Map([
    ['caniuse-lite', 'data under CC-BY-4.0, used by the build of the workflow bundle, not shipped'],
    ['disposable-email-domains-js', 'data under CC0-1.0'],
    ['unionfs', 'its manifest names no licence; its repository is under the Unlicense'],
  ])

  it('L4: the runtime tree has allow-listed licences only', () => {
    const refused = runtime.filter(({ name, entry }) => {
      const parts = (entry.license ?? '').replace(/[()]/g, '').split(' AND ')
      return !parts.every((part) => allowed.test(part)) && !reviewed.has(name)
    })
    expect(refused.map(({ name, entry }) => `${name}: ${entry.license}`)).toEqual([])
  })

  it('L4: the list of reviewed packages holds nothing that is gone', () => {
    const names = new Set(runtime.map(({ name }) => name))
    expect([...reviewed.keys()].filter((name) => !names.has(name))).toEqual([])
  })
})

describe('attribution', () => {
  const notice = read('NOTICE')

  it('L4: NOTICE names every package of network data, its sources and their licence', () => {
    const packages = Object.keys(manifest.devDependencies).filter((name) =>
      name.startsWith('@ip-location-db/'),
    )
    expect(packages.length).toBeGreaterThan(0)
    const wanted = [
      ...packages,
      'Route Views (routeviews.org)',
      'https://db-ip.com',
      'NRO (nro.net)',
      'CC BY 4.0',
    ]
    expect(wanted.filter((text) => !notice.includes(text))).toEqual([])
  })

  it('L4: the console shows it where results are shown, with DB-IP as a link, as its licence asks', () => {
    const panel = read('console/pages/Verification/VerificationPanel.tsx')
    expect(panel).toMatch(
      /<a href="https:\/\/db-ip\.com"[^]*?Route Views \(routeviews\.org\), NRO \(nro\.net\)\. CC BY 4\.0/,
    )
  })

  it('L4: the image carries licence and attribution', () => {
    expect(read('Dockerfile')).toMatch(/^COPY package\.json LICENSE NOTICE \.\/$/m)
  })
})

describe('size', () => {
  it('L7: 60 direct production dependencies at most, 420 in all', () => {
    expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(60)
    expect(runtime.length).toBeLessThanOrEqual(420)
  })

  it('L7: docs/dependencies.md says why for each, and for no other', () => {
    const rows = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` +\| .{4,}\|$/gm)].map(
      ([, name]) => name,
    )
    const direct = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)]
    expect([...rows].sort()).toEqual([...direct].sort())
  })
})
