import type { Policy } from '#api/contract/console-policy.ts'

/** A control may hold one of these. */
export type Value =
  string | number | boolean | readonly string[] | readonly { max: number; seconds: number }[]

type Node = { [key: string]: unknown }

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

/** A copy of a policy with one field set; the path names it as the diff does. */
export const withField = (policy: Policy, path: string, value: Value): Policy => {
  const copy = structuredClone(policy)
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let node: Node = copy
  for (const key of keys) {
    const next = node[key]
    if (isNode(next)) node = next
    else {
      const made: Node = {}
      node[key] = made
      node = made
    }
  }
  node[last] = value
  return copy
}

/** One weight for all cases of a check: they keep their ratio to the strongest. */
export const withWeight = (policy: Policy, code: string, weight: number): Policy => {
  const { weights: _weights, ...kept } = policy.score.checks[code] ?? {}
  return {
    ...policy,
    score: { ...policy.score, checks: { ...policy.score.checks, [code]: { ...kept, weight } } },
  }
}
