import { nicknameGroups } from './nicknames.ts'
import type { TextTools } from '../plan.ts'

const titles: ReadonlySet<string> = new Set(['dr', 'mr', 'mrs', 'ms', 'prof', 'jr', 'phd', 'herr', 'frau'])

/** ae, oe, ue are how umlauts are typed without their keys; both sides are folded alike. */
const foldUmlauts = (text: string): string => text.replace(/[aou]e/g, (pair) => pair.charAt(0))

/**
 * Tokens of a text for comparison: NFKC, ASCII, lower case, umlauts folded, apostrophes and dots
 * dropped, everything else that is no letter or digit a space, titles dropped.
 */
export const tokensOf = (text: string, tools: Pick<TextTools, 'toAscii'>): readonly string[] => {
  const ascii = tools.toAscii(text.normalize('NFKC')).toLowerCase()
  const words = foldUmlauts(ascii.replace(/['’`.]/g, '').replace(/[^a-z0-9]+/g, ' ')).trim()
  return words === '' ? [] : words.split(' ').filter((word) => !titles.has(word))
}

/** One spelling of a token list for equality; word order does not matter ("Zhang Wei" is "Wei Zhang"). */
export const tokenKey = (tokens: readonly string[]): string => [...tokens].sort().join(' ')

const groupsOf: ReadonlyMap<string, ReadonlySet<number>> = nicknameGroups.reduce((map, group, index) => {
  for (const name of group.map(foldUmlauts)) map.set(name, new Set([...(map.get(name) ?? []), index]))
  return map
}, new Map<string, ReadonlySet<number>>())

const isNickname = (a: string, b: string): boolean => {
  const of = groupsOf.get(b)
  return of !== undefined && [...(groupsOf.get(a) ?? [])].some((group) => of.has(group))
}

const editsAllowed = (length: number): number => (length <= 3 ? 0 : length <= 6 ? 1 : 2)

const soundsAlike = (a: string, b: string, tools: TextTools): boolean => {
  if (a.length <= 3 || b.length <= 3 || a.charAt(0) !== b.charAt(0)) return false
  const codes = tools.metaphone(b).filter((code) => code !== '')
  return tools.metaphone(a).some((code) => codes.includes(code))
}

/** The match of two tokens, from 0 to 1. */
export const matchTokens = (a: string, b: string, tools: TextTools): number => {
  if (a === b) return 1
  if (/\d/.test(a + b)) return 0
  if (isNickname(a, b)) return 0.95
  const longer = Math.max(a.length, b.length)
  const allowed = editsAllowed(longer)
  if (allowed > 0 && Math.abs(a.length - b.length) <= allowed) {
    const edits = tools.distance(a, b)
    if (edits <= allowed) return edits === 1 ? 0.9 : 0.8
  }
  return soundsAlike(a, b, tools) ? 0.7 : 0
}

/** The manner in which a reply covers a value. */
export type Match = {
  /** Mean over the value's tokens, unmatched ones 0. */
  readonly mean: number
  /** Share of the reply that the value explains. */
  readonly explained: number
  readonly matched: number
  readonly unmatched: number
  /** Reply tokens that the value does not have. */
  readonly extra: number
}

/** Pairs tokens, best pairs first, each token once; order is free. */
export const matchValue = (reply: readonly string[], value: readonly string[], tools: TextTools): Match => {
  const pairs = reply
    .flatMap((word, r) =>
      value.map((other, v) => ({ r, v, tie: `${word} ${other}`, score: matchTokens(word, other, tools) })),
    )
    .filter((pair) => pair.score > 0)
    // Ties by the words, not by their places, or the order of a reply could change its verdict.
    .sort((a, b) => b.score - a.score || (a.tie < b.tie ? -1 : 1))
  const usedReply = new Set<number>()
  const usedValue = new Set<number>()
  let sum = 0
  for (const { r, v, score } of pairs) {
    if (usedReply.has(r) || usedValue.has(v)) continue
    usedReply.add(r)
    usedValue.add(v)
    sum += score
  }
  return {
    mean: value.length === 0 ? 0 : sum / value.length,
    explained: reply.length === 0 ? 0 : sum / reply.length,
    matched: usedValue.size,
    unmatched: value.length - usedValue.size,
    extra: reply.length - usedReply.size,
  }
}
