/** A bench prints its goals with value and limit, and everything needed to judge them. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, loadavg } from 'node:os'

/** One goal of docs/performance.md. `met` is false as well when the value is inside the noise band around the limit. */
export type Goal = {
  readonly id: string
  readonly value: number
  readonly limit: number
  readonly met: boolean
}

/** One bench's answer; further keys are its own. */
export type Report = {
  readonly name: string
  readonly goals: readonly Goal[]
  /** The number of measured rounds; 1 where counts are exact. */
  readonly rounds: number
  readonly [more: string]: unknown
}

/** A goal that is met by staying at or below its limit; `band` is what the A/A control says is noise. */
export const atMost = (id: string, value: number, limit: number, band = 0): Goal => ({
  id,
  value: rounded(value),
  limit,
  met: value <= limit - band,
})

/** A goal that is met by reaching its limit. */
export const atLeast = (id: string, value: number, limit: number, band = 0): Goal => ({
  id,
  value: rounded(value),
  limit,
  met: value >= limit + band,
})

/** Three significant places are all that two noisy cores give. */
export const rounded = (value: number): number => Math.round(value * 1000) / 1000

/** The value in the middle. @throws when there is none */
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** The value below which this share lies. @throws when there is none */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (value === undefined) throw new Error('nothing was measured')
  return value
}

/** Median, smallest, largest, and each round, as all figures of rounds are printed. */
export const spread = (values: readonly number[]) => ({
  median: rounded(median(values)),
  min: rounded(Math.min(...values)),
  max: rounded(Math.max(...values)),
  rounds: values.map(rounded),
})

const require = createRequire(import.meta.url)

const versionOf = (pkg: string): string => {
  const manifest: unknown = JSON.parse(readFileSync(require.resolve(`${pkg}/package.json`), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown'
}

/** Where and with what it was measured. A load above the number of cores makes every time and rate doubtful. */
export const circumstances = () => ({
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  cores: cpus().length,
  cpu: cpus()[0]?.model ?? 'unknown',
  load: loadavg().map(rounded),
  temporalSdk: versionOf('@temporalio/client'),
  pg: versionOf('pg'),
})
