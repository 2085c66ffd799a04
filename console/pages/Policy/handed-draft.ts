import type { Policy } from '#api/contract/console-policy.ts'

let handed: Policy | null = null

/** Leaves a draft for the policy's editor, which takes it when it opens. */
export const handOver = (draft: Policy): void => {
  handed = draft
}

/** The draft that was left, once. */
export const takeHanded = (): Policy | null => {
  const draft = handed
  handed = null
  return draft
}
