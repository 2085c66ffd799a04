/** A data folder from literals: a few real networks with their countries. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readBlock } from '../address.ts'
import { compile, installedInputs, type Inputs } from '../compile.ts'
import { countriesOf } from './mmdb.ts'

/** Range, number, name. */
export type Row = readonly [cidr: string, asn: number, name: string]

/** Owners of the addresses of the small set. */
export const rows4: readonly Row[] = [
  ['3.120.0.0/14', 16509, 'Amazon.com, Inc.'],
  ['73.0.0.0/8', 7922, 'Comcast Cable Communications, LLC'],
  ['86.128.0.0/11', 2856, 'British Telecommunications PLC'],
  ['87.128.0.0/11', 3320, 'Deutsche Telekom AG'],
  ['88.99.0.0/16', 24940, 'Hetzner Online GmbH'],
  ['98.97.0.0/17', 14593, 'Space Exploration Technologies Corporation'],
  ['101.160.0.0/11', 1221, 'Telstra Limited'],
  ['153.128.0.0/10', 4713, 'NTT Communications Corporation'],
  ['165.225.0.0/17', 22616, 'ZSCALER, INC.'],
  ['185.65.134.0/24', 39351, '31173 Services AB'],
  ['185.220.101.0/24', 60729, 'Stiftung Erneuerbare Freiheit'],
]
export const rows6: readonly Row[] = [
  ['2003::/19', 3320, 'Deutsche Telekom AG'],
  ['2409:4000::/22', 55836, 'Reliance Jio Infocomm Limited'],
  ['2a01:4f8::/32', 24940, 'Hetzner Online GmbH'],
  ['2a0b:f4c0::/32', 205100, 'F3 Netze e.V.'],
]

/** Owners whose range is not German. */
export const countries: Readonly<Record<number, string>> = {
  7922: 'US',
  2856: 'GB',
  14593: 'US',
  1221: 'AU',
  4713: 'JP',
  22616: 'US',
  39351: 'NL',
  55836: 'IN',
}

/** The form in which owners are shipped. */
export const csvOf = (rows: readonly Row[]): string =>
  rows
    .map(([cidr, asn, name]): readonly [bigint, string] => {
      const block = readBlock(cidr)
      if (block === null) throw new Error(`not a range: ${cidr}`)
      const start = block.bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
      const size = 1n << BigInt((block.family === 4 ? 32 : 128) - block.bits)
      return [start, `${String(start)},${String(start + size - 1n)},${String(asn)},"${name}"\n`]
    })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, line]) => line)
    .join('')

/** A class list of a few of them. */
export const classList = (asOf: string, more: readonly object[] = []): string =>
  JSON.stringify({
    version: asOf,
    asOf,
    entries: [
      { asn: 60729, class: 'tor', checked: asOf },
      { asn: 39351, class: 'vpn', checked: asOf },
      { asn: 24940, class: 'hosting', checked: asOf },
      { asn: 22616, class: 'sse', checked: asOf },
      { asn: 14593, class: 'satellite', checked: asOf },
      ...more,
    ],
  })

const installed = installedInputs('data-sources/asn-classes.json')
/** The country file as the package ships it: eight megabytes. */
export const installedCountries: Uint8Array = installed.country

/** Countries of the ranges above, and of a few others, built on the day of the package. */
export const countryFile: Uint8Array = countriesOf(
  [
    ...[...rows4, ...rows6].map(([cidr, asn]) => [cidr, countries[asn] ?? 'DE'] as const),
    ...(['8.8.8.0/24', '104.28.0.0/16'] as const).map((cidr) => [cidr, 'US'] as const),
  ],
  Date.UTC(2026, 5, 17) / 1000,
)

/** Makes a folder as `npm run data:build` does. */
export const smallData = (changes: Partial<Inputs> = {}): { dir: string; remove: () => void } => {
  const dir = mkdtempSync(join(tmpdir(), 'network-data-'))
  const { files, manifest } = compile({
    ...installed,
    country: countryFile,
    asn4: csvOf(rows4),
    asn6: csvOf(rows6),
    classes: classList('2026-06-20'),
    ...changes,
  })
  mkdirSync(join(dir, 'feeds'))
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dir, name), bytes)
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(manifest))
  return {
    dir,
    remove: () => {
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** A server on this machine; the only network that a test sees. */
export const serve = async (
  listener: RequestListener,
): Promise<{ origin: string; close: () => Promise<void> }> => {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}
