const countBy = (keys: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** Mutual information in bits of pairs of numbers, by their frequencies. */
export const mutualInformation = (pairs: readonly (readonly [number, number])[]): number => {
  const first = countBy(pairs.map(([a]) => String(a)))
  const second = countBy(pairs.map(([, b]) => String(b)))
  const both = countBy(pairs.map(([a, b]) => `${a}|${b}`))
  return [...both].reduce((sum, [key, count]) => {
    const [a = '', b = ''] = key.split('|')
    const expected = ((first.get(a) ?? 0) * (second.get(b) ?? 0)) / pairs.length
    return sum + (count / pairs.length) * Math.log2(count / expected)
  }, 0)
}
