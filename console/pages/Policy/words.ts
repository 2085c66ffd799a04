import type { Copy } from '../../copy/index.ts'
import type { Value } from './draft.ts'

type Parts = readonly [string, ...string[]]
type Words = (copy: Copy, parts: Parts, last: string) => string

const fieldOf = (copy: Copy, name: string): string => copy.policy.fields[name] ?? name

const named = (table: Readonly<Record<string, string>>, key: string | undefined): string =>
  (key === undefined ? undefined : table[key]) ?? key ?? ''

const ofScore: Words = (copy, parts, last) => {
  const [, kind, name = ''] = parts
  if (kind === 'caps') return `${named(copy.categories, name)}: ${fieldOf(copy, last)}`
  if (kind !== 'checks') return fieldOf(copy, last)
  return parts[3] === 'weights'
    ? `${copy.checkName(name)}: ${fieldOf(copy, 'weight')} (${copy.weightCase(last)})`
    : `${copy.checkName(name)}: ${fieldOf(copy, last)}`
}

/** A field of the policy in words, by its path. */
export const labelOf = (copy: Copy, path: string): string => {
  const parts = path.split('.') as unknown as Parts
  const last = parts.at(-1) ?? ''
  const [section, second, third] = parts
  if (section === 'rules')
    return `${named(copy.purposes, second)}, ${named(copy.tiers, third)}: ${fieldOf(copy, last)}`
  if (section === 'score') return ofScore(copy, parts, last)
  return second === 'families'
    ? `${fieldOf(copy, 'families')}: ${named(copy.policy.families, last)}`
    : fieldOf(copy, last)
}

const listTexts = (copy: Copy, path: string): ((item: string) => string) => {
  const table = {
    classesRequired: copy.policy.kinds,
    channels: copy.channels as Readonly<Record<string, string>>,
    numbersNotAlone: copy.policy.doubts,
    numbersRefused: copy.policy.doubts,
  }[path.split('.').at(-1) ?? '']
  if (path.endsWith('smsCountries')) return copy.policy.country
  return (item) => table?.[item] ?? item
}

const timed = /^lifetimes\./

/** True if a field is a waiting time: of any length, or none. */
export const isWait = (path: string): boolean => path.endsWith('.waitSeconds')

const numberOf = (copy: Copy, path: string, value: number): string => {
  if (isWait(path)) return value === 0 ? copy.policy.noWait : copy.policy.time(value)
  return timed.test(path) ? copy.policy.time(value) : copy.policy.number(value)
}

const choiceTexts = ({ policy }: Copy, path: string): Readonly<Record<string, string>> =>
  path.endsWith('.asks') ? policy.asks : { ...policy.deciders, ...policy.modes, ...policy.lockings }

/** A value of a field in words. */
export const valueOf = (copy: Copy, path: string, value: Value): string => {
  if (typeof value === 'boolean') return value ? copy.policy.yes : copy.policy.no
  if (typeof value === 'number') return numberOf(copy, path, value)
  if (typeof value === 'string') return named(choiceTexts(copy, path), value)
  if (value.length === 0) return copy.policy.none
  const say = listTexts(copy, path)
  return value
    .map((item) => (typeof item === 'string' ? say(item) : copy.policy.cap(item.max, item.seconds)))
    .join('; ')
}
